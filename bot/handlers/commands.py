"""``/help``."""

from __future__ import annotations

from telegram import Message

from bot.context import Context
from bot.handlers.common import is_private, reply_to, words
from bot.menus import Audience, help_lines
from bot.rendering import text_parts
from bot.replies import Reply


async def show_help(message: Message, context: Context) -> Reply:
    """Say how to use the bot, with the commands; an admin hears in private of theirs too."""
    said = words(message, context)
    group = [Audience.GROUP, Audience.GROUP_ADMINS]
    audiences = [Audience.PRIVATE] if is_private(message) else group
    if is_private(message) and message.chat.id in context.admins:
        audiences.append(Audience.BOT_ADMINS)
    lines = help_lines(said, *audiences)
    return reply_to(message, text_parts("\n".join([said("help"), "", *lines])))
