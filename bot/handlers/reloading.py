"""A reload as admins see it: one message tells how it goes, and in the end what came of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.error import BadRequest, TelegramError

from bot.context import Context
from bot.delivery import entities_of, keyboard_of
from bot.handlers.common import reply_to
from bot.locales import Words
from bot.rendering import regression_parts, text_parts
from bot.replies import Part
from retrieval import (
    Changes,
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

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(slots=True)
class Board:
    """The one message that tells how something goes: sent the first time, and then edited.

    What can't be shown is noted in the log, and costs nothing else.
    """

    bot: Bot
    chat: int
    thread: int | None = None
    to_message: int | None = None
    message_id: int | None = None

    @classmethod
    def answering(cls, message: Message) -> Board:
        """A new message, where a reply to ``message`` would go."""
        place = reply_to(message, ())
        return cls(message.get_bot(), place.chat, place.thread, place.to_message)

    @property
    def messages(self) -> tuple[int, ...]:
        """The message, where there is one, for a reply to replace."""
        return () if self.message_id is None else (self.message_id,)

    async def show(
        self,
        text: str,
        entities: Sequence[Any] | None = None,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> None:
        """Have the message say this."""
        looks: dict[str, Any] = {
            "entities": entities,
            "reply_markup": keyboard,
            "link_preview_options": _NO_PREVIEW,
        }
        target = self.to_message
        try:
            if self.message_id is not None:
                await self.bot.edit_message_text(
                    text, chat_id=self.chat, message_id=self.message_id, **looks
                )
                return
            sent = await self.bot.send_message(
                self.chat,
                text,
                message_thread_id=self.thread,
                reply_parameters=(
                    ReplyParameters(target, allow_sending_without_reply=True) if target else None
                ),
                **looks,
            )
            self.message_id = sent.message_id
        except TelegramError as error:
            if not (isinstance(error, BadRequest) and "not modified" in error.message.lower()):
                logger.warning("what goes on can't be shown in chat %s: %s", self.chat, error)

    async def finish(self, parts: Sequence[Part]) -> None:
        """Have the message say what came of it; what it can't hold follows in further ones."""
        for number, part in enumerate(parts):
            if number:
                self.message_id = None
            await self.show(part.text, entities_of(part), keyboard_of(part))


async def reload_on(board: Board, context: Context, said: Words, *, force: bool = False) -> Changes:
    """Reload, and show how it goes.

    Raises:
        RetrievalError: What the reload raises; what was there goes on answering.
    """
    loop = asyncio.get_running_loop()
    news = _News()

    def on_progress(progress: Progress) -> None:
        # Called in the reload's thread.
        loop.call_soon_threadsafe(setattr, news, "latest", progress)

    telling = asyncio.create_task(_tell(board, said, news, context.progress_seconds))
    try:
        return await context.reload(on_progress, force=force)
    finally:
        news.over.set()
        await telling


def failure_parts(error: RetrievalError, said: Words, *, reasons: bool) -> tuple[Part, ...]:
    """Why a reload changed nothing; ``reasons`` names what is wrong, in English."""
    logger.warning("the reload failed: %s", error)
    if isinstance(error, RegressionError):
        return regression_parts(error.regression, said)
    reason = f" ({error})" if reasons else ""
    return text_parts(said(_failure(error)) + reason)


@dataclass(slots=True)
class _News:
    """What is known of a reload that runs."""

    latest: Progress | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)


async def _tell(board: Board, said: Words, news: _News, seconds: float) -> None:
    """Show how the reload goes until it is over."""
    if await _happens(news.over, _SILENT_SECONDS):
        return
    text = said("reload-start")
    await board.show(text)
    while board.message_id is not None and not await _happens(news.over, seconds):
        before, text = text, _progress(news.latest, said)
        if text != before:
            await board.show(text)


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
