"""What the bot can't do anything with: one friendly line, in private chats only."""

from __future__ import annotations

from telegram import Message

from bot.context import Context
from bot.handlers.common import reply_to, words
from bot.rendering import text_parts
from bot.replies import Reply


async def unknown_command(message: Message, _context: Context) -> Reply:
    """A command that isn't one of ours."""
    return reply_to(message, text_parts(words(message)("unknown-command")))


async def not_text(message: Message, _context: Context) -> Reply:
    """A picture, a voice message, a file."""
    return reply_to(message, text_parts(words(message)("text-only")))
