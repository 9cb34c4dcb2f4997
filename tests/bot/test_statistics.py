"""What happened, in sums: by outcome, by day, and without anybody's words."""

from __future__ import annotations

from dataclasses import replace

from bot.spending import DAY
from bot.state import State
from bot.statistics import Statistics, Sums
from retrieval import Fallback, Talk, Usage
from tests.bot.clock import FakeClock
from tests.bot.fakes import a_passage, a_quote, a_refusal, an_answer
from tests.bot.test_spending import spending

ANSWER = an_answer(a_quote(a_passage(), "I membri dell’alleanza sono 32."))


async def test_questions_are_counted_by_how_they_ended(state: State) -> None:
    statistics = Statistics(state.engine, 42, FakeClock())
    written = replace(ANSWER, written=True)
    instead = replace(a_refusal(), fallback=Fallback.BUDGET)
    for answer in (ANSWER, ANSWER, a_refusal(), written, instead):
        await statistics.count(answer)
    sums = await statistics.of_last(1)
    assert sums == Sums(answered=3, refused=2, written=1, fallbacks=1)
    assert sums.questions == 5


async def test_small_talk_is_no_question(state: State) -> None:
    statistics = Statistics(state.engine, 42, FakeClock())
    await statistics.count(replace(a_refusal(), talk=Talk.THANKS))
    assert (await statistics.of_last(1)).questions == 0


async def test_days_are_summed_as_far_back_as_is_asked(state: State) -> None:
    clock = FakeClock()
    statistics = Statistics(state.engine, 42, clock)
    for day in (0, 24, 29, 30):
        clock.now = day * DAY
        await statistics.count(ANSWER)
    assert [(await statistics.of_last(days)).answered for days in (1, 7, 30, 31)] == [1, 3, 3, 4]


async def test_what_the_model_was_used_for_is_there_with_those_who_asked_most(
    state: State,
) -> None:
    clock = FakeClock()
    of = spending(state, clock)
    for user, calls in {1: 1, 2: 5, 3: 2, 4: 3}.items():
        for chat in range(calls):
            spend = of.for_question(-chat, user)
            assert await spend.reserve()
            await spend.record(Usage(1, 10, 1))
    assert await Statistics(state.engine, 42, clock).of_last(7) == Sums(
        calls=11,
        input_tokens=110,
        output_tokens=11,
        cost=132,
        top_users=((2, 5), (4, 3), (3, 2)),
    )


async def test_nothing_of_another_bot_is_summed(state: State) -> None:
    await Statistics(state.engine, 42, FakeClock()).count(ANSWER)
    assert await Statistics(state.engine, 43, FakeClock()).of_last(30) == Sums()


async def test_what_is_older_than_three_months_is_forgotten(state: State) -> None:
    clock = FakeClock(0)
    statistics = Statistics(state.engine, 42, clock)
    await statistics.count(ANSWER)
    assert await spending(state, clock).for_question(-1, 1).reserve()
    for day, kept in ((90, 1), (91, 0)):
        clock.now = day * DAY
        await statistics.forget_old()
        sums = await statistics.of_last(1000)
        assert (sums.answered, sums.calls) == (kept, kept)
