"""Kinds tell what a word may answer."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.kinds import TokenKinds, mentions_time
from retrieval.lexical import Lexicon
from tests.retrieval.texts import passage_of

TEXT = "Ieri Jens Stoltenberg ha visto a Tokyo 31 navi poiché pioveva."
WORDS = "Ieri Jens Stoltenberg ha visto a Tokyo 31 navi poiché pioveva".split()


def kinds() -> TokenKinds:
    return TokenKinds(Lexicon((passage_of(TEXT, TEXT, name="a"),), {}))


def flagged(flags: np.ndarray) -> list[str]:
    return [word for word, flag in zip(WORDS, flags, strict=True) if flag]


def test_each_word_has_its_kinds() -> None:
    found = kinds()
    assert flagged(found.time) == ["Ieri"]
    assert flagged(found.number) == ["31"]
    assert flagged(found.reason) == ["poiché"]
    assert flagged(found.name) == ["Jens", "Stoltenberg", "Tokyo"]


def test_two_names_together_are_a_person_and_one_after_a_preposition_a_place() -> None:
    tokens = np.arange(len(WORDS), dtype=np.int32)
    follows = np.ones(len(WORDS), dtype=np.bool_)
    assert flagged(kinds().persons(tokens, follows)) == ["Jens", "Stoltenberg"]
    assert flagged(kinds().places(tokens, follows)) == ["Tokyo"]


def test_names_of_two_sentences_are_no_person() -> None:
    tokens = np.arange(len(WORDS), dtype=np.int32)
    follows = np.ones(len(WORDS), dtype=np.bool_)
    follows[2] = False
    assert flagged(kinds().persons(tokens, follows)) == []


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("Nel 1949 nacque.", True),
        ("Ha visitato il Giappone a gennaio.", True),
        ("Ci lavora una sola persona.", False),
        ("", False),
    ],
)
def test_a_time_is_a_figure_or_a_word_of_time(text: str, does: bool) -> None:
    assert mentions_time(text) is does
