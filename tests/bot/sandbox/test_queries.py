from __future__ import annotations

from bot.sandbox.queries import Queries
from tests.bot.sandbox.conftest import Clock

ANSWER = {"results": [], "cache_time": 10, "is_personal": False}


def test_an_answer_is_given_again_for_as_long_as_it_says(clock: Clock) -> None:
    queries = Queries(clock)
    queries.answer_inline(queries.add_inline(1, 1, "x"), ANSWER)
    assert queries.add_inline(2, 2, "x").answer == ANSWER
    assert queries.add_inline(2, 2, "y").answer is None
    clock.now += 10
    assert queries.add_inline(2, 2, "x").answer is None


def test_a_personal_answer_is_given_again_to_the_same_person_alone(clock: Clock) -> None:
    queries = Queries(clock)
    mine = {**ANSWER, "is_personal": True}
    queries.answer_inline(queries.add_inline(1, 1, "x"), mine)
    assert queries.add_inline(1, 5, "x").answer == mine
    assert queries.add_inline(2, 2, "x").answer is None
