"""The bot at work in the test's own process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.budget import RateBudget
from bot.model import Model
from bot.service import Library, serve
from bot.settings import Settings

FASTER = 50
"""Times that a send budget's second passes here.

What the budget allows is the business of ``test_budget.py`` and ``test_fair_delivery.py``; others
needn't wait a second for every message.
"""


def quick_budget() -> RateBudget:
    """The real send budget, by a clock that goes faster."""
    return RateBudget(
        clock=lambda: time.monotonic() * FASTER,
        sleep=lambda seconds: asyncio.sleep(seconds / FASTER),
    )


@asynccontextmanager
async def bot_at_work(
    settings: Settings, open_library: Callable[[], Library], model: Model | None = None
) -> AsyncIterator[None]:
    """Have the bot running meanwhile; what stops it is raised here."""
    stop, ready = asyncio.Event(), asyncio.Event()
    running = asyncio.create_task(
        serve(
            settings,
            open_library,
            stop=stop,
            on_ready=lambda _: ready.set(),
            model=model,
            budget=quick_budget(),
        )
    )
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait([running, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    try:
        if not running.done():
            yield
    finally:
        stop.set()
        await running
