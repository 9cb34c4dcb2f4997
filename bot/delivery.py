"""Sends stored replies part by part, marking each in the journal once Telegram has it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.budget import seconds_to_wait
from bot.replies import Part, Reply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram.ext import ExtBot

    from bot.answers import Answers
    from bot.journal import Journal

logger = logging.getLogger(__name__)

_GIVE_UP_AFTER = 3600.0
_LONGEST_PAUSE = 30.0


class UndeliveredError(Exception):
    """A message could not be sent for so long that the next run has to take it up."""


async def _stays(_old: int, _new: int) -> None:
    """Nothing else has to follow a chat that moved."""


class Gate:
    """Lets one message out at a time, from just before it leaves until it is marked as sent.

    A process that is killed in that window sends the message again when it comes back, since it
    can't know that it went out. With one message in the window, at most one answer is doubled.
    So that a slow connection doesn't stop everybody, the next goes through after ``patience``
    seconds anyway.
    """

    def __init__(self, patience: float = 0.25) -> None:
        self._patience = patience
        self._turn = asyncio.Lock()
        self._window: asyncio.Event | None = None

    @asynccontextmanager
    async def passage(self) -> AsyncIterator[Callable[[], Awaitable[None]]]:
        """For one message: await what this yields right before sending; leaving it marks the end.

        What it yields may be awaited again where the message has to be sent again.
        """
        mine = asyncio.Event()

        async def enter() -> None:
            async with self._turn:
                if self._window is not None and self._window is not mine:
                    try:
                        async with asyncio.timeout(self._patience):
                            await self._window.wait()
                    except TimeoutError:
                        logger.debug("a message has been on its way for %g s", self._patience)
                self._window = mine

        try:
            yield enter
        finally:
            mine.set()


class Delivery:
    """Brings replies to their chats through ``bot``.

    What fails for a passing reason is sent again, with growing pauses, for up to an hour, and
    then left to the next run; pauses that Telegram asks for are kept however long they are, and
    don't count. After a time-out the message may have landed, and one that arrives twice is better
    than none. What Telegram refuses is sent once more as plain words; a chat that doesn't want the
    bot, or is gone, is left alone until it is heard of again. Which messages an answer became is
    noted in ``answers``. ``on_moved`` hears of a group that became a supergroup, by both ids.
    """

    def __init__(
        self,
        bot: ExtBot[Any],
        journal: Journal,
        answers: Answers,
        *,
        on_moved: Callable[[int, int], Awaitable[None]] = _stays,
        gate: Gate | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._journal = journal
        self._answers = answers
        self._on_moved = on_moved
        self._clock = clock
        self._sleep = sleep
        self._gate = gate or Gate()
        self._parked: set[int] = set()

    def is_parked(self, chat: int) -> bool:
        """Whether a chat doesn't want the bot, or is gone, and hasn't been heard of since."""
        return chat in self._parked

    def park(self, chat: int) -> None:
        """Send nothing to a chat any more, until it is heard of again."""
        self._parked.add(chat)

    def unpark(self, chat: int) -> None:
        """Something came from a chat: what is said there may be answered."""
        self._parked.discard(chat)

    async def deliver(self, update_id: int, reply: Reply, parts_sent: int = 0) -> None:
        """Send what is left of a stored reply, and finish its update.

        Raises:
            InvalidToken: Telegram doesn't know the bot any more; the update stays unfinished.
            UndeliveredError: Nothing got through for an hour; the update stays unfinished.
        """
        for index in range(parts_sent, len(reply.parts)):
            if self.is_parked(reply.chat):
                break
            last = index == len(reply.parts) - 1
            async with self._gate.passage() as enter:
                migrated = await self._send(reply, index, enter)
                if migrated is None:
                    break
                reply = migrated
                if last:
                    await self._delete(reply)
                    await self._journal.finish(update_id)
                    return
                await self._journal.mark_sent(update_id, index + 1)
        await self._journal.finish(update_id)

    async def _send(
        self, reply: Reply, index: int, enter: Callable[[], Awaitable[None]]
    ) -> Reply | None:
        """Send one part, whatever it takes. ``None`` if Telegram will never have it.

        Otherwise the reply as the next part needs it: the chat may have moved.
        """
        began, attempt, plain = self._clock(), 0, False
        while True:
            try:
                await self._attempt(reply, index, enter, plain=plain)
            except ChatMigrated as error:
                logger.info("chat %s has become %s", reply.chat, error.new_chat_id)
                await self._on_moved(reply.chat, error.new_chat_id)
                reply = _moved(reply, error.new_chat_id)
            except (Forbidden, BadRequest) as error:
                # Without looks, topic and reply target little is left that could be refused.
                if plain or isinstance(error, Forbidden):
                    self._give_up(reply.chat, error)
                    return None
                logger.warning("chat %s refused a message, sending it plain: %s", reply.chat, error)
                plain = True
            except InvalidToken:
                raise
            except RetryAfter as error:
                seconds = max(seconds_to_wait(error), _pause(attempt))
                logger.warning("Telegram holds chat %s for %g s", reply.chat, seconds)
                before = self._clock()
                await self._sleep(seconds)
                began += self._clock() - before
                attempt += 1
            except TelegramError as error:
                if self._clock() - began > _GIVE_UP_AFTER:
                    raise UndeliveredError(
                        f"nothing has reached chat {reply.chat} for an hour ({error})"
                    ) from error
                logger.warning("a message for chat %s has to wait: %s", reply.chat, error)
                await self._sleep(_pause(attempt))
                attempt += 1
            else:
                return reply

    def _give_up(self, chat: int, error: TelegramError) -> None:
        logger.warning("chat %s doesn't take a message: %s", chat, error)
        if isinstance(error, Forbidden) or "chat not found" in error.message.lower():
            self.park(chat)

    async def _delete(self, reply: Reply) -> None:
        """Take away what the parts of a reply didn't replace; it may be gone, or too old to go."""
        for old in reply.edits[len(reply.parts) :]:
            try:
                await self._bot.delete_message(reply.chat, old)
            except TelegramError as error:
                logger.info("a message in chat %s can't be deleted: %s", reply.chat, error)
            await self._answers.unnote(reply.chat, old)

    async def _attempt(
        self, reply: Reply, index: int, enter: Callable[[], Awaitable[None]], *, plain: bool
    ) -> None:
        message_id = await self._request(reply, index, enter, plain=plain)
        if reply.answer:
            part = reply.parts[index]
            await self._answers.note(reply.answer, reply.chat, message_id, part)

    async def _request(
        self, reply: Reply, index: int, enter: Callable[[], Awaitable[None]], *, plain: bool
    ) -> int:
        """Send or edit one message; its id."""
        part = reply.parts[index]
        first = index == 0
        if index < len(reply.edits) and not plain:
            old = reply.edits[index]
            try:
                await self._bot.edit_message_text(
                    part.text,
                    chat_id=reply.chat,
                    message_id=old,
                    entities=entities_of(part),
                    reply_markup=keyboard_of(part),
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                    rate_limit_args=enter,
                )
            except BadRequest as error:
                if "not modified" in error.message.lower():
                    return old
                logger.info("a message in chat %s can't be edited: %s", reply.chat, error)
            else:
                return old
        target = reply.to_message if first and not plain else None
        sent: Message = await self._bot.send_message(
            reply.chat,
            part.text,
            entities=None if plain else entities_of(part),
            reply_markup=None if plain else keyboard_of(part),
            message_thread_id=None if plain else reply.thread,
            reply_parameters=(
                ReplyParameters(target, allow_sending_without_reply=True) if target else None
            ),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            rate_limit_args=enter,
        )
        return sent.message_id


def _pause(attempt: int) -> float:
    return float(min(0.5 * 2 ** min(attempt, 10), _LONGEST_PAUSE))


def entities_of(part: Part) -> list[MessageEntity] | None:
    """The looks of a part, as Telegram takes them."""
    return [
        MessageEntity(entity.type, entity.offset, entity.length) for entity in part.entities
    ] or None


def keyboard_of(part: Part) -> InlineKeyboardMarkup | None:
    """The buttons of a part, as Telegram takes them."""
    rows = [
        [
            InlineKeyboardButton(
                button.text, url=button.url or None, callback_data=button.data or None
            )
            for button in row
        ]
        for row in part.buttons
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def _moved(reply: Reply, chat: int) -> Reply:
    # Message and topic ids of the old chat mean nothing in the new one.
    return Reply(chat=chat, parts=reply.parts, answer=reply.answer)
