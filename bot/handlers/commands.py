"""The commands for everyone: ``/start``, ``/help``, ``/sources``."""

from __future__ import annotations

from telegram import Message

from bot.context import Context
from bot.handlers.common import is_private, reply_to, words
from bot.rendering import sources_parts, text_parts
from bot.replies import Reply


async def start(message: Message, _context: Context) -> Reply:
    """Say hello, and what the bot is for."""
    return reply_to(message, text_parts(words(message)("welcome")))


async def show_help(message: Message, context: Context) -> Reply:
    """Say how to use the bot; an admin hears in private of their commands too."""
    said = words(message)
    text = said("help")
    if is_private(message) and message.chat.id in context.admins:
        text += "\n" + said("help-reload") + "\n" + said("help-stats")
    return reply_to(message, text_parts(text))


async def sources(message: Message, context: Context) -> Reply:
    """List what the bot has read."""
    return reply_to(message, sources_parts(await context.sources(), words(message)))
