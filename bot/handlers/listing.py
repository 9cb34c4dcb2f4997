"""``/sources``: what the bot has read, a page at a time."""

from __future__ import annotations

from telegram import CallbackQuery, Message

from bot.board import Board
from bot.context import Context
from bot.handlers.common import (
    acknowledge,
    is_by_admin,
    is_pressed_on,
    is_private,
    reply_to,
    said_at,
    words,
)
from bot.listings import sources_page
from bot.locales import Words
from bot.replies import Part, Reply


async def sources(message: Message, context: Context) -> Reply:
    """List the documents; to an admin in private with what there is to know of each."""
    details = is_private(message) and is_by_admin(message, context)
    part = await _page(message, context, words(message, context), 0, details=details)
    return reply_to(message, (part,))


async def turned(query: CallbackQuery, context: Context) -> None:
    """Show another page of the list, in its place."""
    message = query.message
    if not isinstance(message, Message) or not is_pressed_on(query, "s"):
        await acknowledge(query, said_at(query, context)("button-expired"))
        return
    await acknowledge(query)
    # Details are for admins; whoever shares a group with one gets none.
    details = is_private(message) and query.from_user.id in context.admins
    page = int((query.data or "").rpartition(":")[2])
    part = await _page(message, context, said_at(query, context), page, details=details)
    board = Board(message.get_bot(), message.chat.id, message_id=message.message_id)
    await board.finish((part,))


async def _page(
    message: Message, context: Context, said: Words, page: int, *, details: bool
) -> Part:
    # All documents to an admin, by the numbers that /remove takes; to others those of their chat.
    summaries = await context.sources(chat=None if details else message.chat.id)
    return sources_page(summaries, page, said, details=details)
