"""Waiting for something to become true."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


async def until(condition: Callable[[], bool | Awaitable[bool]], seconds: float = 10) -> None:
    """Return as soon as ``condition`` holds; TimeoutError if it doesn't in time."""
    pause = 0.002
    async with asyncio.timeout(seconds):
        while True:
            holds = condition()
            if await holds if isinstance(holds, Awaitable) else holds:
                return
            await asyncio.sleep(pause)
            pause = min(1.5 * pause, 0.05)  # what takes long must not take all of the processor
