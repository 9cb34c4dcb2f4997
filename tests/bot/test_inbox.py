"""The inbox: each is answered once, order is kept, chats don't wait for each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import Update

from bot.replies import Deferred, Outcome, Part, Reply, Show, Streamed
from bot.state import State
from tests.bot.inboxes import WRITTEN_AT, Office, an_update
from tests.bot.waiting import until


@pytest.fixture
async def office(state: State) -> AsyncIterator[Office]:
    office = Office(state)
    yield office
    await office.inbox.stop(0)


async def test_an_update_that_comes_again_is_answered_once(office: Office) -> None:
    await office.inbox.receive([an_update(1)])
    await office.inbox.idle()
    await office.inbox.receive([an_update(1), an_update(1)])
    await office.inbox.idle()
    assert office.answered == ["Ciao"]


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
