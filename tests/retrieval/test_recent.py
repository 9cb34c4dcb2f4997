"""The same question, however it is typed, gets the answer it got before; no other does."""

from __future__ import annotations

import pytest

from retrieval.recent import RecentAnswers
from retrieval.types import Answer, Status


def answer(text: str, generation: str = "g1") -> Answer:
    return Answer("", "it", Status.NOT_IN_SOURCES, text, 0.0, generation=generation)


@pytest.mark.parametrize(
    "again",
    ["Quanti membri ha?", "quanti  MEMBRI\nha", " Quanti membri ha??? ", "Quanti membri ha!"],
)
def test_white_space_capitals_and_end_marks_make_no_other_question(again: str) -> None:
    recent = RecentAnswers()
    recent.keep("Quanti membri ha?", "it", answer("31"))
    assert recent.get(again, "it", "g1") == answer("31")


def test_words_language_and_generation_do() -> None:
    recent = RecentAnswers()
    recent.keep("Quanti membri ha?", "it", answer("31"))
    assert recent.get("Quante sedi ha?", "it", "g1") is None
    assert recent.get("Quanti membri ha?", "en", "g1") is None
    assert recent.get("Quanti membri ha?", "it", "g2") is None


def test_what_one_set_of_documents_answered_is_no_answer_of_another() -> None:
    recent = RecentAnswers()
    recent.keep("Quanti membri ha?", "it", answer("31"), "nato")
    assert recent.get("Quanti membri ha?", "it", "g1", "onu") is None
    assert recent.get("Quanti membri ha?", "it", "g1") is None
    assert recent.get("Quanti membri ha?", "it", "g1", "nato") == answer("31")


def test_accents_written_in_two_ways_are_the_same() -> None:
    recent = RecentAnswers()
    recent.keep("perche\u0301?", "it", answer("x"))
    assert recent.get("perché?", "it", "g1") == answer("x")


def test_the_one_not_asked_for_longest_is_forgotten_first() -> None:
    recent = RecentAnswers(most=2)
    recent.keep("a", "it", answer("a"))
    recent.keep("b", "it", answer("b"))
    assert recent.get("a", "it", "g1")
    recent.keep("c", "it", answer("c"))
    assert recent.get("b", "it", "g1") is None
    assert recent.get("a", "it", "g1")
    assert recent.get("c", "it", "g1")
