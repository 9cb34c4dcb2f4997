"""A yes counts once, in time, from whom it was asked, where it was asked."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.confirmations import Confirmations, Pending, Refused, confirmations
from bot.state import State
from tests.bot.clock import FakeClock

WHAT = Pending("remove", "a.md")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def waiting(state: State, clock: FakeClock) -> Confirmations:
    return Confirmations(state.engine, 42, clock)


async def test_what_was_refused_is_asked_about_word_by_word(waiting: Confirmations) -> None:
    refused = Refused('città "a".md', "documents’ hash")
    id_ = await waiting.ask(Pending("remove-anyway", refused.to_json()), chat=7, user=7)
    taken = await waiting.take(id_, chat=7, user=7)
    assert taken
    assert Refused.from_json(taken.subject) == refused


async def test_a_yes_counts_once(waiting: Confirmations) -> None:
    id_ = await waiting.ask(WHAT, chat=7, user=7)
    assert len(id_) == 16
    assert await waiting.take(id_, chat=7, user=7) == WHAT
    assert await waiting.take(id_, chat=7, user=7) is None


@pytest.mark.parametrize(("chat", "user"), [(8, 7), (7, 8)])
async def test_nobody_else_and_nowhere_else_can_say_it(
    waiting: Confirmations, chat: int, user: int
) -> None:
    id_ = await waiting.ask(WHAT, chat=7, user=7)
    assert await waiting.take(id_, chat=chat, user=user) is None
    assert await waiting.take("A" * 16, chat=7, user=7) is None
    assert await waiting.take(id_, chat=7, user=7) == WHAT


async def test_after_ten_minutes_it_is_too_late(
    waiting: Confirmations, clock: FakeClock, state: State
) -> None:
    id_ = await waiting.ask(WHAT, chat=7, user=7)
    clock.now += 601
    assert await waiting.take(id_, chat=7, user=7) is None
    await waiting.forget_old()
    async with state.engine.connect() as connection:
        query = sa.select(sa.func.count()).select_from(confirmations)
        assert (await connection.execute(query)).scalar_one() == 0


async def test_another_bot_on_the_same_state_hears_nothing(
    waiting: Confirmations, state: State, clock: FakeClock
) -> None:
    id_ = await waiting.ask(WHAT, chat=7, user=7)
    assert await Confirmations(state.engine, 43, clock).take(id_, chat=7, user=7) is None


async def test_it_outlives_a_restart(
    waiting: Confirmations, state: State, clock: FakeClock
) -> None:
    id_ = await waiting.ask(WHAT, chat=7, user=7)
    assert await Confirmations(state.engine, 42, clock).take(id_, chat=7, user=7) == WHAT
