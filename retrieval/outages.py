"""When a model doesn't answer: what is wrong with it, and when to try it again."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

FIRST_PAUSE = 30.0
"""Seconds without calls after an outage has begun; twice as long each time it goes on."""

LONGEST_PAUSE = 300.0


class Outage(StrEnum):
    """What is wrong, as an operator has to know it."""

    KEY = "key"  # refused: 401 or 403
    MODEL = "model"  # unknown to the server, or the address is wrong: 404
    LIMIT = "limit"  # too many requests, or no credit left: 429
    SERVER = "server"  # it fails: 5xx, or an answer that isn't one
    CONNECTION = "connection"  # it can't be reached, or hangs up
    SLOW = "slow"  # no whole answer within the deadline


class CircuitBreaker:
    """Keeps questions from waiting for a model that is down (Nygard, "Release It!", 2007).

    Closed, it lets every question through. A failure opens it: for a while none gets through, and
    then one at a time, to try. A success closes it. Not thread-safe: for one event loop.

    ``clock`` gives seconds, of any beginning. ``on_outage`` is called once when it opens, and
    ``on_recovery`` once when it closes again.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        on_outage: Callable[[Outage], None],
        on_recovery: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._on_outage = on_outage
        self._on_recovery = on_recovery
        self._pause = 0.0  # none: closed
        self._until = 0.0
        self._trying = False

    @property
    def is_open(self) -> bool:
        """Tell whether the model is taken to be down."""
        return self._pause > 0

    def enter(self) -> bool:
        """Ask to call the model; with a yes, :meth:`learn` has to be told what came of it."""
        if not self.is_open:
            return True
        if self._trying or self._clock() < self._until:
            return False
        self._trying = True
        return True

    def learn(self, answers: bool | Outage) -> None:
        """Take in how a call ended: with an answer, an outage, or (false) nothing to learn from."""
        tried, self._trying = self._trying, False
        if answers is True:
            self._close()
        elif answers and (tried or not self.is_open):  # else it was on its way when this opened
            self._open(answers)

    def _open(self, outage: Outage) -> None:
        known = self.is_open
        self._pause = min(self._pause * 2, LONGEST_PAUSE) if known else FIRST_PAUSE
        self._until = self._clock() + self._pause
        if not known:
            self._on_outage(outage)

    def _close(self) -> None:
        known, self._pause = self.is_open, 0.0
        if known:
            self._on_recovery()
