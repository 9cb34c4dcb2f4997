"""BM25 is what the formula says, for whatever words passages hold."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.bm25 import BM25

_PASSAGES = st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=12), min_size=1, max_size=9)


def index(passages: list[list[int]]) -> BM25:
    owners = [number for number, words in enumerate(passages) for _ in words]
    words = [word for words in passages for word in words]
    found = [np.array(numbers, dtype=np.int32) for numbers in (owners, words)]
    return BM25(found[0], found[1], len(passages), 7)


@given(_PASSAGES, st.lists(st.integers(0, 6), max_size=5))
def test_scores_are_those_of_lucenes_formula(passages: list[list[int]], asked: list[int]) -> None:
    mean = sum(map(len, passages)) / len(passages)

    def share(word: int, words: list[int]) -> float:
        holding = sum(word in other for other in passages)
        idf = log(1 + (len(passages) - holding + 0.5) / (holding + 0.5))
        times = words.count(word)
        return idf * times / (times + 1.5 * (1 - 0.75 + 0.75 * len(words) / mean))

    expected = [sum(share(word, words) for word in asked) for words in passages]
    assert index(passages).scores(asked).tolist() == pytest.approx(expected, rel=1e-5, abs=1e-6)


@given(_PASSAGES, st.integers(0, 6))
def test_a_words_column_names_the_passages_that_hold_it(
    passages: list[list[int]], word: int
) -> None:
    owners, shares = index(passages).column(word)
    assert owners.tolist() == [n for n, words in enumerate(passages) if word in words]
    assert (shares > 0).all()


def test_without_passages_there_are_no_scores() -> None:
    nothing = np.zeros(0, dtype=np.int32)
    assert len(BM25(nothing, nothing, 0, 0).scores([])) == 0
