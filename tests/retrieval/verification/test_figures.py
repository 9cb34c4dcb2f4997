"""Numbers, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.verification.figures import figures
from tests.retrieval.texts import texts


def values(text: str) -> list[tuple[float, str]]:
    return [(max(figure.values), figure.unit) for figure in figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ventidue", [(22, "")]),
        ("twenty-two", [(22, "")]),
        ("trentuno", [(31, "")]),
        ("duecentocinquantuno", [(251, "")]),
        ("two hundred and fifty-one", [(251, "")]),
        ("one hundred and twenty thousand", [(120_000, "")]),
        ("1.000", [(1_000, "")]),
        ("1,000", [(1_000, "")]),
        ("1 000", [(1_000, "")]),
        ("mille", [(1_000, "")]),
        ("300mila", [(300_000, "")]),
        ("3,5 milioni di euro", [(3_500_000, "€")]),
        ("€3.5 million", [(3_500_000, "€")]),
        ("tre milioni e mezzo di euro", [(3_500_000, "€")]),
        ("half a million", [(500_000, "")]),
        ("mezzo milione", [(500_000, "")]),
        ("il dieci per cento", [(10, "%")]),
        ("ten per cent", [(10, "%")]),
        ("10%", [(10, "%")]),
        ("un terzo", [(1 / 3, "")]),
        ("two thirds", [(2 / 3, "")]),
        ("vent'anni", [(20, "year")]),
        ("una cinquantina", [(50, "")]),
        ("una sola persona", [(1, "")]),
        ("una persona", []),
        ("no one asked", []),
        ("trains due to leave", []),
        ("secondo il giornale", []),
        ("prima del vertice", []),
        ("nel 1974 ha aperto", [(1974, "")]),
        ("B52", []),
    ],
)
def test_numbers_are_read_in_both_languages(text: str, expected: list[tuple[float, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize("text", ["XX secolo", "20th century", "ventesimo secolo", "nel Novecento"])
def test_a_century_is_an_ordinal(text: str) -> None:
    [figure] = figures(text)
    assert figure.kind == "ordinal"
    assert figure.values == {20}


def test_a_point_may_part_thousands_or_decimals() -> None:
    [figure] = figures("1.234")
    assert figure.values == {1234, 1.234}


@given(st.integers(0, 999_999))
def test_digits_are_read_as_they_are(number: int) -> None:
    for text in (f"{number}", f"{number:,}", f"{number:,}".replace(",", ".")):
        [figure] = figures(text)
        assert number in figure.values


@given(texts)
def test_no_text_confuses_it(text: str) -> None:
    for figure in figures(text):
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.values
