"""One message that tells how something goes, and in the end what came of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.error import BadRequest, TelegramError

from bot.delivery import entities_of, keyboard_of
from bot.replies import Part, Reply

logger = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(slots=True)
class Board:
    """The one message that tells how something goes: sent the first time, and then edited.

    What can't be shown is noted in the log, and costs nothing else.
    """

    bot: Bot
    chat: int
    thread: int | None = None
    to_message: int | None = None
    message_id: int | None = None

    @classmethod
    def at(cls, bot: Bot, place: Reply) -> Board:
        """A new message, where a reply would go."""
        return cls(bot, place.chat, place.thread, place.to_message)

    @property
    def messages(self) -> tuple[int, ...]:
        """The message, where there is one, for a reply to replace."""
        return () if self.message_id is None else (self.message_id,)

    async def show(
        self,
        text: str,
        entities: Sequence[Any] | None = None,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> None:
        """Have the message say this."""
        looks: dict[str, Any] = {
            "entities": entities,
            "reply_markup": keyboard,
            "link_preview_options": _NO_PREVIEW,
        }
        target = self.to_message
        try:
            if self.message_id is not None:
                await self.bot.edit_message_text(
                    text, chat_id=self.chat, message_id=self.message_id, **looks
                )
                return
            sent = await self.bot.send_message(
                self.chat,
                text,
                message_thread_id=self.thread,
                reply_parameters=(
                    ReplyParameters(target, allow_sending_without_reply=True) if target else None
                ),
                **looks,
            )
            self.message_id = sent.message_id
        except TelegramError as error:
            if not (isinstance(error, BadRequest) and "not modified" in error.message.lower()):
                logger.warning("what goes on can't be shown in chat %s: %s", self.chat, error)

    async def finish(self, parts: Sequence[Part]) -> None:
        """Have the message say what came of it; what it can't hold follows in further ones."""
        for number, part in enumerate(parts):
            if number:
                self.message_id = None
            await self.show(part.text, entities_of(part), keyboard_of(part))
