"""Dates as documents write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.days import as_iso, day_in_words


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023-06-28", "2023-06-28"),
        ("2023-06-28T10:30:00+02:00", "2023-06-28"),
        ("2023-06", "2023-06"),
        ("2023", "2023"),
        ("28 giugno 2023", "2023-06-28"),
        ("mercoledì 28 giugno 2023, ore 10:30", "2023-06-28"),
        ("June 28, 2023", "2023-06-28"),
        ("giugno 2023", "2023-06"),
        ("28/06/2023", "2023-06-28"),
        ("06/28/2023", "2023-06-28"),
        ("3 maggio 2023 (aggiornato il 5 maggio 2023)", "2023-05-03"),
    ],
)
def test_a_date_is_read_however_it_is_written(written: str, day: str) -> None:
    assert as_iso(written) == day


@pytest.mark.parametrize(
    "written", ["", "07/12/2023", "28 giugno", "ieri", "2023-13-45", "2023-02-30", "12345-678"]
)
def test_what_cannot_be_told_is_not_guessed(written: str) -> None:
    assert as_iso(written) == ""


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_in_iso_stays_as_it_is(day: date) -> None:
    assert as_iso(str(day)) == str(day)


def test_a_day_is_said_in_the_readers_language_or_left_as_it_is_written() -> None:
    assert day_in_words("28 giugno 2023", "en") == "28 June 2023"
    assert day_in_words("2023-06", "it") == "giugno 2023"
    assert day_in_words("2023", "it") == "2023"
    assert day_in_words(" estate 2023 ", "en") == "estate 2023"
