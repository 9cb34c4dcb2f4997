"""The way in: updates are on disk before Telegram is told they arrived, then answered in order.

Each chat with something to do has a queue and a worker of its own, so chats don't wait for each
other and a chat's order is kept. Workers end when their queue is empty. Pressed buttons and inline
queries wait in no queue: they are dealt with at once, since Telegram forgets them within seconds.
"""

from __future__ import annotations

import asyncio
import json
import logging
import math
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy.exc import SQLAlchemyError
from telegram import ChatMember, Update
from telegram.error import InvalidToken

from bot.delivery import UndeliveredError
from bot.journal import Entry, Journal
from bot.replies import TOO_LATE, Deferred, Outbox, Reply, Streamed

if TYPE_CHECKING:
    from telegram import Bot

    from bot.delivery import Delivery
    from bot.streaming import Streams

logger = logging.getLogger(__name__)

CAPACITY = 50


class Processor(Protocol):
    """What answers an update: an ``Application``, or a stand-in."""

    async def process_update(self, update: object) -> None:
        """Run the handlers; the outcome is left in the outbox."""

    async def process_error(self, update: object, error: Exception) -> bool:
        """Run the error handlers; they too leave their outcome in the outbox."""


@dataclass(slots=True)
class _Chat:
    waiting: deque[Entry] = field(default_factory=deque)
    told_full: bool = False
    has_worker: bool = False


