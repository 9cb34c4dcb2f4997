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
    step: Step | None = None
    """Where the reload was last."""

    def ask(self) -> bool:
        """Have it stop; whether it still can be stopped."""
        if self._is_too_late():
            return False
        self.asked = True
        return True

    def heed(self, progress: Progress) -> None:
        """Go on, or not; called by the reload, in its thread.

        Raises:
            StoppedError: somebody has asked for it, and it still can be stopped.
        """
        self.step = progress.step
        if self.asked and not self._is_too_late():
            raise StoppedError("somebody stopped it")

    def _is_too_late(self) -> bool:
        return self.step is not None and self.step not in STOPPABLE


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

    def of(self, chat: int, message: int) -> Stop | None:
        """What stops the one that a message tells of, if it runs."""
        return self._running.get((chat, message))
