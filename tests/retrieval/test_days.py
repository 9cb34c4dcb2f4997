"""Dates as documents write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.days import are_in_order, as_iso, day_in_words


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
        ("2024/11/20", "2024-11-20"),
        ("2024/5/1", "2024-05-01"),
        ("2024.05.01", "2024-05-01"),
        ("20240501", "2024-05-01"),
        ("Pubblicato il 2024/11/20", "2024-11-20"),
        ("28 giugno 2023 – 10:30", "2023-06-28"),
        ("28 giugno 2023 a Roma", "2023-06-28"),
        ("Roma, 28 giugno 2023 - Comunicato", "2023-06-28"),
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


@pytest.mark.parametrize(
    "written",
    [
        "3 giugno 2023 – 20 dicembre 2024",
        "3 giugno – 20 dicembre 2024",
        "dal 3 al 5 maggio 2023",
        "3-5 maggio 2023",
        "giugno-luglio 2023",
        "dal 3 giugno 2023 al 20 dicembre 2024",
        "3 June 2023 to 20 December 2024",
        "2024-01-03/2024-02-01",
        "2023/24",
        "2023-24",
        "2023–2024",
        "anno scolastico 2023/24",
        "2004/05",
    ],
)
def test_a_span_is_no_day_and_stays_as_it_is_written(written: str) -> None:
    assert as_iso(written) == ""
    assert day_in_words(written, "it") == written


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (["2024-03-01", "2023"], True),
        (["2024-03-01", "2024"], False),
        (["2024-03", "2024-03-01"], False),
        (["2024", "2024"], False),  # which came first?
        (["2024-03-01", "2023", "2023-05"], False),
        (["2024-03-01", "2024-03-01", "2023-05"], True),
        (["2024-03-01", ""], False),
    ],
)
def test_dates_are_in_order_only_where_none_may_be_within_another(
    days: list[str], told: bool
) -> None:
    assert are_in_order(days) is told


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_in_iso_stays_as_it_is(day: date) -> None:
    assert as_iso(str(day)) == str(day)


def test_a_day_is_said_in_the_readers_language_or_left_as_it_is_written() -> None:
    assert day_in_words("28 giugno 2023", "en") == "28 June 2023"
    assert day_in_words("2023-06", "it") == "giugno 2023"
    assert day_in_words("2023", "it") == "2023"
    assert day_in_words("2024/05/01", "it") == "1 maggio 2024"
    assert day_in_words(" estate 2023 ", "en") == "estate 2023"
