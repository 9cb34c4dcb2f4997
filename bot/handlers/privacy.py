"""``/privacy`` and ``/forget``: what is kept of a person, and its end."""

from __future__ import annotations

import asyncio
import logging

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
from bot.locales import Words
from bot.rendering import text_parts
from bot.replies import Button, Part, Reply

logger = logging.getLogger(__name__)

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
        await _forget(query, context, said)
    else:
        await acknowledge(query, said("not-your-button"), alert=True)


async def _forget(query: CallbackQuery, context: Context, said: Words) -> None:
    """Delete it, and say how that went: the press is answered in time, whatever it takes."""
    user = query.from_user.id
    forgetting = asyncio.create_task(context.forget(user))
    try:
        done, _ = await asyncio.wait({forgetting}, timeout=PATIENCE)
        if not done:
            await acknowledge(query)
            await asyncio.wait({forgetting})
    finally:
        forgetting.cancel()  # the bot may end meanwhile; else it is over, and this does nothing
        await asyncio.wait({forgetting})
    if error := forgetting.exception():
        logger.error("what is kept of user %d can't be deleted", user, exc_info=error)
        brief = text = said("forget-failed")
    else:
        counted = bool(context.spending and context.spending.user_calls)
        brief = said("forgotten")
        text = said("forgotten-but-today") if counted else brief
    if done:
        await acknowledge(query, brief, alert=bool(error))
    await _say(query, text)


async def _say(query: CallbackQuery, text: str) -> None:
    if isinstance(query.message, Message):
        try:
            await query.message.edit_text(text)
        except TelegramError:
            return  # the alert has said it
