"""Many chats at once, on a clock of their own: Telegram's limits hold, and nobody pays for another.

The journal is one in memory: a real one takes real time, which this clock doesn't know.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Any, cast

import pytest
from telegram import Message, MessageId, Update
from telegram.error import RetryAfter
from telegram.ext import ExtBot

from bot.answers import Answers
from bot.budget import NoRoomError, RateBudget, RateLimitArgs, Sending
from bot.delivery import Delivery, Gate
from bot.inbox import Inbox
from bot.journal import Entry, Journal
from bot.replies import Outbox, Part, Reply
from bot.streaming import Streams
from tests.bot.clock import FakeClock
from tests.bot.inboxes import an_update

# The library warns whenever a RetryAfter is made.
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after")


class Telegram:
    """Takes messages through the budget, and notes when each arrived; ``holds`` are its 429s."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.budget = RateBudget(clock=clock, sleep=clock.sleep)
        self.arrived: list[tuple[float, int, str]] = []
        self.holds: dict[int, list[int]] = {}

    async def send_message(self, chat: int, text: str, **fields: Any) -> MessageId:
        await self._request("sendMessage", chat, text, fields.get("rate_limit_args"))
        return MessageId(len(self.arrived))

    async def edit_message_text(self, text: str, *, chat_id: int, **fields: Any) -> None:
        await self._request("editMessageText", chat_id, text, fields.get("rate_limit_args"))

    async def _request(
        self, endpoint: str, chat: int, text: str, args: RateLimitArgs | None
    ) -> None:
        async def take() -> bool:
            await asyncio.sleep(0)
            if holds := self.holds.get(chat):
                raise RetryAfter(holds.pop(0))
            self.arrived.append((self.clock.now, chat, text))
            return True

        data = {"chat_id": chat}
        await self.budget.process_request(take, (), {}, endpoint, data, args)

    def delivery(self, journal: Any) -> Delivery:
        return Delivery(
            cast("ExtBot[Any]", self),
            journal,
            cast("Answers", None),
            # What a real message's time on its way would mean isn't looked at here.
            gate=Gate(patience=0),
            clock=self.clock,
            sleep=self.clock.sleep,
        )

    def times(self, chat: int | None = None) -> list[float]:
        return [time for time, where, _ in self.arrived if chat in (None, where)]


class Notebook:
    """A journal in memory."""

    def __init__(self) -> None:
        self.entries: dict[int, Entry] = {}
        self.done: set[int] = set()

    async def known(self, ids: Collection[int]) -> frozenset[int]:
        return frozenset(ids) & frozenset(self.entries)

    async def record(self, entries: Sequence[Entry]) -> None:
        self.entries |= {entry.update_id: entry for entry in entries}

    async def finish(self, update_id: int) -> None:
        self.done.add(update_id)

    def has_forgotten(self, update_id: int) -> bool:
        return False

    async def store_reply(self, update_id: int, reply: Reply) -> None:
        pass

    async def mark_sent(self, update_id: int, parts: int) -> None:
        pass


def most_within(times: list[float], seconds: float) -> int:
    return max(sum(start <= t < start + seconds - 1e-6 for t in times) for start in times)


async def test_two_hundred_answers_keep_every_limit_edits_included() -> None:
    telegram = Telegram(FakeClock())
    delivery = telegram.delivery(Notebook())
    groups = {-chat: 8 for chat in range(1, 11)}
    people = dict.fromkeys(range(1, 31), 4)

    async def answers(chat: int, count: int) -> None:
        for number in range(count):
            await telegram.clock.sleep(3.0 if chat in groups else 0.0)
            await delivery.deliver(0, Reply(chat, (Part(f"Risposta {number}"),)))

    async def shows(chat: int) -> None:
        """What a model writes, shown once a second for as long as it is asked to."""
        while True:
            with suppress(NoRoomError):
                await telegram.edit_message_text(
                    "…", chat_id=chat, rate_limit_args=Sending.IF_THERE_IS_ROOM
                )
            await telegram.clock.sleep(1.0)

    showing = [asyncio.create_task(shows(chat)) for chat in groups]
    everybody = {**groups, **people}
    await telegram.clock.run(*(asyncio.create_task(answers(*item)) for item in everybody.items()))
    for task in showing:
        task.cancel()
    sent = [arrival for arrival in telegram.arrived if arrival[2] != "…"]
    assert len(sent) == 200
    assert len(telegram.arrived) > 210  # edits had their share
    for chat in everybody:
        assert most_within(telegram.times(chat), 1) == 1
    for chat in groups:
        assert most_within(telegram.times(chat), 60) <= 20
    assert most_within(telegram.times(), 1) <= 30
    for chat, count in everybody.items():
        texts = [text for _, where, text in sent if where == chat]
        assert texts == [f"Risposta {number}" for number in range(count)]


