"""Does what somebody asks last, for those who ask with every key they press."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


class Newest:
    """Does the newest of what each person asks for, and leaves out what came before it.

    A request waits ``pause`` seconds for a newer one. ``at_once`` are done at the same time, and of
    more people than ``most`` at a time, those who come last get nothing: they will type on.
    """

    def __init__(
        self,
        *,
        pause: float = 0.15,
        at_once: int = 2,
        most: int = 50,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._pause = pause
        self._most = most
        self._sleep = sleep
        self._turn = asyncio.Semaphore(at_once)
        self._newest: dict[int, object] = {}

    async def do(self, user: int, work: Callable[[], Awaitable[None]]) -> bool:
        """Do a person's work, unless they ask for something newer meanwhile; whether it was."""
        if user not in self._newest and len(self._newest) >= self._most:
            return False
        mine = self._newest[user] = object()
        try:
            await self._sleep(self._pause)
            if self._newest[user] is not mine:
                return False
            async with self._turn:
                if self._newest[user] is not mine:
                    return False
                await work()
                return True
        finally:
            if self._newest.get(user) is mine:
                del self._newest[user]
