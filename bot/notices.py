"""Tells admins in private what they should know, whoever writes to the bot meanwhile."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.budget import seconds_to_wait
from bot.delivery import keyboard_of
from bot.locales import LANGUAGES, Words, words_for, words_in
from bot.replies import Button, Part
from retrieval import Language

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.preferences import Preferences

logger = logging.getLogger(__name__)

_TRIES = 12  # with growing pauses: some ten minutes
_LONGEST_PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class _Notice:
    say: Callable[[Words], str]
    buttons: tuple[tuple[str, str], ...] = ()

    def part(self, languages: Sequence[Language]) -> Part:
        """The notice as a message, in these languages."""
        every = [words_in(language) for language in languages]
        row = tuple(
            Button(" · ".join(said(key) for said in every), data=data) for key, data in self.buttons
        )
        text = "\n\n".join(map(self.say, every))
        return Part(text, buttons=(row,) if row else ())


LanguageOf = Callable[[int], Awaitable[Language | None]]
"""Which language a person is spoken to in, if that can be told."""


async def _unknown(_: int) -> Language | None:
    return None


class Notices:
    """Sends notices to each of ``admins``, one after another, in the language of each.

    Whose language can't be told is written to in all that the bot speaks. An admin who never wrote
    to the bot can't be told. What the bot's end finds unsent is forgotten.
    """

    def __init__(
        self,
        bot: ExtBot[Any],
        admins: Collection[int],
        *,
        language_of: LanguageOf = _unknown,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._admins = sorted(admins)
        self._language_of = language_of
        self._sleep = sleep
        self._waiting: asyncio.Queue[_Notice] = asyncio.Queue()

    def tell(
        self, key: str, buttons: Sequence[tuple[str, str]] = (), **values: str | float
    ) -> None:
        """Have them told the words for ``key``; each button has a key for its words, and data."""
        notice = _Notice(lambda said: said(key, **values), tuple(buttons))
        self._waiting.put_nowait(notice)

    def say(self, notice: Callable[[Words], str]) -> None:
        """Have them told what ``notice`` makes of a language's words."""
        self._waiting.put_nowait(_Notice(notice))

    def outage(self, reason: str) -> None:
        """Have them told that the model doesn't answer; ``reason`` is one of ``retrieval``'s."""
        self.tell(f"outage-{reason}")

    def recovery(self) -> None:
        """Have them told that it does again."""
        self.tell("outage-over")

    def damaged(self, *, answering: bool) -> None:
        """Have them told that the store is damaged, and whether something answers all the same."""
        self.tell("damage" if answering else "damage-no-answers")

    def repaired(self) -> None:
        """Have them told that it is whole again."""
        self.tell("damage-over")

    async def run(self) -> None:
        """Send what there is to tell, until cancelled."""
        while True:
            notice = await self._waiting.get()
            await asyncio.gather(*(self._tell(admin, notice) for admin in self._admins))

    async def _tell(self, admin: int, notice: _Notice) -> None:
        language = await self._language_of(admin)
        part = notice.part([language] if language else LANGUAGES)
        for attempt in range(_TRIES):
            try:
                await self._bot.send_message(admin, part.text, reply_markup=keyboard_of(part))
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


def language_of(bot: ExtBot[Any], preferences: Preferences) -> LanguageOf:
    """Tell a person's language: what they have chosen, or else what Telegram says of them."""

    async def language(person: int) -> Language | None:
        if chosen := preferences.of(person).language:
            return chosen
        try:
            code = (await bot.get_chat_member(person, person)).user.language_code
        except TelegramError as error:  # they are told all the same
            logger.info("the language of %d can't be told: %s", person, error)
            return None
        return words_for(code).language if code else None

    return language
