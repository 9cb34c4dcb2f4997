"""Watches over the library: follows swaps, has its files looked at, and tells admins of damage."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from retrieval import Health

logger = logging.getLogger(__name__)

_REFRESH_SECONDS = 2.0
_INSPECT_EVERY = 150  # looks: five minutes


class Library(Protocol):
    """The part of ``retrieval.Library`` that is watched. Every method blocks."""

    def refresh(self) -> bool:
        """Follow a swap made elsewhere; whether there was one."""

    def inspect(self) -> bool:
        """Look whether the files are as they were built; whether they are."""

    def health(self) -> Health:
        """What answers, and what is wrong."""


class Told(Protocol):
    """Who is told of damage, and of its end."""

    def damaged(self, *, answering: bool) -> None:
        """The store is damaged; whether something answers all the same."""

    def repaired(self) -> None:
        """It is whole again."""


async def watch(
    library: Library, told: Told, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Watch until cancelled: every two seconds for swaps, every five minutes for damage."""
    was_damaged, looks = False, 0
    while True:
        try:
            if await asyncio.to_thread(library.refresh):
                logger.info("answering from another generation")
            if looks % _INSPECT_EVERY == _INSPECT_EVERY - 1:
                await asyncio.to_thread(library.inspect)
        except Exception:
            logger.exception("the library can't follow a swap; it goes on with what it has")
        health = library.health()
        if health.damaged and not was_damaged:
            logger.warning("the store is damaged: %s", health.why)
            told.damaged(answering=bool(health.generation))
        elif was_damaged and not health.damaged:
            told.repaired()
        was_damaged = health.damaged
        looks += 1
        await sleep(_REFRESH_SECONDS)
