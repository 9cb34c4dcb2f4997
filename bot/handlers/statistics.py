"""``/stats``: how questions ended and what the model cost, for admins, in private."""

from __future__ import annotations

from telegram import Message

from bot.context import Context
from bot.handlers.administration import refusal
from bot.handlers.common import is_by_admin, is_private, reply_to, words
from bot.rendering import statistics_parts, text_parts
from bot.replies import Reply

_PERIODS = {"stats-today": 1, "stats-week": 7, "stats-month": 30}


async def stats(message: Message, context: Context) -> Reply:
    """Say what happened today, in the last week and in the last month."""
    said = words(message, context)
    if not is_by_admin(message, context):
        return refusal(message, context)
    if not is_private(message):
        return reply_to(message, text_parts(said("in-private")))
    periods = [(key, await context.statistics.of_last(days)) for key, days in _PERIODS.items()]
    spending = context.spending
    parts = statistics_parts(
        periods,
        said,
        user_calls=spending.user_calls if spending else None,
        total=spending.total if spending else None,
    )
    return reply_to(message, parts)
