"""What the bot says of itself in a group or channel: what it can see there, what to change."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from telegram import Bot
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.chats import KnownChat, Rights
from bot.context import Context
from bot.handlers.common import said_to_all
from bot.locales import Words
from bot.rendering import text_parts
from bot.replies import Reply

if TYPE_CHECKING:
    from telegram import User

logger = logging.getLogger(__name__)


async def introduction(chat: KnownChat, context: Context, bot: Bot, said: Words) -> Reply | None:
    """Say what the bot can see in a chat and the one thing to change; not the same twice.

    Where it can't write, the admins hear of it instead.
    """
    key = await _news(chat, context, bot)
    if key is None:
        return None
    return Reply(chat=chat.id, parts=text_parts(said(key, bot=f"@{context.username}")))


async def introduce(chat: KnownChat, context: Context, bot: Bot) -> None:
    """The same in a chat that is allowed now, where the bot is there already."""
    if chat.rights in (Rights.UNKNOWN, Rights.GONE):
        return
    if key := await _news(chat, context, bot):
        text = said_to_all(chat.id, key, context, bot=f"@{context.username}")
        with suppress(TelegramError):  # it is allowed all the same
            await bot.send_message(chat.id, text)


async def _news(chat: KnownChat, context: Context, bot: Bot) -> str | None:
    """The key of what the chat is to be told, if that is something else than the last time."""
    key = await _introduction(chat, bot)
    if key == chat.told:
        return None
    await context.chats.note(chat.id, told=key)
    if key.startswith("muted"):
        context.notices.tell(key, title=chat.name)
        return None
    return key


async def _introduction(chat: KnownChat, bot: Bot) -> str:
    channel = chat.kind == ChatType.CHANNEL
    if chat.rights is Rights.MUTED:
        return "muted-channel" if channel else "muted-group"
    if channel:
        return "seen-channel"
    if await _reads_all(bot):
        return "seen-all"
    return "seen-admin" if chat.rights is Rights.ADMIN else "seen-called"


async def _reads_all(bot: Bot) -> bool:
    """Whether privacy mode is off; it may have been changed since the start."""
    try:
        me: User = await bot.get_me()
    except TelegramError as error:
        logger.info("whether privacy mode is on can't be asked: %s", error)
        return bool(bot.can_read_all_group_messages)
    return bool(me.can_read_all_group_messages)
