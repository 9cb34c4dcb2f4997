"""A short question is read well enough to tell what is missing from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.grammar import Clause, clause
from retrieval.types import Language
from retrieval.words import detect_language


def read(text: str) -> Clause:
    return clause(text, detect_language(text))


def leaning(text: str) -> str:
    found = read(text)
    n = found.leaning_word()
    return "" if n is None else found.words[n].text


@pytest.mark.parametrize(
    ("text", "opened", "turns_to"),
    [
        ("E quando?", True, False),
        ("E allora quando?", True, False),
        ("But why?", True, False),
        ("What about Vienna?", True, True),
        ("E che mi dici di Vienna?", True, True),
        ("È vero?", False, False),
        ("E' vero?", False, False),
        ("Quando?", False, False),
    ],
)
def test_what_opens_a_question_is_told_from_its_verb(
    text: str, opened: bool, turns_to: bool
) -> None:
    found = read(text)
    assert (found.is_opened, found.turns_to) == (opened, turns_to)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Chi ne fa parte?", "ne"),
        ("Quando l'ha detto?", "l"),
        ("Chi lo guida?", "lo"),
        ("Quante persone ci lavoreranno?", "ci"),
        ("E lui che cosa ha risposto?", "lui"),
        ("Dov'è il loro ufficio?", "loro"),
        ("When did he say that?", "he"),
        ("How many people work there?", "there"),
        ("Who said that?", "that"),
        ("What is its capital?", "its"),
    ],
)
def test_words_that_stand_for_something_said_before_are_found(text: str, word: str) -> None:
    assert leaning(text) == word


@pytest.mark.parametrize(
    "text",
    [
        "Come fa un albero a perdere le sue foglie?",
        "Quando Tesla presentò il suo motore?",
        "When did Tesla publish his results?",
        "Who lost his life?",
        "Quanti giorni ci sono?",
        "Quanto ci vuole?",
        "What does it mean?",
        "How long does it take?",
        "How many offices are there?",
        "Né uno né l'altro?",
        "Chi lo spagnolo?",
        "Chi sa quello che vuole?",
    ],
)
def test_words_that_have_what_they_stand_for_beside_them_do_not_lean(text: str) -> None:
    assert leaning(text) == ""


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("Quanti membri ha?", True),
        ("Dove si trova?", True),
        ("Quando è nato?", True),
        ("In quali paesi?", True),
        ("Quali paesi comprende?", None),
        ("Quanti giorni ha febbraio?", None),
        ("Che cosa ha detto della Cina?", None),
        ("Chi è kishida?", False),
        ("Chi è il papa?", False),
        ("Chi ha scritto la Divina Commedia?", False),
        ("Che ore sono?", False),
        ("Quanti membri ha la NATO?", False),
        ("Who won?", True),
        ("Who won the war?", False),
    ],
)
def test_a_missing_subject_is_noticed(text: str, lacks: bool | None) -> None:
    assert read(text).lacks_subject() is lacks


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Che cosa ha detto Stoltenberg del Giappone?", ["Stoltenberg", "del Giappone"]),
        ("Quando ha visitato la Corea del Sud?", ["la Corea", "del Sud"]),
        ("When did Fumio Kishida speak in Tokyo?", ["Fumio Kishida", "in Tokyo"]),
        ("Che cosa c'era nel 2022?", ["nel 2022"]),
        ("Quando?", []),
    ],
)
def test_names_come_with_what_leads_to_them(text: str, phrases: list[str]) -> None:
    assert [phrase.text for phrase in read(text).phrases()] == phrases


@given(st.text(max_size=80), st.sampled_from(["it", "en"]))
def test_any_text_can_be_read(text: str, language: Language) -> None:
    found = clause(text, language)
    assert found.leaning_word() is None or found.words
    assert found.lacks_subject() in (True, False, None)
    for phrase in found.phrases():
        assert text[phrase.start : phrase.end] == phrase.text
        assert phrase.text.endswith(phrase.bare)
