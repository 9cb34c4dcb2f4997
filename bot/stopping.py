"""What somebody may stop: reloads that run, by the message that tells how each goes."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval import Progress, RetrievalError, Step

STOPPABLE = frozenset({Step.READING, Step.FETCHING, Step.EMBEDDING, Step.WRITING})
"""The steps a reload can be stopped in; by the later ones its outcome may stand already."""


class StoppedError(RetrievalError):
    """Somebody has stopped a reload.

    It passes through the reload; whoever undoes what a failed one leaves does so for this one too.
    """


@dataclass(slots=True)
class Stop:
    """Whether one reload is to stop."""

    asked: bool = False

    def heed(self, progress: Progress) -> None:
        """Go on, or not; called by the reload, in its thread.

        Raises:
            StoppedError: somebody has asked for it, and it still can be stopped.
        """
        if self.asked and progress.step in STOPPABLE:
            raise StoppedError("somebody stopped it")


class Stops:
    """The reloads that run, each by a chat and a message in it."""

    def __init__(self) -> None:
        self._running: dict[tuple[int, int], Stop] = {}

    def note(self, chat: int, message: int, stop: Stop) -> None:
        """From now on this message is where to stop it."""
        self._running[chat, message] = stop

    def forget(self, stop: Stop) -> None:
        """It is over."""
        self._running = {place: one for place, one in self._running.items() if one is not stop}

    def ask(self, chat: int, message: int) -> bool:
        """Have the one that a message tells of stop; whether there is one."""
        stop = self._running.get((chat, message))
        if stop is None:
            return False
        stop.asked = True
        return True
