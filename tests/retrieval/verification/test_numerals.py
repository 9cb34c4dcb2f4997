"""Number words, one by one."""

from __future__ import annotations

import pytest

from retrieval.verification.numerals import digits, long_ordinal, roman, values_of


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("ventuno", 21),
        ("ottantotto", 88),
        ("cento", 100),
        ("centoventi", 120),
        ("tremilacinquecento", 3_500),
        ("millenovecento", 1_900),
        ("ninety", 90),
    ],
)
def test_a_number_word_has_its_worth(word: str, value: int) -> None:
    assert values_of(word) == {value}


@pytest.mark.parametrize("word", ["casa", "cento volte", "milanese", "ventaglio", ""])
def test_other_words_have_none(word: str) -> None:
    assert values_of(word) == frozenset()


def test_ordinals_and_roman_numerals_are_read() -> None:
    assert long_ordinal("dodicesimo") == 12
    assert long_ordinal("cristianesimo") is None
    assert (roman("XIX"), roman("IV"), roman("XXIII")) == (19, 4, 23)


def test_both_decimal_marks_are_read() -> None:
    assert digits("3,5") == digits("3.5") == {3.5}
    assert digits("1.234,5") == digits("1,234.5") == {1234.5}
