"""The button that stops a reload, under the message that tells how it goes."""

from __future__ import annotations

from telegram import CallbackQuery

from bot.context import Context
from bot.handlers.common import acknowledge, said_at

STOP = "x:stop"


async def pressed(query: CallbackQuery, context: Context) -> None:
    """Have it stop, whichever admin it is who presses."""
    said, message = said_at(query, context), query.message
    if query.from_user.id not in context.admins:
        await acknowledge(query, said("admins-only"), alert=True)
        return
    stop = context.stops.of(message.chat.id, message.message_id) if message else None
    if stop is None:
        await acknowledge(query, said("confirm-expired"))
    else:
        await acknowledge(query, said("reload-stopping" if stop.ask() else "reload-unstoppable"))
