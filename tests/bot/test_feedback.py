"""One vote a person and answer, changeable, and forgotten in time."""

from __future__ import annotations

import pytest

from bot.feedback import Feedback, Reason, Vote
from bot.state import State
from tests.bot.clock import FakeClock

ANNA, BRUNO = 1, 2


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def feedback(state: State, clock: FakeClock) -> Feedback:
    """Votes that are forgotten after ten seconds."""
    return Feedback(state.engine, 42, 10, clock)


async def test_a_vote_is_kept_with_its_reason(feedback: Feedback) -> None:
    await feedback.vote("a", ANNA, good=True)
    await feedback.vote("a", BRUNO, good=False, reason=Reason.WRONG)
    assert await feedback.of("a") == (
        Vote("a", ANNA, True, 1000),
        Vote("a", BRUNO, False, 1000, Reason.WRONG),
    )
    assert await feedback.of("b") == ()


async def test_a_person_has_one_vote_on_an_answer_and_may_change_it(feedback: Feedback) -> None:
    await feedback.vote("a", ANNA, good=True)
    await feedback.vote("a", ANNA, good=False)
    await feedback.vote("a", ANNA, good=False, reason=Reason.INCOMPLETE)
    assert await feedback.vote("a", ANNA, good=False) == (*await feedback.of("a"),)[0]
    assert [vote.reason for vote in await feedback.of("a")] == [Reason.INCOMPLETE]
    await feedback.vote("a", ANNA, good=True)
    assert await feedback.of("a") == (Vote("a", ANNA, True, 1000),)
    await feedback.withdraw("a", ANNA)
    assert await feedback.of("a") == ()


async def test_those_who_were_unhappy_are_found_by_time(
    feedback: Feedback, clock: FakeClock
) -> None:
    await feedback.vote("a", ANNA, good=False)
    clock.now += 5
    await feedback.vote("b", ANNA, good=False, reason=Reason.BAD_SOURCE)
    await feedback.vote("c", ANNA, good=True)
    assert [vote.answer for vote in await feedback.unhappy(0)] == ["a", "b"]
    assert [vote.answer for vote in await feedback.unhappy(1003)] == ["b"]


async def test_votes_are_forgotten_in_time_or_when_their_voter_asks(
    feedback: Feedback, clock: FakeClock
) -> None:
    await feedback.vote("a", ANNA, good=False)
    clock.now += 6
    await feedback.vote("a", BRUNO, good=False)
    await feedback.vote("b", ANNA, good=True)
    clock.now += 5
    await feedback.forget_old()
    assert [vote.user for vote in await feedback.of("a")] == [BRUNO]
    await feedback.forget_user(ANNA)
    assert await feedback.of("b") == ()
    assert [vote.user for vote in await feedback.of("a")] == [BRUNO]


async def test_each_bot_has_votes_of_its_own(
    feedback: Feedback, state: State, clock: FakeClock
) -> None:
    other = Feedback(state.engine, 43, 10, clock)
    await other.vote("a", ANNA, good=False)
    assert await feedback.of("a") == ()
    assert await feedback.unhappy(0) == ()
    await feedback.forget_user(ANNA)
    assert len(await other.of("a")) == 1
