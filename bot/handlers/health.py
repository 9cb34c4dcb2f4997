"""``/health``: how the bot is, for admins."""

from __future__ import annotations

from datetime import timedelta

from telegram import Message

from bot.context import Context
from bot.handlers.common import reply_to, words
from bot.listings import health_parts
from bot.replies import Reply


async def health(message: Message, context: Context) -> Reply:
    """Say what answers, what could take its place, what waits, and since when it runs."""
    waiting = len(await context.journal.unfinished()) - 1  # this command itself is one
    parts = health_parts(
        context.library.health(),
        words(message, context),
        waiting=max(waiting, 0),
        running=timedelta(seconds=context.clock() - context.started_at),
        written=context.writer is not None,
        reading=context.changing.locked(),
    )
    return reply_to(message, parts)
