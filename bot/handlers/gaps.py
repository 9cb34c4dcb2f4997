"""``/gaps``: what people ask and the documents don't answer, for admins."""

from __future__ import annotations

import asyncio

from telegram import CallbackQuery, InputFile, Message

from bot.board import Board
from bot.context import Context
from bot.gaps import Gap, group, to_csv
from bot.handlers.common import (
    acknowledge,
    argument_of,
    is_admins_press,
    is_pressed_on,
    reply_to,
    said_at,
    words,
)
from bot.listings import gaps_page
from bot.rendering import text_parts
from bot.replies import Reply

_USUAL_DAYS = 30
_MOST_DAYS = 3650


async def gaps(message: Message, context: Context) -> Reply:
    """List the questions without a good answer of the last 30 days, or of as many as it says."""
    said, days = words(message, context), argument_of(message) or str(_USUAL_DAYS)
    if not (days.isascii() and days.isdecimal() and 1 <= int(days) <= _MOST_DAYS):
        return reply_to(message, text_parts(said("gaps-usage")))
    found = await _found(context, int(days))
    return reply_to(message, (gaps_page(found, 0, int(days), said),))


async def pressed(query: CallbackQuery, context: Context) -> None:
    """Turn a page, or send all as a file that a spreadsheet opens."""
    message, said = query.message, said_at(query, context)
    here = is_admins_press(query, context) and is_pressed_on(query, "g")
    if not here or not isinstance(message, Message):
        await acknowledge(query, said("button-expired"))
        return
    await acknowledge(query)
    _, first, second = (query.data or "").split(":")
    if first == "csv":
        table = to_csv(await _found(context, int(second)), said)
        # With a mark in front, spreadsheets know that it is UTF-8.
        file = InputFile(table.encode("utf-8-sig"), filename=said("gaps-file-name"))
        await message.get_bot().send_document(query.from_user.id, file)
        return
    part = gaps_page(await _found(context, int(first)), int(second), int(first), said)
    board = Board(message.get_bot(), message.chat.id, message_id=message.message_id)
    await board.finish((part,))


async def _found(context: Context, days: int) -> tuple[Gap, ...]:
    misses = await context.misses.of_last(days)
    return await asyncio.to_thread(group, misses)
