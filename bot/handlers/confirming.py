"""What waits for a yes, and the buttons that say it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from telegram import CallbackQuery, Message

from bot.board import Board
from bot.confirmations import Pending
from bot.context import Context
from bot.handlers import adding, administration, removing, restoring
from bot.handlers.common import acknowledge, is_pressed_on, said_at
from bot.locales import Words

Carry = Callable[[Board, Context, Words, str, int], Awaitable[None]]
"""Does what was asked, with its subject, for the user who said yes, and tells on the board."""

ACTIONS: Mapping[str, Carry] = {
    "add": adding.carry_out,
    "add-anyway": adding.carry_out_anyway,
    "add-text": adding.carry_out_text,
    "remove": removing.carry_out,
    "remove-anyway": removing.carry_out_anyway,
    "reload-anyway": administration.carry_out,
    "rollback": restoring.carry_out,
}
"""What can wait for a yes, by name."""


async def pressed(query: CallbackQuery, context: Context) -> None:
    """Do what was asked, or leave it: once, for the admin who asked, where they asked."""
    said = said_at(query, context)
    message, user = query.message, query.from_user.id
    _, id_, answer = (query.data or "").split(":")
    asked: Pending | None = None
    if isinstance(message, Message) and user in context.admins and is_pressed_on(query, f"c:{id_}"):
        asked = await context.confirmations.take(id_, chat=message.chat.id, user=user)
    if asked is None or not isinstance(message, Message):
        await acknowledge(query, said("confirm-expired"))
        return
    await acknowledge(query)
    board = Board(message.get_bot(), message.chat.id, message_id=message.message_id)
    if answer == "n":
        await board.show(said("confirm-left"))
        return
    try:
        await ACTIONS[asked.action](board, context, said, asked.subject, user)
    except Exception:  # the press has had its answer, so this is where it can be said
        await board.show(said("error"))
        raise
