"""A typing error is put right where one letter tells what was meant; what exists is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.library import Library
from retrieval.reasons import Refusal
from retrieval.spelling import respelled
from retrieval.types import Language

THEIRS = {"stoltenberg": "Stoltenberg", "membri": "membri", "nato": "NATO", "tokyo": "Tokyo"}
THEIRS |= {number: number for number in ("2013", "13000", "g20x")}


def put_right(text: str, language: Language = "it") -> str:
    return respelled(text, language, lambda word: THEIRS.get(word, ""))


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("Quanti membir ha?", "it", "Quanti membri ha?"),
        ("Quanti menbri ha?", "it", "Quanti membri ha?"),
        ("Chi è Stoltemberg?", "it", "Chi è Stoltenberg?"),
        ("Chi è stoltenberg?", "it", "Chi è Stoltenberg?"),
        ("Membrii della NATO?", "it", "Membri della NATO?"),
        ("How many memebrs?", "en", "How many members?"),
        ("Whihc members, whcih?", "en", "Which members, which?"),
    ],
)
def test_one_wrong_letter_is_put_right(typed: str, language: Language, meant: str) -> None:
    assert put_right(typed, language) == meant


@pytest.mark.parametrize(
    "text",
    [
        "", "Quanti membri ha la NATO?", "dove è nato Garibaldi?", "Chi è Brambillasconi?",
        "Chi è Tokio?", "a 2023 b", "NATO", "qwertz", "x" * 500, "casa membri",
        "Quanti membri ha nel 2031?", "How many in 2014?", "31000 membri", "g20y", "G20Y",
    ],
)  # fmt: skip
def test_words_that_exist_short_names_and_nonsense_stay(text: str) -> None:
    assert put_right(text) == text


@given(st.text(max_size=40))
def test_any_text_can_be_put_right(text: str) -> None:
    assert len(put_right(text).split()) == len(text.split())


@pytest.mark.parametrize(
    ("typed", "meant", "answer"),
    [
        ("quanti menbri ha la NATO?", "Quanti membri ha la NATO?", "31 membri"),
        ("How many memebrs dose nato hav?", "How many members dose nato hav?", "31 membri"),
        ("chi è stoltemberg?", "Chi è Stoltenberg?", "Stoltenberg"),
    ],
)
def test_what_was_meant_is_answered_and_said(
    sample: Library, typed: str, meant: str, answer: str
) -> None:
    found = sample.ask(typed)
    assert (found.question, found.searched) == (typed, meant)
    assert answer in found.quotes[0].text


def test_what_is_answered_as_it_stands_or_not_at_all_is_not_put_right(sample: Library) -> None:
    assert sample.ask("dove si tera il vertice").searched == ""
    refused = sample.ask("Come si fa il panne in casa?")
    assert (refused.refusal, refused.searched) == (Refusal.OFF_TOPIC, "")
