"""What happened, in order: events for clients to wait on, and the log of the bot's calls."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from itertools import takewhile

from bot.sandbox.chats import Json
from bot.sandbox.updates import Bell

KEPT = 20_000


class EventLog:
    """The last events, numbered from 1. A client that names the last one it saw waits for more."""

    def __init__(self) -> None:
        self._events: deque[Json] = deque(maxlen=KEPT)
        self._bell = Bell()
        self.seq = 0

    def add(self, kind: str, **details: object) -> None:
        """Note that something happened, and wake those who wait."""
        self.seq += 1
        self._events.append({"seq": self.seq, "type": kind, **details})
        self._bell.ring()

    async def after(self, seq: int, seconds: float, **wanted: object) -> list[Json]:
        """The events after number ``seq``; waits up to ``seconds`` for the first.

        With ``wanted``, only those whose details are these.
        """
        deadline = time.monotonic() + seconds
        while True:
            last = self.seq
            found = [event for event in self._newer(seq) if wanted.items() <= event.items()]
            left = deadline - time.monotonic()
            if found or left <= 0:
                return found
            seq = max(seq, last)
            await self._bell.wait(left)
            if self.seq == last:  # the time is over, or all waiting is to end
                return []

    def _newer(self, seq: int) -> list[Json]:
        newer = takewhile(lambda event: event["seq"] > seq, reversed(self._events))
        return list(newer)[::-1]

    def interrupt(self) -> None:
        """End all waiting."""
        self._bell.ring()


class CallLog:
    """The bot's last calls, with their parameters and how they ended; never with the token."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._calls: deque[Json] = deque(maxlen=KEPT)
        self._clock = clock
        self._seq = 0

    def add(self, method: str, parameters: Json, *, ok: bool, error_code: int | None) -> None:
        """Note a call as it ends. One that is dropped has no ``error_code`` and may not be ok."""
        self._seq += 1
        call: Json = {
            "seq": self._seq,
            "time": self._clock(),
            "method": method,
            "parameters": parameters,
            "ok": ok,
            "error_code": error_code,
        }
        self._calls.append(call)

    def calls(self, method: str | None = None) -> list[Json]:
        """All calls, or those of one method."""
        return [call for call in self._calls if method in (None, call["method"])]
