"""Tells admins in private what they should know, whoever writes to the bot meanwhile."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from typing import TYPE_CHECKING, Any

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.budget import seconds_to_wait
from bot.locales import LANGUAGES, words_in

if TYPE_CHECKING:
    from telegram.ext import ExtBot

logger = logging.getLogger(__name__)

_TRIES = 12  # with growing pauses: some ten minutes
_LONGEST_PAUSE = 60.0


class Notices:
    """Sends notices to each of ``admins``, one after another, in all languages the bot speaks.

    Which of them an admin reads isn't known before they write. An admin who never wrote to the
    bot can't be told. What the bot's end finds unsent is forgotten.
    """

    def __init__(
        self,
        bot: ExtBot[Any],
        admins: Collection[int],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._admins = sorted(admins)
        self._sleep = sleep
        self._waiting: asyncio.Queue[str] = asyncio.Queue()

    def outage(self, reason: str) -> None:
        """Have them told that the model doesn't answer; ``reason`` is one of ``retrieval``'s."""
        self._waiting.put_nowait(f"outage-{reason}")

    def recovery(self) -> None:
        """Have them told that it does again."""
        self._waiting.put_nowait("outage-over")

    async def run(self) -> None:
        """Send what there is to tell, until cancelled."""
        while True:
            key = await self._waiting.get()
            text = "\n\n".join(words_in(language)(key) for language in LANGUAGES)
            await asyncio.gather(*(self._tell(admin, text) for admin in self._admins))

    async def _tell(self, admin: int, text: str) -> None:
        for attempt in range(_TRIES):
            try:
                await self._bot.send_message(admin, text)
            except RetryAfter as error:
                await self._sleep(seconds_to_wait(error))
            except TelegramError as error:
                if isinstance(error, BadRequest) or not isinstance(error, NetworkError):
                    logger.info("admin %d can't be told: %s", admin, error)
                    return
                await self._sleep(min(2.0**attempt, _LONGEST_PAUSE))
            else:
                return
        logger.warning("admin %d could not be told", admin)
