"""The inbox: nothing is lost, order is kept, chats don't wait for each other."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, cast

import pytest
from sqlalchemy.exc import OperationalError
from telegram import Bot, MessageId, Update
from telegram.ext import ExtBot

from bot.delivery import Delivery, UndeliveredError
from bot.inbox import Inbox
from bot.journal import Entry, Journal
from bot.replies import Deferred, Outbox, Outcome, Part, Reply, Show, Streamed
from bot.state import State
from bot.streaming import Rhythm, Streams
from tests.bot.waiting import until

WRITTEN_AT = 1700000000


def an_update(number: int, text: str = "Ciao", chat: int = 7) -> Update:
    update = Update.de_json(
        {
            "update_id": number,
            "message": {
                "message_id": number,
                "date": WRITTEN_AT,
                "chat": {"id": chat, "type": "private", "first_name": "Anna"},
                "from": {"id": chat, "is_bot": False, "first_name": "Anna"},
                "text": text,
            },
        },
        None,
    )
    assert update
    return update


class Office:
    """An inbox with a processor that answers as ``answer`` says, and a delivery that notes."""

    def __init__(self, state: State, capacity: int = 50) -> None:
        self.journal = Journal(state.engine, 42, lambda: 1000.0)
        self.outbox = Outbox()
        self.now = WRITTEN_AT + 10.0
        self.undeliverable = False
        self.answer: Callable[[Update], Awaitable[Outcome]] = self.echo
        self.answered: list[str] = []
        self.delivered: list[str] = []
        self.edited: list[tuple[int, ...]] = []
        self.shown: list[str] = []
        self.parked: set[int] = set()
        self.inbox = Inbox(
            bot=cast("Bot", None),
            journal=self.journal,
            processor=self,
            outbox=self.outbox,
            delivery=cast("Delivery", self),
            wanted=lambda update: bool(update.message or update.callback_query),
            streams=Streams(cast("ExtBot[Any]", self), self.journal, Rhythm(first=0, pause=0)),
            full=lambda update: (
                Reply(update.message.chat.id, (Part("Pieno"),)) if update.message else None
            ),
            clock=lambda: self.now,
            capacity=capacity,
        )

    async def echo(self, update: Update) -> Reply:
        assert update.message
        assert update.message.text
        return Reply(update.message.chat.id, (Part(update.message.text),))

    async def process_update(self, update: object) -> None:
        assert isinstance(update, Update)
        if update.callback_query:
            self.answered.append(f"pressed {update.callback_query.data}")
            return
        assert update.message
        self.answered.append(update.message.text or "")
        self.outbox.put(update.update_id, await self.answer(update))

    async def process_error(self, update: object, error: Exception) -> bool:
        assert isinstance(update, Update)
        self.outbox.put(update.update_id, Reply(7, (Part(f"Scusa: {error}"),)))
        return False

    def is_parked(self, chat: int) -> bool:
        return chat in self.parked

    def park(self, chat: int) -> None:
        self.parked.add(chat)

    def unpark(self, chat: int) -> None:
        self.parked.discard(chat)

    async def deliver(self, update_id: int, reply: Reply, parts_sent: int = 0) -> None:
        if self.undeliverable:
            raise UndeliveredError("nothing gets through")
        self.delivered += [part.text for part in reply.parts[parts_sent:]]
        self.edited.append(reply.edits)
        await self.journal.finish(update_id)

    async def send_message(self, _chat: int, text: str, **_: Any) -> MessageId:
        self.shown.append(text)
        return MessageId(99)

    async def edit_message_text(self, text: str, **_: Any) -> None:
        self.shown.append(text)


@pytest.fixture
async def office(state: State) -> AsyncIterator[Office]:
    office = Office(state)
    yield office
    await office.inbox.stop(0)


async def test_updates_are_on_disk_when_receive_returns(office: Office) -> None:
    never = asyncio.Event()

    async def stuck(_: Update) -> None:
        await never.wait()

    office.answer = stuck
    await office.inbox.receive([an_update(1, "Uno"), an_update(2, "Due")])
    entries = await office.journal.unfinished()
    assert [json.loads(entry.payload)["message"]["text"] for entry in entries] == ["Uno", "Due"]


async def test_an_update_that_comes_again_is_answered_once(office: Office) -> None:
    await office.inbox.receive([an_update(1)])
    await office.inbox.idle()
    await office.inbox.receive([an_update(1), an_update(1)])
    await office.inbox.idle()
    assert office.answered == ["Ciao"]


async def test_what_was_left_unfinished_is_taken_up_first_and_in_order(state: State) -> None:
    before = Office(state)
    never = asyncio.Event()

    async def stuck(_: Update) -> None:
        await never.wait()

    before.answer = stuck
    await before.inbox.receive([an_update(n, str(n)) for n in (1, 2, 3)])
    await before.inbox.stop(0)
    after = Office(state)
    assert await after.inbox.resume() == 3
    await after.inbox.receive([an_update(4, "4")])
    await after.inbox.idle()
    assert after.delivered == ["1", "2", "3", "4"]
    assert await after.journal.unfinished() == []


async def test_a_stored_reply_is_sent_on_without_asking_again(office: Office) -> None:
    await office.journal.record([Entry(1, 7, an_update(1).to_json())])
    await office.journal.store_reply(1, Reply(7, (Part("Uno"), Part("Due"))))
    await office.journal.mark_sent(1, 1)
    await office.inbox.resume()
    await office.inbox.idle()
    assert office.answered == []
    assert office.delivered == ["Due"]


async def test_a_stored_reply_whose_time_has_passed_is_worded_anew(office: Office) -> None:
    stale = Reply(7, (Part("Vecchio"), Part("Fine")))
    await office.journal.record([Entry(n, 7, an_update(n, str(n)).to_json()) for n in (1, 2)])
    for number in (1, 2):
        await office.journal.store_reply(number, stale)
    await office.journal.mark_sent(2, 1)
    office.now = WRITTEN_AT + 3601
    await office.inbox.resume()
    await office.inbox.idle()
    # What was begun is brought to its end all the same.
    assert office.delivered == ["1", "Fine"]


async def test_what_cannot_be_delivered_is_kept_for_the_next_run(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.undeliverable = True
    await office.inbox.receive([an_update(1)])
    await office.inbox.idle()
    assert [entry.reply for entry in await office.journal.unfinished()] == [
        Reply(7, (Part("Ciao"),))
    ]
    assert "update 1 stays unfinished until the next run" in caplog.text


async def test_a_refusal_that_could_not_be_written_is_told_the_next_time(state: State) -> None:
    office = Office(state, capacity=1)
    record, failures = office.journal.record, [OperationalError("insert", {}, Exception("full"))]

    async def fails_once(entries: Sequence[Entry]) -> None:
        if failures:
            raise failures.pop()
        await record(entries)

    office.journal.record = fails_once  # type: ignore[method-assign]  # bent for this test
    batch = [an_update(n, str(n)) for n in (1, 2, 3)]
    with pytest.raises(OperationalError):
        await office.inbox.receive(batch)
    await office.inbox.receive(batch)
    await office.inbox.idle()
    assert sorted(office.delivered) == ["1", "Pieno"]


async def test_a_chat_that_waits_does_not_hold_up_another(office: Office) -> None:
    release = asyncio.Event()

    async def slow_for_seven(update: Update) -> Reply:
        if update.effective_chat and update.effective_chat.id == 7:
            await release.wait()
        return await office.echo(update)

    office.answer = slow_for_seven
    await office.inbox.receive([an_update(1, "A", 7), an_update(2, "B", 7), an_update(3, "C", 8)])
    await until(lambda: office.delivered == ["C"])
    release.set()
    await office.inbox.idle()
    assert office.delivered == ["C", "A", "B"]


async def test_a_full_queue_says_so_once_a_burst(state: State) -> None:
    office = Office(state, capacity=4)
    release = asyncio.Event()

    async def slow(update: Update) -> Reply:
        await release.wait()
        return await office.echo(update)

    office.answer = slow
    await office.inbox.receive([an_update(n, str(n)) for n in range(1, 7)])
    await office.inbox.receive([an_update(n, str(n)) for n in range(7, 10)])
    await until(lambda: office.delivered == ["Pieno"])
    release.set()
    await office.inbox.idle()
    # Four fit at first; one of them was being worked on when the rest came.
    assert office.delivered == ["Pieno", "1", "2", "3", "4", "7"]
    assert await office.journal.unfinished() == []
    await office.inbox.receive([an_update(n, str(n)) for n in range(10, 16)])
    await office.inbox.idle()
    assert office.delivered.count("Pieno") == 2


async def test_a_bad_update_does_not_block_its_chat(office: Office) -> None:
    async def fails_once(update: Update) -> Reply:
        if update.update_id == 1:
            raise RuntimeError("boom")
        return await office.echo(update)

    office.answer = fails_once
    await office.inbox.receive([an_update(1, "Uno"), an_update(2, "Due")])
    await office.inbox.idle()
    assert office.delivered == ["Due"]
    assert await office.journal.unfinished() == []


async def test_what_no_handler_wants_is_noted_and_takes_no_room(state: State) -> None:
    office = Office(state, capacity=1)
    await office.inbox.receive([Update(1), Update(2), an_update(3, "Tre")])
    await office.inbox.idle()
    assert office.delivered == ["Tre"]
    assert await office.journal.known([1, 2, 3]) == {1, 2, 3}


async def test_long_work_lets_the_chat_go_on(office: Office) -> None:
    release = asyncio.Event()

    async def work() -> Reply:
        await release.wait()
        return Reply(7, (Part("Finito"),))

    async def long_first(update: Update) -> Outcome:
        return Deferred(work) if update.update_id == 1 else await office.echo(update)

    office.answer = long_first
    await office.inbox.receive([an_update(1), an_update(2, "Due")])
    await until(lambda: office.delivered == ["Due"])
    assert [entry.update_id for entry in await office.journal.unfinished()] == [1]
    release.set()
    await office.inbox.idle()
    assert office.delivered == ["Due", "Finito"]


async def test_long_work_that_fails_is_apologised_for(office: Office) -> None:
    async def work() -> Reply:
        raise RuntimeError("boom")

    async def long(_: Update) -> Outcome:
        return Deferred(work)

    office.answer = long
    await office.inbox.receive([an_update(1)])
    await office.inbox.idle()
    assert office.delivered == ["Scusa: boom"]


async def test_what_a_reply_was_shown_in_becomes_the_reply(office: Office) -> None:
    async def work(show: Show) -> Reply:
        show(Part("Ci penso"))
        await until(lambda: office.shown == ["Ci penso"])
        return Reply(-7, (Part("Ecco"),))

    async def streamed(_: Update) -> Outcome:
        return Streamed(Reply(-7, (), to_message=1), work)

    office.answer = streamed
    await office.inbox.receive([an_update(1, chat=-7)])
    await office.inbox.idle()
    assert (office.delivered, office.edited) == (["Ecco"], [(99,)])
    assert await office.journal.unfinished() == []


async def test_a_chat_waits_for_what_is_shown_and_another_does_not(office: Office) -> None:
    release = asyncio.Event()

    async def work(_: Show) -> Reply:
        await release.wait()
        return Reply(7, (Part("Uno"),))

    async def first_streamed(update: Update) -> Outcome:
        return Streamed(Reply(7, ()), work) if update.update_id == 1 else await office.echo(update)

    office.answer = first_streamed
    updates = [an_update(1), an_update(2, "Due"), an_update(3, "Tre", chat=8)]
    await office.inbox.receive(updates)
    await until(lambda: office.delivered == ["Tre"])
    release.set()
    await office.inbox.idle()
    assert office.delivered == ["Tre", "Uno", "Due"]


async def test_what_was_shown_by_an_earlier_run_becomes_the_reply_of_the_next(
    state: State,
) -> None:
    before = Office(state)

    async def stuck(show: Show) -> Reply:
        show(Part("Ci penso"))
        await asyncio.Event().wait()
        raise AssertionError("it never ends")

    async def streamed(_: Update) -> Outcome:
        return Streamed(Reply(-7, (), to_message=1), stuck)

    async def is_noted() -> bool:
        return [entry.placeholder for entry in await before.journal.unfinished()] == [99]

    before.answer = streamed
    await before.inbox.receive([an_update(1, chat=-7)])
    await until(is_noted)
    await before.inbox.stop(0)
    after = Office(state)  # which doesn't stream: its model has been taken away
    await after.inbox.resume()
    await after.inbox.idle()
    assert (after.delivered, after.edited) == (["Ciao"], [(99,)])


async def test_what_fails_while_it_is_shown_is_apologised_for_in_its_place(office: Office) -> None:
    async def work(show: Show) -> Reply:
        show(Part("Ci penso"))
        await until(lambda: office.shown == ["Ci penso"])
        raise RuntimeError("boom")

    async def streamed(_: Update) -> Outcome:
        return Streamed(Reply(-7, (), to_message=1), work)

    office.answer = streamed
    await office.inbox.receive([an_update(1, chat=-7)])
    await office.inbox.idle()
    assert (office.delivered, office.edited) == (["Scusa: boom"], [(99,)])


async def test_workers_and_queues_end_when_there_is_nothing_to_do(office: Office) -> None:
    await office.inbox.receive([an_update(n, chat=n) for n in range(1, 30)])
    await office.inbox.idle()
    assert office.inbox._chats == {}
    assert office.inbox._tasks == set()


def a_press(number: int, data: str) -> Update:
    update = Update.de_json(
        {
            "update_id": number,
            "callback_query": {
                "id": str(number),
                "from": {"id": 7, "is_bot": False, "first_name": "Anna"},
                "chat_instance": "1",
                "data": data,
            },
        },
        None,
    )
    assert update
    return update


async def test_a_pressed_button_waits_for_nobody_and_leaves_nothing_behind(office: Office) -> None:
    go = asyncio.Event()

    async def slow(_: Update) -> None:
        await go.wait()

    office.answer = slow
    await office.inbox.receive([an_update(1, "Uno"), a_press(2, "x")])
    await until(lambda: "pressed x" in office.answered)
    assert [entry.update_id for entry in await office.journal.unfinished()] == [1]
    assert await office.journal.known([2]) == {2}
    go.set()
    await office.inbox.idle()


def thrown_out(number: int, status: str, chat: int = 7) -> Update:
    person = {"id": chat, "is_bot": False, "first_name": "Anna"}
    bot = {"id": 42, "is_bot": True, "first_name": "Passo"}
    until = {"until_date": 0} if status == "kicked" else {}
    change = {
        "chat": {"id": chat, "type": "private", "first_name": "Anna"},
        "from": person,
        "date": WRITTEN_AT,
        "old_chat_member": {"user": bot, "status": "member"},
        "new_chat_member": {"user": bot, "status": status, **until},
    }
    update = Update.de_json({"update_id": number, "my_chat_member": change}, None)
    assert update
    return update


async def test_a_chat_that_throws_the_bot_out_is_parked_until_somebody_writes_again(
    office: Office,
) -> None:
    gate = asyncio.Event()

    async def waits(update: Update) -> Outcome:
        await gate.wait()
        return await office.echo(update)

    office.answer = waits
    await office.inbox.receive([an_update(n, f"Domanda {n}") for n in range(5)])
    await until(lambda: office.answered == ["Domanda 0"])
    await office.inbox.receive([thrown_out(5, "kicked")])
    assert office.parked == {7}
    gate.set()
    await office.inbox.idle()
    assert office.answered == ["Domanda 0"]  # the others need no answer any more
    assert await office.journal.unfinished() == []
    await office.inbox.receive([an_update(6, "Rieccomi")])
    await office.inbox.idle()
    assert office.answered == ["Domanda 0", "Rieccomi"]
    assert office.parked == set()
