"""What was asked in vain is found again, for as many days as asked for."""

from __future__ import annotations

from dataclasses import replace

from bot.answers import Answers
from bot.feedback import Feedback, Reason
from bot.gaps import Miss
from bot.misses import Misses
from bot.state import State
from tests.bot.clock import FakeClock
from tests.bot.fakes import a_passage, a_quote, a_refusal, an_answer

DAY = 24 * 3600
SOUGHT = replace(a_refusal(), ranked=("vertice",))


async def test_refused_questions_are_found_and_answered_ones_are_not(state: State) -> None:
    clock = FakeClock(now=100.0 * DAY)
    answers = Answers(state.engine, 42, 90 * DAY, clock)
    quote = a_quote(a_passage(), "Tutti erano presenti.")
    await answers.remember(SOUGHT, chat=7, thread=0, user=7, message=1)
    await answers.remember(an_answer(quote), chat=7, thread=0, user=7, message=2)
    await answers.remember(a_refusal(), chat=7, thread=0, user=7, message=3)  # "hello"
    clock.now += 5 * DAY
    await answers.remember(SOUGHT, chat=8, thread=0, user=8, message=1)
    misses = Misses(state.engine, 42, clock)
    latest = Miss("Che ore sono?", int(clock.now), refused=True)
    assert await misses.of_last(3) == (latest,)
    assert [miss.asked_at for miss in await misses.of_last(10)] == [105 * DAY, 100 * DAY]
    assert await Misses(state.engine, 43, clock).of_last(10) == ()


async def test_answers_somebody_was_unhappy_with_are_found_with_the_reason(state: State) -> None:
    clock = FakeClock(now=100.0 * DAY)
    answers = Answers(state.engine, 42, 90 * DAY, clock)
    feedback = Feedback(state.engine, 42, 90 * DAY, clock)
    quote = a_quote(a_passage(), "Tutti erano presenti.")
    bad = await answers.remember(an_answer(quote), chat=7, thread=0, user=7, message=1)
    good = await answers.remember(an_answer(quote), chat=7, thread=0, user=7, message=2)
    refused = await answers.remember(SOUGHT, chat=7, thread=0, user=7, message=3)
    clock.now += DAY
    await feedback.vote(bad.id, 7, good=False, reason=Reason.WRONG)
    await feedback.vote(good.id, 7, good=True)
    await feedback.vote(refused.id, 7, good=False)
    assert await Misses(state.engine, 42, clock).of_last(3) == (
        Miss("Quanti sono i membri?", 101 * DAY, refused=False, reason="wrong"),
        Miss("Che ore sono?", 100 * DAY, refused=True),
    )
