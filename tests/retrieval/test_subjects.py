"""A follow-up to a question that got no answer is answered by nothing about another subject."""

from __future__ import annotations

import pytest

from retrieval.library import Library
from retrieval.question import parse
from retrieval.subjects import lent, may_be_gone_on_from
from retrieval.types import Status, Turn

MEMBERS = Turn("Quanti membri ha la NATO?", ("… tra i suoi 31 membri.",))


@pytest.mark.parametrize(
    ("refused", "text"),
    [
        ("Chi ha inventato la lavatrice?", "E quanti membri ha?"),
        ("chi ha inventato la lavatrice", "E quanti membri ha?"),
        ("Who is the president of France?", "And how many members does it have?"),
    ],
)
def test_what_was_answered_before_a_refused_question_is_not_gone_on_from(
    sample: Library, refused: str, text: str
) -> None:
    answer = sample.ask(text, history=[MEMBERS, Turn(refused)])
    assert answer.status is Status.NOT_IN_SOURCES
    assert answer.follows == refused


@pytest.mark.parametrize(
    ("refused", "text", "expected"),
    [
        ("Quando è stato fondato il Quad?", "E chi lo guida?", "Stati Uniti"),
        ("Quanto costerà l'ufficio di Tokyo?", "E chi ci lavorerà?", "una sola persona"),
        ("What was the Quad?", "What does it want?", "contrastare"),
        ("ma pensa un po'", "E chi guida il Quad?", "Stati Uniti"),
    ],
)
def test_another_question_about_the_same_subject_is_answered(
    sample: Library, refused: str, text: str, expected: str
) -> None:
    answer = sample.ask(text, history=[Turn(refused)])
    assert expected in answer.quotes[0].text


def test_a_remark_that_found_nothing_leaves_the_subject_as_it_was(sample: Library) -> None:
    answer = sample.ask("E chi la guida?", history=[MEMBERS, Turn("incredibile davvero")])
    assert answer.follows == "" or answer.follows == MEMBERS.question
    assert not may_be_gone_on_from(Turn("incredibile davvero"))
    assert may_be_gone_on_from(Turn("chi la guida"))
    assert may_be_gone_on_from(Turn("incredibile davvero", is_quoted=True))


def test_what_a_question_is_completed_with_is_told_from_its_own_words() -> None:
    question = parse("E quanto costa?")
    assert lent("Quanto costa? (costa un drago)", question) == lent("Drago", question)
    assert lent("Quanto costa?", question) == frozenset()


@pytest.mark.parametrize(
    ("question", "expected"),
    [("Quando è il vertice?", "luglio"), ("Dov'è il vertice?", "Lituania")],
)
def test_a_short_question_of_which_every_word_is_there_is_no_other_subjects(
    sample: Library, question: str, expected: str
) -> None:
    answer = sample.ask(question)
    assert expected in answer.quotes[0].text


def test_one_word_that_is_not_there_may_be_another_subject(sample: Library) -> None:
    found = sample.ask("Quando è il vertice?").ranked
    assert found
    assert sample.ask("Quando è il vertice di Parigi?").status is Status.NOT_IN_SOURCES
    assert sample.ask("Quando è?").status is Status.NOT_IN_SOURCES


@pytest.mark.parametrize("text", ["Che tempo fa oggi?", "Chi è il re di Spagna?"])
def test_what_may_stand_alone_goes_on_from_nothing_it_is_not_surely_about(
    sample: Library, text: str
) -> None:
    answer = sample.ask(text, history=[MEMBERS])
    assert answer.status is Status.NOT_IN_SOURCES
    assert answer.follows == answer.searched == ""
