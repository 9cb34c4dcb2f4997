"""Answers are found again by their id, their question and their messages, and then forgotten."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.answers import Answers, ShownQuote, answer_messages, answers
from bot.replies import Button, Entity, Part
from bot.state import State
from retrieval import Fallback, Refusal, Usage
from tests.bot.clock import FakeClock
from tests.bot.fakes import a_passage, a_quote, a_refusal, an_answer

QUOTE = a_quote(a_passage(), "Tutti erano presenti.")
HERE = {"chat": -7, "thread": 3, "user": 1, "message": 5}


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def kept(state: State, clock: FakeClock) -> Answers:
    """Answers that are forgotten after ten seconds."""
    return Answers(state.engine, 42, 10, clock)


async def test_an_answer_comes_back_as_it_was_shown(kept: Answers, clock: FakeClock) -> None:
    answer = replace(
        an_answer(QUOTE, language="en"),
        searched="Quanti?",
        generation="g1",
        ms=12.5,
        ranked=("vertice", "altro"),
        fallback=Fallback.UNAVAILABLE,
        usage=Usage(2, 300, 40),
    )
    shown = await kept.remember(answer, **HERE)
    assert shown == await kept.get(shown.id)
    assert len(shown.id) == 16
    assert shown.quotes == (
        ShownQuote("vertice", "Il vertice di Tokyo", "0" * 64, QUOTE.start, QUOTE.end, QUOTE.text),
    )
    assert (shown.chat, shown.thread, shown.user, shown.message) == (-7, 3, 1, 5)
    assert (shown.searched, shown.language, shown.generation) == ("Quanti?", "en", "g1")
    assert (shown.calls, shown.input_tokens, shown.output_tokens) == (2, 300, 40)
    assert (shown.ranked, shown.fallback) == (("vertice", "altro"), "unavailable")
    assert shown.asked_at == clock.now


async def test_a_refusal_keeps_the_place_it_showed(kept: Answers) -> None:
    shown = await kept.remember(a_refusal(QUOTE), **HERE)
    assert shown.closest == ShownQuote.of(QUOTE)
    assert shown == await kept.of_question(-7, 5)


async def test_a_refusal_about_something_else_showed_no_place(kept: Answers) -> None:
    shown = await kept.remember(replace(a_refusal(QUOTE), refusal=Refusal.OFF_TOPIC), **HERE)
    assert shown.closest is None
    assert shown == await kept.of_question(-7, 5)


async def test_answering_a_message_again_keeps_the_id_and_the_newest_answer(kept: Answers) -> None:
    first = await kept.remember(a_refusal(), **HERE)
    second = await kept.remember(an_answer(QUOTE), **HERE)
    assert first.id == second.id
    assert await kept.get(first.id) == second


async def test_the_messages_of_an_answer_lead_back_to_it_in_their_chat(kept: Answers) -> None:
    shown = await kept.remember(an_answer(QUOTE), **HERE)
    for message in (9, 8, 9):
        await kept.note(shown.id, -7, message)
    assert await kept.messages(shown.id) == (8, 9)
    assert await kept.of_message(-7, 8) == shown
    assert await kept.of_message(-8, 8) is None
    assert await kept.of_message(-7, 5) is None


async def test_nothing_is_found_by_another_bot_or_by_guessing(kept: Answers, state: State) -> None:
    shown = await kept.remember(an_answer(QUOTE), **HERE)
    other = Answers(state.engine, 43, 10, lambda: 1000.0)
    assert await other.get(shown.id) is None
    assert await other.of_question(-7, 5) is None
    assert await kept.get("") is None
    assert await kept.get("A" * 16) is None


async def count(state: State) -> list[int]:
    async with state.engine.connect() as connection:
        tables = (answers, answer_messages)
        queries = [sa.select(sa.func.count()).select_from(table) for table in tables]
        return [(await connection.execute(query)).scalar_one() for query in queries]


async def test_what_has_been_kept_long_enough_is_deleted(
    kept: Answers, state: State, clock: FakeClock
) -> None:
    shown = await kept.remember(an_answer(QUOTE), **HERE)
    await kept.note(shown.id, -7, 8)
    clock.now += 11
    assert await kept.get(shown.id) is None
    assert await kept.of_message(-7, 8) is None
    await kept.forget_old()
    assert await count(state) == [0, 0]


async def test_one_person_is_forgotten_and_nobody_else(kept: Answers, state: State) -> None:
    gone = await kept.remember(an_answer(QUOTE), **HERE)
    await kept.note(gone.id, -7, 8)
    stays = await kept.remember(an_answer(QUOTE), **{**HERE, "user": 2, "message": 6})
    await kept.note(stays.id, 1, 3)  # a passage that the first has opened in private
    await kept.forget_user(1)
    assert await kept.get(gone.id) is None
    assert await kept.get(stays.id) == stays
    assert await count(state) == [1, 0]


async def test_an_answer_forgotten_on_its_way_has_no_messages(kept: Answers, state: State) -> None:
    shown = await kept.remember(an_answer(QUOTE), **HERE)
    await kept.forget_user(1)
    await kept.note(shown.id, -7, 8, Part("Sono 32", buttons=((Button("👍", "v:x:g"),),)))
    assert await count(state) == [0, 0]


async def test_a_group_that_moved_takes_its_answers_along(kept: Answers) -> None:
    shown = await kept.remember(an_answer(QUOTE), **HERE)
    await kept.note(shown.id, -7, 8)
    await kept.move(-7, -1007)
    moved = await kept.get(shown.id)
    assert moved
    assert moved.chat == -1007
    # Numbers of messages begin anew there.
    assert await kept.of_question(-1007, 5) is None
    assert await kept.of_message(-1007, 8) is None


async def test_a_message_with_buttons_is_kept_as_it_looks(kept: Answers) -> None:
    part = Part("Ecco: 32", (Entity("bold", 6, 2),), ((Button("[1]", "p:1"),),))
    shown = await kept.remember(an_answer(QUOTE), **HERE)
    await kept.note(shown.id, -7, 6, Part("Ecco"))
    await kept.note(shown.id, -7, 7, part)
    assert await kept.look(-7, 6) is None
    assert await kept.look(-7, 7) == part
    assert await kept.look(-8, 7) is None


async def test_a_passage_opened_elsewhere_is_no_message_of_the_answers_own(kept: Answers) -> None:
    shown = await kept.remember(an_answer(QUOTE), **HERE)
    await kept.note(shown.id, -7, 6)
    await kept.note(shown.id, 1, 2)
    assert await kept.messages(shown.id) == (6,)
    assert await kept.of_message(1, 2) == shown
