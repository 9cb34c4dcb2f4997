"""A clock that moves when somebody sleeps on it."""

from __future__ import annotations

import asyncio
import heapq
from itertools import count
from typing import Any


class FakeClock:
    """Time for tests: ``sleep`` takes no time, and sleepers wake in order.

    ``run`` lets work go on, moving the time forward whenever everybody sleeps.
    """

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []
        self._numbers = count()

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._numbers), woken))
        await woken.wait()

    def wake(self) -> None:
        """Move the time to where the next sleeper wakes, if there is one."""
        if self._sleepers:
            self.now, _, woken = heapq.heappop(self._sleepers)
            woken.set()

    async def run(self, *work: asyncio.Future[Any]) -> None:
        """Let time pass until all ``work`` is done."""
        while not all(task.done() for task in work):
            for _ in range(50):
                await asyncio.sleep(0)
            if all(task.done() for task in work):
                break
            self.wake()
        for task in work:
            task.result()
