"""What one run of the bot leaves unfinished, the next one takes up: nothing is lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence

import pytest
from sqlalchemy.exc import OperationalError
from telegram import Update

from bot.journal import Entry
from bot.replies import Outcome, Part, Reply, Show, Streamed
from bot.state import State
from tests.bot.inboxes import WRITTEN_AT, Office, an_update
from tests.bot.waiting import until


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
