"""Shows in a chat how an answer comes along, until the answer itself is delivered.

In a private chat it is a draft, which Telegram shows for half a minute and the answer replaces. In
a group it is a message that is edited and in the end becomes the answer; its id is in the journal,
so that it does even after a crash. (A process killed in the instant after Telegram took the
message, before its id is noted, leaves it behind above the answer.) Only what the send budget has
to spare is used, and nothing that goes wrong here goes wrong with the answer.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy.exc import SQLAlchemyError
from telegram import LinkPreviewOptions, ReplyParameters
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.budget import NoRoomError, Sending
from bot.delivery import entities_of

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.journal import Entry, Journal
    from bot.replies import Part, Reply

logger = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often something is shown, in seconds.

    Nothing is before ``first``, since most answers are there by then. Then the newest state is,
    every ``pause`` at most; a draft is shown again after ``again``, before Telegram takes it down.
    What is on its way when the answer is ready is waited for, no longer than ``patience``.
    """

    first: float = 1.0
    pause: float = 1.0
    again: float = 20.0
    patience: float = 2.0


class Streams:
    """Opens a stream for each answer that is shown while it comes along."""

    def __init__(self, bot: ExtBot[Any], journal: Journal, rhythm: Rhythm | None = None) -> None:
        self._bot = bot
        self._journal = journal
        self._rhythm = rhythm or Rhythm()

    def open(self, entry: Entry, place: Reply) -> Stream:
        """The stream for the reply to an update; it goes on with a message of an earlier run."""
        return Stream(self._bot, self._journal, entry, place, self._rhythm)


class Stream:
    """Shows the newest state of one answer while the context lasts.

    ``placeholder`` is the message that shows it, if there is one.
    """

    def __init__(
        self, bot: ExtBot[Any], journal: Journal, entry: Entry, place: Reply, rhythm: Rhythm
    ) -> None:
        self.placeholder = entry.placeholder
        self._bot = bot
        self._journal = journal
        self._update_id = entry.update_id
        self._place = place
        self._rhythm = rhythm
        self._newest: Part | None = None
        self._news = asyncio.Event()
        self._request: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._showing = asyncio.create_task(self._show_newest())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._showing.cancel()
        [ended] = await asyncio.gather(self._showing, return_exceptions=True)
        if self._request is not None and not self._request.done():
            _, late = await asyncio.wait([self._request], timeout=self._rhythm.patience)
            self._request.cancel()
            [ended] = await asyncio.gather(self._request, return_exceptions=True)
            if late and self.placeholder is not None:
                await self._abandon(self.placeholder)
        if isinstance(ended, TelegramError | NoRoomError):
            logger.info("nothing more was shown in chat %s: %s", self._place.chat, ended)
        elif isinstance(ended, Exception):
            logger.error("showing how an answer comes along failed", exc_info=ended)

    async def _abandon(self, placeholder: int) -> None:
        """Do without the message: an edit that was cut short might still undo the answer's."""
        self.placeholder = None
        with suppress(TimeoutError, TelegramError, SQLAlchemyError):
            async with asyncio.timeout(self._rhythm.patience):
                await self._journal.note_placeholder(self._update_id, None)
                await self._bot.delete_message(self._place.chat, placeholder)

    def show(self, part: Part) -> None:
        """Have a part shown as soon as may be, instead of any that was to be shown before."""
        self._newest = part
        self._news.set()

    async def _show_newest(self) -> None:
        await asyncio.sleep(self._rhythm.first)
        shown: Part | None = None
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._rhythm.again if self._is_private else None):
                    await self._news.wait()
            self._news.clear()
            part = self._newest
            if part is None or (part == shown and not self._is_private):
                continue
            self._request = asyncio.create_task(self._send(part))
            try:
                await asyncio.shield(self._request)
                shown = part
            except NoRoomError:
                self._news.set()  # there may be room for what is newest then
            except (RetryAfter, NetworkError, SQLAlchemyError) as problem:
                if isinstance(problem, BadRequest) and "not modified" not in problem.message:
                    raise
                logger.info("a draft for chat %s is dropped: %s", self._place.chat, problem)
            await asyncio.sleep(self._rhythm.pause)

    @property
    def _is_private(self) -> bool:
        return self._place.chat > 0  # groups have negative ids

    async def _send(self, part: Part) -> None:
        chat, entities = self._place.chat, entities_of(part)
        if self._is_private:
            await self._bot.send_message_draft(
                chat,
                self._update_id,
                part.text,
                message_thread_id=self._place.thread,
                entities=entities,
                rate_limit_args=Sending.IF_THERE_IS_ROOM,
            )
        elif self.placeholder is not None:
            await self._bot.edit_message_text(
                part.text,
                chat_id=chat,
                message_id=self.placeholder,
                entities=entities,
                link_preview_options=_NO_PREVIEW,
                rate_limit_args=Sending.IF_THERE_IS_ROOM,
            )
        else:
            target = self._place.to_message
            sent = await self._bot.send_message(
                chat,
                part.text,
                entities=entities,
                message_thread_id=self._place.thread,
                reply_parameters=(
                    ReplyParameters(target, allow_sending_without_reply=True) if target else None
                ),
                link_preview_options=_NO_PREVIEW,
                rate_limit_args=Sending.IF_THERE_IS_ROOM,
            )
            self.placeholder = sent.message_id
            await self._journal.note_placeholder(self._update_id, sent.message_id)
