"""What words mean, across inflections and languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.verification.concepts import is_english_verb, is_italian_verb, opposed, same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("membri", "members"),
        ("decisione", "decision"),
        ("manoscritto", "manuscripts"),
        ("aprirà", "opens"),
        ("bambini", "children"),
        ("città", "towns"),
        ("visitato", "visita"),
    ],
)
def test_words_of_one_meaning_are_the_same(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(("one", "other"), [("medico", "ospedale"), ("ponte", "museum")])
def test_others_are_not(one: str, other: str) -> None:
    assert not same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("chiuderà", "opens"),
        ("aumento", "fell"),
        ("sufficiente", "insufficiente"),
        ("nord", "south"),
    ],
)
def test_opposites_are_told(one: str, other: str) -> None:
    assert opposed(one, other)
    assert opposed(other, one)


def test_verbs_are_told_from_nouns() -> None:
    assert is_italian_verb("visitato")
    assert not is_italian_verb("museo")
    assert is_english_verb("accuses")
    assert not is_english_verb("textiles")


@given(st.text(st.characters(categories=["L"]), min_size=1, max_size=12).map(str.lower))
def test_a_word_is_itself_and_not_its_own_opposite(word: str) -> None:
    assert same(word, word)
    assert not opposed(word, word)
