"""``/reload``: read the sources again, telling how it goes in one message.

Documents that answer the owner's test questions worse are refused; ``/reload force`` takes them.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

from telegram import Message, ReplyParameters
from telegram.error import TelegramError

from bot.context import Context
from bot.handlers.common import is_by_admin, is_late, is_private, reply_to, words
from bot.locales import Words
from bot.rendering import changes_parts, regression_parts, text_parts
from bot.replies import Deferred, Outcome, Reply
from retrieval import (
    Progress,
    RegressionError,
    RetrievalError,
    SourcesError,
    Step,
    StoreBusyError,
)

logger = logging.getLogger(__name__)

# A reload with nothing to do is over by then, and needs no word about its progress.
_SILENT_SECONDS = 0.8

# What to write behind the command, in any language the bot speaks.
_FORCE = ("force", "forza")


async def reload(message: Message, context: Context) -> Outcome:
    """Start a reload for an admin; the chat's other messages are dealt with meanwhile."""
    said = words(message)
    if not is_by_admin(message, context):
        return refusal(message)
    if is_late(message, context):
        return reply_to(message, text_parts(said("reload-too-late")))
    return Deferred(partial(_reload, message, context, said))


def refusal(message: Message) -> Reply:
    """Say that a command is for admins; in private, also what to call oneself to become one."""
    said = words(message)
    text = said("admins-only")
    if is_private(message) and message.from_user:
        text += " " + said("your-id", id=message.from_user.id)
    return reply_to(message, text_parts(text))


def _is_forced(message: Message) -> bool:
    _, *rest = (message.text or "").split()
    return " ".join(rest).casefold() in _FORCE


async def _reload(message: Message, context: Context, said: Words) -> Reply:
    logger.info("user %s asked for a reload", message.from_user and message.from_user.id)
    loop = asyncio.get_running_loop()
    news = _News()

    def on_progress(progress: Progress) -> None:
        # Called in the reload's thread.
        loop.call_soon_threadsafe(setattr, news, "latest", progress)

    telling = asyncio.create_task(_tell(message, said, news, context.progress_seconds))
    try:
        # Reasons name files and folders of this machine, which a group needn't see.
        changes = await context.reload(on_progress, force=_is_forced(message))
        parts = changes_parts(changes, said, reasons=is_private(message))
    except RegressionError as error:
        logger.warning("the reload is refused: %s", error)
        parts = regression_parts(error.regression, said)
    except RetrievalError as error:
        logger.warning("the reload failed: %s", error)
        reason = f" ({error})" if is_private(message) else ""
        parts = text_parts(said(_failure(error)) + reason)
    finally:
        news.over.set()
        shown = await telling
    return replace(reply_to(message, parts), edits=shown)


@dataclass(slots=True)
class _News:
    """What is known of a reload that runs."""

    latest: Progress | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)


async def _tell(message: Message, said: Words, news: _News, seconds: float) -> int | None:
    """Show how the reload goes in one message until it is over; returns that message's id."""
    if await _happens(news.over, _SILENT_SECONDS):
        return None
    bot, place = message.get_bot(), reply_to(message, ())
    text = said("reload-start")
    try:
        sent = await bot.send_message(
            place.chat,
            text,
            message_thread_id=place.thread,
            reply_parameters=(
                ReplyParameters(place.to_message, allow_sending_without_reply=True)
                if place.to_message
                else None
            ),
        )
    except TelegramError as error:
        logger.warning("the progress of the reload can't be shown: %s", error)
        return None
    while not await _happens(news.over, seconds):
        before, text = text, _progress(news.latest, said)
        if text != before:
            try:
                await bot.edit_message_text(text, chat_id=place.chat, message_id=sent.message_id)
            except TelegramError as error:
                logger.info("the progress of the reload can't be shown: %s", error)
    return sent.message_id


async def _happens(event: asyncio.Event, seconds: float) -> bool:
    """Wait for an event for so long; whether it has happened."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()


def _progress(latest: Progress | None, said: Words) -> str:
    if latest is None:
        return said("reload-start")
    if latest.step is Step.SWAPPING:
        return said("reload-swapping")
    return said(f"reload-{latest.step}", done=latest.done, total=latest.total)


def _failure(error: RetrievalError) -> str:
    if isinstance(error, StoreBusyError):
        return "reload-busy"
    return "reload-no-sources" if isinstance(error, SourcesError) else "reload-failed"
