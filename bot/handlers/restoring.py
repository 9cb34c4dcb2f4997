"""``/rollback``: answer from the documents as they were before the last change."""

from __future__ import annotations

import asyncio
import logging

from telegram import Message

from bot.board import Board
from bot.confirmations import Pending
from bot.context import Context
from bot.dates import generation_in_words
from bot.handlers.common import reply_to, words
from bot.handlers.reloading import failure_parts, in_turn, refused_parts
from bot.listings import confirmation
from bot.locales import Words
from bot.rendering import going_back_text, text_parts
from bot.replies import Outcome
from retrieval import Health, Language, RetrievalError, StoreBusyError

logger = logging.getLogger(__name__)


async def rollback(message: Message, context: Context) -> Outcome:
    """Ask whether to go back, where there is something to go back to."""
    said, health = words(message, context), context.library.health()
    if not health.previous:
        return reply_to(message, text_parts(said("rollback-none")))
    user = message.from_user.id if message.from_user else 0
    asked = Pending("rollback", health.previous)
    id_ = await context.confirmations.ask(asked, chat=message.chat.id, user=user)
    now, then = _moments(health, said.language)
    sure = said("rollback-sure", now=now, then=then)
    text = going_back_text(sure, health.going_back, said) if health.going_back else sure
    return reply_to(message, (confirmation(text, id_, "rollback-yes", said),))


def _moments(health: Health, language: Language) -> tuple[str, str]:
    """When both versions were read, to the second where it was in the same minute."""
    for seconds in (False, True):
        now, then = (
            generation_in_words(name, language, seconds=seconds)
            for name in (health.generation, health.previous)
        )
        if now != then:
            break
    return now, then


async def carry_out(board: Board, context: Context, said: Words, subject: str, user: int) -> None:
    """Go back, if the generation that was named is still the one to go back to."""
    async with in_turn(board, context, said):
        await _go_back(board, context, said, subject, user)


async def _go_back(board: Board, context: Context, said: Words, subject: str, user: int) -> None:
    if context.library.health().previous != subject:
        await board.finish(text_parts(said("confirm-expired")))
        return
    logger.info("user %d goes back to %s", user, subject)
    try:
        name = await asyncio.to_thread(context.library.rollback)
    except StoreBusyError as error:
        await board.finish(failure_parts(error, said, reasons=True))
        return
    except RetrievalError as error:
        await board.finish(refused_parts(error, said))
        return
    await board.finish(
        text_parts(said("rollback-done", then=generation_in_words(name, said.language)))
    )
