"""Words that share most of their letter pairs are found, and only those."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.look_alikes import LookAlikes

KNOWN = ["ufficio", "uffici", "presidente", "president", "pane", "cane"]
_WORDS = st.text("abcde", min_size=1, max_size=8)


def found(word: str) -> dict[str, float]:
    numbers, likeness = LookAlikes(KNOWN).find(word)
    return {KNOWN[n]: float(value) for n, value in zip(numbers, likeness, strict=True)}


def test_a_word_is_most_like_itself() -> None:
    assert found("ufficio")["ufficio"] == 1
    assert max(value for word, value in found("ufficio").items() if word != "ufficio") < 1


@pytest.mark.parametrize(
    ("word", "alike"),
    [
        ("uficio", {"ufficio", "uffici"}),
        ("presidenti", {"presidente", "president"}),
        ("zxcv", set()),
        ("", set()),
    ],
)
def test_typing_errors_and_cognates_are_found(word: str, alike: set[str]) -> None:
    assert set(found(word)) == alike


def test_among_no_words_nothing_is_found() -> None:
    assert len(LookAlikes([]).find("ufficio")[0]) == 0


@given(st.lists(_WORDS, max_size=4), st.lists(_WORDS, max_size=20), st.data())
def test_words_compared_with_a_few_are_as_alike_as_when_all_are_searched(
    words: list[str], known: list[str], data: st.DataObject
) -> None:
    alike = LookAlikes(known)
    some = [number for number in range(len(known)) if data.draw(st.booleans())]
    degrees = alike.compare(words, np.array(some, dtype=np.int32))
    assert degrees.shape == (len(words), len(some))
    for word, row in zip(words, degrees, strict=True):
        everywhere = np.zeros(len(known), dtype=np.float32)
        numbers, likeness = alike.find(word)
        everywhere[numbers] = likeness
        np.testing.assert_array_equal(row, everywhere[some])


@given(_WORDS, st.lists(_WORDS, max_size=20))
def test_exactly_those_that_share_three_fifths_of_their_pairs_are_found(
    word: str, known: list[str]
) -> None:
    def pairs(text: str) -> set[str]:
        padded = f"^{text}$"
        return {padded[i : i + 2] for i in range(len(padded) - 1)}

    def dice(other: str) -> float:
        return 2 * len(pairs(word) & pairs(other)) / (len(pairs(word)) + len(pairs(other)))

    numbers, likeness = LookAlikes(known).find(word)
    expected = {n: dice(other) ** 2 for n, other in enumerate(known) if dice(other) > 0.6 + 1e-6}
    exactly = {n for n, other in enumerate(known) if abs(dice(other) - 0.6) <= 1e-6}
    values = dict(zip(numbers.tolist(), likeness.tolist(), strict=True))
    assert set(values) - exactly == set(expected)
    assert all(values[n] == pytest.approx(value, abs=1e-5) for n, value in expected.items())
