"""``/privacy`` and ``/forget``: what is kept of a person, and its end."""

from __future__ import annotations

import asyncio

from telegram import CallbackQuery, Message
from telegram.error import TelegramError

from bot.context import Context
from bot.handlers.common import (
    ANONYMOUS_ADMIN,
    PATIENCE,
    acknowledge,
    is_pressed_on,
    reply_to,
    said_at,
    words,
)
from bot.rendering import text_parts
from bot.replies import Button, Part, Reply

KIND = "forget"


async def privacy(message: Message, context: Context) -> Reply:
    """Say what is kept, why, and for how long."""
    said = words(message, context)
    paragraphs = [
        said("privacy"),
        said("privacy-kept", minutes=context.session_minutes, days=context.keep_days),
        said("privacy-sums"),
    ]
    if context.writer:
        paragraphs.append(said("privacy-model"))
    paragraphs.append(said("privacy-forget"))
    return reply_to(message, text_parts("\n\n".join(paragraphs)))


async def forget(message: Message, context: Context) -> Reply:
    """Ask whether all that is kept of the writer is to be deleted."""
    said = words(message, context)
    writer = message.from_user
    if writer is None or writer.id == ANONYMOUS_ADMIN:  # of whom nothing is kept
        return reply_to(message, text_parts(said("forget-nobody")))
    row = (
        Button(said("forget-yes"), f"{KIND}:{writer.id}"),
        Button(said("forget-no"), f"{KIND}:no:{writer.id}"),
    )
    return reply_to(message, (Part(said("forget-sure"), buttons=(row,)),))


async def forget_confirmed(query: CallbackQuery, context: Context) -> None:
    """Delete what is kept of whoever pressed, if it was they who asked for it."""
    said = said_at(query, context)
    _, _, asked = (query.data or "").partition(":")
    user = query.from_user.id
    if not is_pressed_on(query, KIND):
        await acknowledge(query, said("button-expired"))
    elif asked == f"no:{user}":
        await acknowledge(query)
        await _say(query, said("forget-not"))
    elif asked == str(user):
        async with asyncio.TaskGroup() as work:
            forgetting = work.create_task(context.forget(user))
            done, _ = await asyncio.wait({forgetting}, timeout=PATIENCE)
            well = done and not forgetting.exception()
            await acknowledge(query, said("forgotten") if well else "")
        counted = bool(context.spending and context.spending.user_calls)
        await _say(query, said("forgotten-but-today") if counted else said("forgotten"))
    else:
        await acknowledge(query, said("not-your-button"), alert=True)


async def _say(query: CallbackQuery, text: str) -> None:
    if isinstance(query.message, Message):
        try:
            await query.message.edit_text(text)
        except TelegramError:
            return  # the alert has said it
