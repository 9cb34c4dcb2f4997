"""Delivery: every part arrives, in order, and what can't arrive doesn't stand in the way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from telegram import InlineKeyboardMarkup, MessageId
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.answers import Answers
from bot.delivery import Delivery, Gate, UndeliveredError
from bot.journal import Entry, Journal
from bot.replies import Button, Entity, Part, Reply
from bot.state import State
from tests.bot.clock import FakeClock
from tests.bot.conftest import Town
from tests.bot.fakes import a_refusal
from tests.bot.handlers.test_passages import answered
from tests.bot.waiting import until

HELLO = Part("Ciao a tutti", (Entity("bold", 0, 4),))


@dataclass
class FakeBot:
    """Takes messages, or raises the next of ``errors``. Each message is noted with its fields."""

    errors: list[TelegramError | None] = field(default_factory=list)
    sent: list[tuple[Any, ...]] = field(default_factory=list)
    keyboards: list[InlineKeyboardMarkup | None] = field(default_factory=list)

    async def send_message(self, chat_id: int, text: str, **fields: Any) -> MessageId:
        await self._take(("send", chat_id, text), fields)
        return MessageId(100 + len(self.sent))

    async def edit_message_text(self, text: str, *, chat_id: int, **fields: Any) -> None:
        await self._take(("edit", chat_id, text), fields)

    async def delete_message(self, chat_id: int, message_id: int) -> None:
        self.sent.append(("delete", chat_id, message_id))
        if self.errors and (error := self.errors.pop(0)):
            raise error

    async def _take(self, what: tuple[Any, ...], fields: dict[str, Any]) -> None:
        await cast("Callable[[], Awaitable[None]]", fields["rate_limit_args"])()
        target = fields.get("reply_parameters")
        looks = [entity.type for entity in fields["entities"] or ()]
        place = (target and target.message_id, fields.get("message_thread_id"))
        self.sent.append((*what, looks, *place))
        self.keyboards.append(fields["reply_markup"])
        if self.errors and (error := self.errors.pop(0)):
            raise error


class Post:
    """A delivery with a bot that can be told to fail, and a real journal."""

    def __init__(self, state: State) -> None:
        self.bot = FakeBot()
        self.moves: list[tuple[int, int]] = []
        self.clock = FakeClock()
        self.journal = Journal(state.engine, 42, self.clock)
        self.answers = Answers(state.engine, 42, 1000, self.clock)
        self.delivery = Delivery(
            cast("ExtBot[Any]", self.bot),
            self.journal,
            self.answers,
            on_moved=self._note_move,
            clock=self.clock,
            sleep=self.clock.sleep,
        )

    async def _note_move(self, old: int, new: int) -> None:
        self.moves.append((old, new))
        await self.answers.move(old, new)

    async def answered(self, chat: int) -> str:
        """Keep an answer, as is done before it is sent; its id."""
        kept = await self.answers.remember(a_refusal(), chat=chat, thread=0, user=7, message=5)
        return kept.id

    async def deliver(self, reply: Reply) -> None:
        await self.journal.record([Entry(1, reply.chat, "{}")])
        await self.journal.store_reply(1, reply)
        working = asyncio.ensure_future(self.delivery.deliver(1, reply))
        done = asyncio.create_task(asyncio.wait([working]))
        while not done.done():
            # The journal works in a thread of its own, which takes real time.
            await asyncio.wait([done], timeout=0.01)
            if not done.done():
                self.clock.wake()
        working.result()

    async def left(self) -> list[Entry]:
        return await self.journal.unfinished()


@pytest.fixture
def post(state: State) -> Post:
    return Post(state)


async def test_parts_are_sent_in_order_and_only_the_first_replies(post: Post) -> None:
    await post.deliver(Reply(-7, (HELLO, Part("Due")), to_message=5, thread=3))
    assert post.bot.sent == [
        ("send", -7, "Ciao a tutti", ["bold"], 5, 3),
        ("send", -7, "Due", [], None, 3),
    ]
    assert await post.left() == []


async def test_a_reply_goes_on_from_the_first_part_not_sent(post: Post) -> None:
    reply = Reply(7, (Part("Uno"), Part("Due"), Part("Tre")))
    post.bot.errors = [None, InvalidToken()]
    with pytest.raises(InvalidToken):
        await post.deliver(reply)
    [entry] = await post.left()
    assert (entry.reply, entry.parts_sent) == (reply, 1)
    await post.delivery.deliver(1, reply, entry.parts_sent)
    assert [text for _, _, text, *_ in post.bot.sent] == ["Uno", "Due", "Due", "Tre"]
    assert await post.left() == []


@pytest.mark.parametrize("error", [TimedOut(), NetworkError("Bad Gateway"), TelegramError("odd")])
async def test_what_fails_in_passing_is_sent_again_after_a_pause(
    post: Post, error: TelegramError
) -> None:
    post.bot.errors = [error, error]
    await post.deliver(Reply(7, (HELLO,)))
    assert len(post.bot.sent) == 3
    assert post.clock.now == pytest.approx(1001.5)
    assert await post.left() == []


async def test_after_an_hour_of_failures_the_answer_is_left_to_the_next_run(post: Post) -> None:
    reply = Reply(7, (HELLO,))
    post.bot.errors = [NetworkError("down")] * 1000
    with pytest.raises(UndeliveredError, match="chat 7 for an hour"):
        await post.deliver(reply)
    assert 3600 < post.clock.now - 1000 < 3700
    assert [entry.reply for entry in await post.left()] == [reply]


@pytest.mark.filterwarnings("ignore:.*retry_after")
async def test_telegram_is_left_alone_for_as_long_as_it_says(post: Post) -> None:
    post.bot.errors = [RetryAfter(5000), NetworkError("down")]
    await post.deliver(Reply(7, (HELLO,)))
    assert len(post.bot.sent) == 3
    # The wait it asked for doesn't count towards the hour after which a message is left.
    assert post.clock.now == pytest.approx(1000 + 5000 + 1)
    assert await post.left() == []


async def test_what_is_refused_is_sent_once_more_as_plain_words(post: Post) -> None:
    post.bot.errors = [BadRequest("message thread not found")]
    await post.deliver(Reply(-7, (HELLO,), to_message=5, thread=3))
    assert post.bot.sent[1] == ("send", -7, "Ciao a tutti", [], None, None)
    assert await post.left() == []


async def test_what_is_refused_plain_too_is_given_up(post: Post) -> None:
    post.bot.errors = [BadRequest("chat not found")] * 2
    await post.deliver(Reply(7, (HELLO, Part("Due"))))
    assert len(post.bot.sent) == 2
    assert await post.left() == []


async def test_a_chat_that_blocked_the_bot_is_left_alone(post: Post) -> None:
    post.bot.errors = [Forbidden("bot was blocked by the user")]
    await post.deliver(Reply(7, (HELLO, Part("Due"))))
    assert len(post.bot.sent) == 1
    assert await post.left() == []


@pytest.mark.parametrize("error", [Forbidden("blocked"), BadRequest("Chat not found")])
async def test_a_dead_chat_is_parked_and_tried_again_once_it_is_heard_of(
    post: Post, error: TelegramError
) -> None:
    post.bot.errors = [error, error]
    await post.deliver(Reply(7, (HELLO,)))
    tried = len(post.bot.sent)
    assert post.delivery.is_parked(7)
    assert not post.delivery.is_parked(8)
    await post.journal.record([Entry(2, 7, "{}")])
    await post.delivery.deliver(2, Reply(7, (HELLO, HELLO)))
    assert len(post.bot.sent) == tried  # not even one request
    assert await post.left() == []
    post.bot.errors = []
    post.delivery.unpark(7)
    await post.delivery.deliver(2, Reply(7, (HELLO,)))
    assert len(post.bot.sent) == tried + 1


async def test_a_chat_that_moved_gets_its_answer_where_it_is_now(post: Post) -> None:
    post.bot.errors = [ChatMigrated(-100)]
    await post.deliver(Reply(-7, (HELLO, Part("Due")), to_message=5))
    assert post.bot.sent[1:] == [
        ("send", -100, "Ciao a tutti", ["bold"], None, None),
        ("send", -100, "Due", [], None, None),
    ]
    assert post.moves == [(-7, -100)]


async def test_the_first_part_may_replace_a_message(post: Post) -> None:
    await post.deliver(Reply(7, (HELLO, Part("Due")), edits=(9,)))
    assert [what for what, *_ in post.bot.sent] == ["edit", "send"]


async def test_each_part_replaces_a_message_and_those_left_over_are_deleted(post: Post) -> None:
    answer = await post.answered(7)
    for message in (9, 10, 11, 12):
        await post.answers.note(answer, 7, message)
    post.bot.errors = [None, None, BadRequest("message can't be deleted")]
    await post.deliver(Reply(7, (HELLO, Part("Due")), edits=(9, 10, 11, 12), answer=answer))
    assert [what for what, *_ in post.bot.sent] == ["edit", "edit", "delete", "delete"]
    assert await post.answers.messages(answer) == (9, 10)
    assert await post.left() == []


async def test_a_message_that_is_gone_is_sent_anew(post: Post) -> None:
    post.bot.errors = [BadRequest("Message to edit not found")]
    await post.deliver(Reply(7, (HELLO,), edits=(9,)))
    assert [what for what, *_ in post.bot.sent] == ["edit", "send"]


async def test_an_edit_made_before_is_not_made_twice(post: Post) -> None:
    post.bot.errors = [BadRequest("Message is not modified: same content")]
    await post.deliver(Reply(7, (HELLO,), edits=(9,)))
    assert [what for what, *_ in post.bot.sent] == ["edit"]
    assert await post.left() == []


async def test_one_message_at_a_time_is_on_its_way() -> None:
    gate, on_their_way, most = Gate(patience=60), 0, 0

    async def send() -> None:
        nonlocal on_their_way, most
        async with gate.passage() as enter:
            await enter()
            on_their_way += 1
            most = max(most, on_their_way)
            await asyncio.sleep(0)
            on_their_way -= 1

    await asyncio.gather(*(send() for _ in range(20)))
    assert most == 1


async def test_a_message_that_takes_long_lets_the_next_through() -> None:
    gate, done = Gate(patience=0.01), asyncio.Event()

    async def slow() -> None:
        async with gate.passage() as enter:
            await enter()
            await done.wait()

    first = asyncio.create_task(slow())
    await asyncio.sleep(0)
    async with asyncio.timeout(10), gate.passage() as enter:
        await enter()
        await enter()  # the same message again, after a 429
    done.set()
    await first


async def test_buttons_are_sent_below_their_part(post: Post) -> None:
    rows = ((Button("[1]", data="p:1"), Button("Fonte", url="https://example.org/")),)
    await post.deliver(Reply(7, (Part("Uno"), Part("Due", buttons=rows))))
    assert post.bot.keyboards[0] is None
    assert post.bot.keyboards[1]
    [[first, second]] = post.bot.keyboards[1].inline_keyboard
    assert (first.text, first.callback_data, first.url) == ("[1]", "p:1", None)
    assert (second.text, second.callback_data, second.url) == (
        "Fonte",
        None,
        "https://example.org/",
    )


async def test_the_messages_an_answer_became_are_noted_sent_or_edited(post: Post) -> None:
    answer = await post.answered(7)
    await post.deliver(Reply(7, (Part("Uno"), Part("Due")), edits=(55,), answer=answer))
    assert await post.answers.messages(answer) == (55, 102)


async def test_in_a_chat_that_moved_the_new_messages_are_noted(post: Post) -> None:
    answer = await post.answered(-7)
    post.bot.errors = [ChatMigrated(-1007)]
    await post.deliver(Reply(-7, (Part("Uno"),), answer=answer))
    assert await post.answers.messages(answer) == (102,)


async def test_over_http_nothing_is_sent_to_who_blocked_the_bot_until_they_write_again(
    town: Town,
) -> None:
    anna = (await town.client.add_user("Anna", language_code="it")).id
    bea = (await town.client.add_user("Bea", language_code="it")).id

    async def sent_to_anna() -> int:
        calls = await town.client.calls()
        return sum(str(call.parameters.get("chat_id")) == str(anna) for call in calls)

    async with town.bot():
        first = await answered(town, anna, anna)
        town.library.open.clear()
        await town.client.say(anna, anna, "Dove?")
        await town.client.say(anna, anna, "Quando?")
        await until(lambda: town.library.asked[-1] == "Dove?")
        await town.client.fault(
            "sendMessage",
            error_code=403,
            description="Forbidden: bot was blocked by the user",
            chat_id=anna,
            times=9,
        )
        before = await sent_to_anna()
        town.library.open.set()
        await until(lambda: _more_than(sent_to_anna, before))
        await answered(town, bea, bea)
        tried = await sent_to_anna()
        for _ in range(2):
            await answered(town, bea, bea)
        assert await sent_to_anna() == tried == before + 1  # not for the question that waited
        await town.client.clear_faults()
        again = await answered(town, anna, anna, "Di nuovo?")
    assert again.id > first.id
    assert again.text.startswith("Di nuovo? →")
    assert "Quando?" not in town.library.asked


async def _more_than(count: Callable[[], Awaitable[int]], before: int) -> bool:
    return await count() > before
