"""The journal keeps an update until it is answered, and its id for a week."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.journal import Entry, Journal, updates
from bot.replies import Entity, Part, Reply
from bot.state import State

REPLY = Reply(
    -7,
    (Part("Ciao «é» 👍", (Entity("bold", 0, 4),)), Part("Due")),
    to_message=5,
    thread=3,
    edits=(9,),
)
DAY = 24 * 3600


class Time:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def journal(state: State, time: Time) -> Journal:
    return Journal(state.engine, 42, time)


async def test_an_entry_comes_back_as_it_was_with_its_reply(journal: Journal) -> None:
    await journal.record([Entry(1, -7, '{"a": "é"}')])
    await journal.store_reply(1, REPLY)
    await journal.mark_sent(1, 1)
    assert await journal.unfinished() == [Entry(1, -7, '{"a": "é"}', REPLY, 1)]


async def test_the_message_that_a_reply_will_replace_is_remembered_until_it_has(
    journal: Journal, state: State
) -> None:
    await journal.record([Entry(1, -7, "{}")])
    await journal.note_placeholder(1, 99)
    assert await journal.unfinished() == [Entry(1, -7, "{}", placeholder=99)]
    await journal.store_reply(1, REPLY)
    assert [entry.placeholder for entry in await journal.unfinished()] == [99]
    await journal.finish(1)
    async with state.engine.connect() as connection:
        assert (await connection.execute(sa.select(updates.c.placeholder))).scalar_one() is None


@pytest.mark.parametrize("reply", ['{"parts": [], "chat": 7, "mood": 1}', "[]", "{}", "{"])
async def test_a_reply_that_cannot_be_read_is_left_out(
    journal: Journal, state: State, reply: str, caplog: pytest.LogCaptureFixture
) -> None:
    await journal.record([Entry(1, 7, "{}"), Entry(2, 7, "{}")])
    await journal.store_reply(2, REPLY)
    async with state.engine.begin() as connection:
        await connection.execute(
            sa.update(updates).where(updates.c.update_id == 1).values(reply=reply, parts_sent=1)
        )
    assert await journal.unfinished() == [Entry(1, 7, "{}"), Entry(2, 7, "{}", REPLY)]
    assert "update 1 can't be read" in caplog.text


async def test_entries_come_back_oldest_first(journal: Journal, time: Time) -> None:
    await journal.record([Entry(9, 1, "{}"), Entry(8, 2, "{}")])
    time.now += 1
    # After a week of silence Telegram counts from another number.
    await journal.record([Entry(3, 1, "{}")])
    assert [entry.update_id for entry in await journal.unfinished()] == [8, 9, 3]


async def test_what_is_done_forgets_what_was_said_but_not_its_id(
    journal: Journal, state: State
) -> None:
    await journal.record([Entry(1, 7, "secret"), Entry(2, 7, "secret", done=True)])
    await journal.store_reply(1, REPLY)
    await journal.finish(1)
    async with state.engine.connect() as connection:
        rows = (await connection.execute(sa.select(updates.c.payload, updates.c.reply))).all()
    assert [tuple(row) for row in rows] == [(None, None), (None, None)]
    assert await journal.unfinished() == []
    assert await journal.known([1, 2, 3]) == {1, 2}


async def test_ids_are_kept_for_a_week_after_they_are_done(journal: Journal, time: Time) -> None:
    await journal.record([Entry(1, 7, "{}"), Entry(2, 7, "{}")])
    await journal.finish(1)
    time.now += 6 * DAY
    await journal.forget_old()
    assert await journal.known([1, 2]) == {1, 2}
    time.now += 2 * DAY
    await journal.forget_old()
    assert await journal.known([1, 2]) == {2}


async def test_what_somebody_wrote_is_forgotten_while_it_waits_and_while_it_is_answered(
    journal: Journal, state: State
) -> None:
    def written(user: int) -> str:
        return f'{{"update_id": 1, "message": {{"from": {{"id": {user}}}, "text": "ZUCCA"}}}}'

    reaction = '{"update_id": 4, "message_reaction": {"user": {"id": 70}}}'
    post = '{"update_id": 5, "channel_post": {"text": "ZUCCA"}}'
    await journal.record(
        [
            Entry(1, -7, written(70)),
            Entry(2, 70, written(70)),
            Entry(3, -7, written(71)),
            Entry(4, -7, reaction),
            Entry(5, -8, post),
        ]
    )
    await journal.store_reply(1, REPLY)
    await journal.forget_user(70)
    assert [entry.update_id for entry in await journal.unfinished()] == [3, 5]
    assert [n for n in range(1, 6) if journal.has_forgotten(n)] == [1, 2, 4]
    await journal.store_reply(2, REPLY)  # those who are at it don't bring it back
    await journal.mark_sent(2, 1)
    await journal.note_placeholder(2, 99)
    await journal.finish(2)
    assert not journal.has_forgotten(2)
    async with state.engine.connect() as connection:
        query = sa.select(updates).where(updates.c.update_id.in_([1, 2, 4]))
        rows = (await connection.execute(query)).all()
    kept = {(row.chat_id, row.payload, row.reply, row.parts_sent, row.placeholder) for row in rows}
    assert kept == {(0, None, None, 0, None)}
    assert await journal.known([1, 2, 4]) == {1, 2, 4}


async def test_updates_are_written_all_or_none(journal: Journal) -> None:
    await journal.record([Entry(2, 7, "{}")])
    with pytest.raises(sa.exc.IntegrityError):
        await journal.record([Entry(1, 7, "{}"), Entry(2, 7, "{}")])
    assert await journal.known([1]) == frozenset()


async def test_two_bots_on_one_state_do_not_meet(state: State, time: Time) -> None:
    one, two = Journal(state.engine, 1, time), Journal(state.engine, 2, time)
    await one.record([Entry(1, 7, "{}")])
    await two.record([Entry(1, 8, "{}")])
    await two.finish(1)
    assert [entry.chat_id for entry in await one.unfinished()] == [7]
    assert await two.unfinished() == []