async def delays(hold: int) -> list[float]:
    """How long each answer of thirty chats took; chat A, held for so long, is left out."""
    telegram = Telegram(FakeClock())
    delivery = telegram.delivery(Notebook())
    telegram.holds = {99: [hold] if hold else []}
    chance = random.Random(7)
    taken = list[float]()

    async def answer(chat: int, ready: float, text: str) -> None:
        await telegram.clock.sleep(ready)
        began = telegram.clock.now
        await delivery.deliver(0, Reply(chat, (Part(text),)))
        if chat != 99:
            taken.append(telegram.clock.now - began)

    work = [
        asyncio.create_task(answer(chat, chance.uniform(0, 40), f"{chat}/{number}"))
        for chat in (*range(1, 31), 99)
        for number in range(12)
    ]
    await telegram.clock.run(*work)
    assert len(telegram.arrived) == len(work)
    return sorted(taken)


async def test_a_chat_held_for_thirty_seconds_costs_the_others_next_to_nothing() -> None:
    free, held = await delays(0), await delays(30)
    p95 = [taken[int(0.95 * len(taken))] for taken in (free, held)]
    assert p95[1] <= 1.2 * p95[0]
    assert max(held) < 30


async def test_a_chat_that_sends_five_hundred_messages_delays_another_by_two_seconds_at_most() -> (
    None
):
    clock = FakeClock(now=1_700_000_010.0)
    telegram, notebook, outbox = Telegram(clock), Notebook(), Outbox()

    class Echo:
        """Answers a text with the same."""

        async def process_update(self, update: object) -> None:
            assert isinstance(update, Update)
            assert update.message
            text = f"Su {update.message.text}"
            outbox.put(update.update_id, Reply(update.message.chat.id, (Part(text),)))

        async def process_error(self, update: object, error: Exception) -> bool:
            raise AssertionError(update) from error

    def full(update: Update) -> Reply:
        message = cast("Message", update.message)
        return Reply(message.chat.id, (Part("Piena"),))

    inbox = Inbox(
        bot=cast("ExtBot[Any]", telegram),
        journal=cast("Journal", notebook),
        processor=Echo(),
        outbox=outbox,
        delivery=telegram.delivery(notebook),
        streams=cast("Streams", None),
        wanted=lambda _: True,
        full=full,
        clock=clock,
    )
    flood = [an_update(n, f"{n}", chat=7) for n in range(500)]
    for first in range(0, 500, 100):  # as Telegram hands them out
        await inbox.receive(flood[first : first + 100])
    await inbox.receive([an_update(1000, "Ciao", chat=8)])
    asked = clock.now
    await clock.run(asyncio.create_task(inbox.idle()))
    [answered] = telegram.times(8)
    assert answered - asked <= 2
    in_seven = [text for _, chat, text in telegram.arrived if chat == 7]
    assert in_seven.count("Piena") == 1
    kept = [text for text in in_seven if text != "Piena"]
    assert kept == [f"Su {n}" for n in range(len(kept))]
    assert 50 <= len(kept) <= 51
    assert notebook.done | {n for n, e in notebook.entries.items() if e.done} == {
        *range(500),
        1000,
    }


async def test_limits_are_counted_by_chat() -> None:
    telegram = Telegram(FakeClock())
    delivery = telegram.delivery(Notebook())
    await telegram.clock.run(
        *(asyncio.create_task(delivery.deliver(0, Reply(c, (Part("Ciao"),)))) for c in range(1, 9))
    )
    by_chat = defaultdict(list)
    for time, chat, _ in telegram.arrived:
        by_chat[chat].append(time)
    assert all(times == [1000.0] for times in by_chat.values())