class Inbox:
    """Takes updates in, keeps them in order, and sees each through to its end.

    ``wanted`` says whether any handler would take an update; the others are noted and no more.
    ``full`` words the reply to the first update that a full queue refuses; the chat isn't told
    again before half of its queue is empty. ``clock`` gives seconds since 1970.
    """

    def __init__(
        self,
        *,
        bot: Bot,
        journal: Journal,
        processor: Processor,
        outbox: Outbox,
        delivery: Delivery,
        streams: Streams,
        wanted: Callable[[Update], bool],
        full: Callable[[Update], Reply | None],
        clock: Callable[[], float],
        capacity: int = CAPACITY,
    ) -> None:
        self._bot = bot
        self._journal = journal
        self._processor = processor
        self._outbox = outbox
        self._delivery = delivery
        self._streams = streams
        self._wanted = wanted
        self._full = full
        self._clock = clock
        self._capacity = capacity
        self._chats: dict[int, _Chat] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._long: set[asyncio.Future[Reply]] = set()
        self._stopping = False

    async def resume(self) -> int:
        """Take up what an earlier run left unfinished, oldest first; returns how many.

        A reply whose time has passed before any of it was sent is dropped, so that the handler
        sees the update again and says what there is to say by now.
        """
        entries = await self._journal.unfinished()
        for entry in entries:
            late = not entry.parts_sent and self._clock() - _date(entry.payload) > TOO_LATE
            self._enqueue(replace(entry, reply=None) if late else entry)
        if entries:
            logger.info("taking up %d updates that were left unfinished", len(entries))
        return len(entries)

    async def receive(self, updates: Sequence[Update]) -> None:
        """Note new updates in one transaction, then queue them. Known ones are left out.

        When this returns the updates are on disk, and Telegram may be told so.
        """
        known = await self._journal.known([update.update_id for update in updates])
        fresh = {u.update_id: u for u in updates if u.update_id not in known}
        room: dict[int, int] = {}
        told: set[int] = set()
        at_once = [u for u in fresh.values() if _is_passing(u) and self._wanted(u)]
        for update in at_once:
            del fresh[update.update_id]
        for update in [*at_once, *fresh.values()]:
            self._heard_of(update)
        entries = [self._admit(update, room, told) for update in fresh.values()]
        done = [Entry(u.update_id, _chat_id(u), "", done=True) for u in at_once]
        await self._journal.record([*entries, *done])
        for entry, update in zip(done, at_once, strict=True):
            self._start(self._guarded(entry, self._process(entry, update)))
        for entry in entries:
            if entry.reply:
                # Not before it is on disk: where that fails, the chat has to be told next time.
                self._chats.setdefault(entry.chat_id, _Chat()).told_full = True
                self._start(self._guarded(entry, self._handle(entry)))
            elif not entry.done:
                self._enqueue(entry)

    async def stop(self, seconds: float = 5.0) -> None:
        """Let what is being worked on finish, for up to ``seconds``; the rest stays on disk.

        Deferred work isn't waited for: it takes long, and the next run begins it again.
        """
        self._stopping = True
        for work in list(self._long):
            work.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        leftover = list(self._tasks)
        for task in leftover:
            task.cancel()
        await asyncio.gather(*leftover, return_exceptions=True)

    async def idle(self) -> None:
        """Wait until nothing is queued or being worked on."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _heard_of(self, update: Update) -> None:
        """Park a chat that has thrown the bot out; take up one that somebody writes in again."""
        change = update.my_chat_member
        if change and change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT):
            self._delivery.park(change.chat.id)
        elif update.effective_chat:
            self._delivery.unpark(update.effective_chat.id)

    def _admit(self, update: Update, room: dict[int, int], told: set[int]) -> Entry:
        """Decide what becomes of a new update.

        ``room`` counts what this batch leaves in each queue; ``told`` are the chats that hear in
        it that theirs is full.
        """
        chat_id = _chat_id(update)
        entry = Entry(update.update_id, chat_id, update.to_json())
        if not self._wanted(update):
            return replace(entry, done=True)
        # Where the chat is new, the first of its updates in this batch gives it its worker.
        chat = self._chats.setdefault(chat_id, _Chat())
        if room.setdefault(chat_id, self._capacity - len(chat.waiting)) > 0:
            room[chat_id] -= 1
            return entry
        reply = None if chat.told_full or chat_id in told else self._full(update)
        told.add(chat_id)
        logger.info("the queue of chat %s is full, update %d refused", chat_id, update.update_id)
        return replace(entry, reply=reply, done=reply is None)

    def _enqueue(self, entry: Entry) -> None:
        chat = self._chats.setdefault(entry.chat_id, _Chat())
        chat.waiting.append(entry)
        if not chat.has_worker:
            chat.has_worker = True
            self._start(self._work(entry.chat_id, chat))

    async def _work(self, chat_id: int, chat: _Chat) -> None:
        while chat.waiting and not self._stopping:
            entry = chat.waiting.popleft()
            if len(chat.waiting) <= self._capacity // 2:
                chat.told_full = False
            await self._guarded(entry, self._handle(entry))
        del self._chats[chat_id]

    async def _handle(self, entry: Entry) -> None:
        if self._journal.has_forgotten(entry.update_id):  # it was deleted while it waited
            await self._journal.finish(entry.update_id)
            return
        update = None if entry.reply else Update.de_json(json.loads(entry.payload), self._bot)
        # Whom an answer can't reach needs none; that the bot was thrown out has to be noted.
        if self._delivery.is_parked(entry.chat_id) and not (update and update.my_chat_member):
            await self._journal.finish(entry.update_id)
        elif entry.reply:
            await self._delivery.deliver(entry.update_id, entry.reply, entry.parts_sent)
        elif update:
            await self._process(entry, update)

    async def _process(self, entry: Entry, update: Update) -> None:
        await self._processor.process_update(update)
        outcome = self._outbox.take(entry.update_id)
        if isinstance(outcome, Deferred):
            self._start(self._guarded(entry, self._see_through(entry, update, outcome)))
        elif isinstance(outcome, Streamed):
            async with self._streams.open(entry, outcome.place) as stream:
                reply = await self._result(update, outcome.work(stream.show))
            await self._answer(replace(entry, placeholder=stream.placeholder), reply)
        else:
            await self._answer(entry, outcome)

    async def _see_through(self, entry: Entry, update: Update, deferred: Deferred) -> None:
        working = asyncio.ensure_future(deferred.work())
        self._long.add(working)
        working.add_done_callback(self._long.discard)
        await self._answer(entry, await self._result(update, working))

    async def _result(self, update: Update, work: Awaitable[Reply]) -> Reply | None:
        try:
            return await work
        except Exception as error:  # noqa: BLE001 - the application's error handler takes it
            await self._processor.process_error(update, error)
            left = self._outbox.take(update.update_id)
            return left if isinstance(left, Reply) else None

    async def _answer(self, entry: Entry, reply: Reply | None) -> None:
        if reply is None:
            await self._journal.finish(entry.update_id)
            return
        if entry.placeholder is not None:
            reply = replace(reply, edits=(entry.placeholder,))
        await self._journal.store_reply(entry.update_id, reply)
        await self._delivery.deliver(entry.update_id, reply)

    async def _guarded(self, entry: Entry, work: Coroutine[Any, Any, None]) -> None:
        """Do the work; whatever goes wrong stays with this update and is told in the log."""
        try:
            await work
        except (InvalidToken, UndeliveredError, SQLAlchemyError) as error:
            logger.error(
                "update %d stays unfinished until the next run: %s", entry.update_id, error
            )
        except Exception:
            logger.exception("update %d can't be dealt with", entry.update_id)
            with suppress(SQLAlchemyError):
                await self._journal.finish(entry.update_id)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _is_passing(update: Update) -> bool:
    """Whether Telegram forgets it in seconds: who pressed a button presses it again."""
    passing = (update.callback_query, update.inline_query, update.guest_message)
    return any(each is not None for each in passing)


def _date(payload: str) -> float:
    """When a message was written, in seconds since 1970; infinity where that can't be read."""
    try:
        return float(json.loads(payload)["message"]["date"])
    except (ValueError, TypeError, KeyError):
        return math.inf


def _chat_id(update: Update) -> int:
    """The chat an update keeps its order in; its user's where it has none, else 0."""
    if update.effective_chat:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else 0
