"""``/stats``: how questions ended and what the model cost, for admins, in private."""

from __future__ import annotations

from telegram import Message

from bot.context import Context
from bot.handlers.administration import refusal
from bot.handlers.common import argument_of, is_by_admin, is_private, reply_to, words
from bot.rendering import statistics_parts, text_parts
from bot.replies import Reply
from bot.statistics import KEPT_DAYS

_USUAL_DAYS = (7, 30)


async def stats(message: Message, context: Context) -> Reply:
    """Say what happened today, and in the last week and month, or in as many days as it says."""
    said = words(message, context)
    if not is_by_admin(message, context):
        return refusal(message, context)
    if not is_private(message):
        return reply_to(message, text_parts(said("in-private")))
    days = argument_of(message)
    if days and not (days.isascii() and days.isdecimal() and 1 <= int(days) <= KEPT_DAYS):
        return reply_to(message, text_parts(said("stats-usage", most=KEPT_DAYS)))
    periods = [(said("stats-today"), await context.statistics.of_last(1))]
    for count in (int(days),) if days else _USUAL_DAYS:
        if count > 1:
            sums = await context.statistics.of_last(count)
            periods.append((said("stats-days", days=count), sums))
    spending = context.spending
    parts = statistics_parts(
        periods,
        said,
        user_calls=spending.user_calls if spending else None,
        total=spending.total if spending else None,
    )
    return reply_to(message, parts)
