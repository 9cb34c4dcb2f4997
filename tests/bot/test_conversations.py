"""What was asked is kept for a while, for its writer alone, and then deleted."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.conversations import Conversations, Place, turns
from bot.state import State
from retrieval import Turn
from tests.bot.clock import FakeClock

HERE = Place(chat=-7, thread=3, user=1)
ONE, TWO = Turn("Quanti sono?", ("Sono 32.", "«Tutti.»")), Turn("Dove?", ("A Tokyo.",))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def conversations(state: State, clock: FakeClock) -> Conversations:
    """Conversations that end after ten seconds."""
    return Conversations(state.engine, 42, 10, clock)


async def kept(state: State) -> int:
    query = sa.select(sa.func.count(turns.c.asked_at))
    async with state.engine.connect() as connection:
        return (await connection.execute(query)).scalar_one()


async def test_turns_come_back_as_they_were_oldest_first(conversations: Conversations) -> None:
    await conversations.remember(HERE, 5, ONE)
    await conversations.remember(HERE, 7, TWO)
    assert await conversations.history(HERE, 9) == (ONE, TWO)


@pytest.mark.parametrize("other", [{"chat": -8}, {"thread": 0}, {"user": 2}])
async def test_nothing_reaches_another_chat_topic_or_user(
    conversations: Conversations, other: dict[str, int]
) -> None:
    await conversations.remember(HERE, 5, ONE)
    elsewhere = replace(HERE, **other)
    assert await conversations.history(elsewhere, 9) == ()
    await conversations.forget(elsewhere, 9)
    await conversations.remember(elsewhere, 9, None)
    assert await conversations.history(HERE, 9) == (ONE,)


async def test_nothing_reaches_another_bot_on_the_same_state(
    conversations: Conversations, state: State, clock: FakeClock
) -> None:
    await conversations.remember(HERE, 5, ONE)
    assert await Conversations(state.engine, 43, 10, clock).history(HERE, 9) == ()


async def test_a_message_that_is_handled_twice_sees_the_same_and_is_kept_once(
    conversations: Conversations, state: State
) -> None:
    await conversations.remember(HERE, 5, ONE)
    for _ in range(2):
        assert await conversations.history(HERE, 7) == (ONE,)
        await conversations.remember(HERE, 7, TWO)
    assert await kept(state) == 2


async def test_a_pause_ends_a_conversation(conversations: Conversations, clock: FakeClock) -> None:
    await conversations.remember(HERE, 5, ONE)
    clock.now += 10
    assert await conversations.history(HERE, 9) == (ONE,)
    clock.now += 1
    assert await conversations.history(HERE, 9) == ()


async def test_a_question_without_an_answer_keeps_the_subject_alive(
    conversations: Conversations, clock: FakeClock
) -> None:
    await conversations.remember(HERE, 5, ONE)
    for message in (6, 7, 8):
        clock.now += 9
        await conversations.remember(HERE, message, None)
    assert await conversations.history(HERE, 9) == (ONE,)


async def test_what_no_conversation_needs_is_deleted(
    conversations: Conversations, state: State, clock: FakeClock
) -> None:
    await conversations.remember(HERE, 5, ONE)
    clock.now += 11
    await conversations.remember(replace(HERE, user=2), 6, TWO)
    assert await kept(state) == 1
    clock.now += 11
    await conversations.forget_old()
    assert await kept(state) == 0


async def test_forgetting_spares_what_was_asked_after_it(
    conversations: Conversations, state: State
) -> None:
    await conversations.remember(HERE, 5, ONE)
    await conversations.remember(HERE, 7, TWO)
    await conversations.forget(HERE, 6)
    assert await conversations.history(HERE, 9) == (TWO,)
    assert await kept(state) == 1


async def test_a_long_conversation_is_looked_back_on_in_part(
    conversations: Conversations,
) -> None:
    for message in range(30):
        await conversations.remember(HERE, message, Turn(str(message)))
    history = await conversations.history(HERE, 30)
    assert [turn.question for turn in history] == [str(n) for n in range(10, 30)]
