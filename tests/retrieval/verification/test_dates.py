"""Dates and times, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given

from retrieval.verification.dates import Date, dates
from tests.retrieval.texts import texts


def only(text: str) -> Date:
    [found] = dates(text)
    return found


@pytest.mark.parametrize(
    "text", ["il 12 luglio 2023", "July 12, 2023", "12 July 2023", "12/07/2023", "2023-07-12"]
)
def test_a_day_is_the_same_in_all_its_forms(text: str) -> None:
    for other in ("12 luglio 2023", "July 2023", "a luglio", "12/07/2023"):
        assert only(text).says(only(other))
    for other in ("13 luglio 2023", "12 giugno 2023", "12 July 2022"):
        assert not only(text).says(only(other))


@pytest.mark.parametrize("text", ["il 12 luglio 2023⁴", "July 12, 2023²", "2023-07-12³"])
def test_a_notes_mark_is_no_figure_of_a_date(text: str) -> None:
    assert only(text).says(only("12 luglio 2023"))


def test_less_is_said_by_more_and_not_the_reverse() -> None:
    assert only("il 12 luglio").says(only("in July"))
    assert not only("in July").says(only("il 12 luglio"))


@pytest.mark.parametrize("text", ["anni '90", "anni Novanta", "gli anni 90", "1990s", "nineties"])
def test_a_decade_is_the_same_in_all_its_forms(text: str) -> None:
    assert only(text).decade == 90


@pytest.mark.parametrize(
    ("one", "other"), [("alle 15:30", "at 3:30 pm"), ("alle 9", "at 9 am"), ("alle 9.30", "9:30")]
)
def test_a_time_is_the_same_in_both_languages(one: str, other: str) -> None:
    assert only(one).says(only(other))
    assert not only(one).says(only("alle 4:35"))


def test_weekdays_are_the_same_in_both_languages() -> None:
    assert only("mercoledì").says(only("Wednesday"))
    assert not only("mercoledì").says(only("Tuesday"))


@pytest.mark.parametrize(
    "text", ["may open", "to march", "2.500 persone", "1.200 oggetti", "20 anni"]
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert list(dates(text)) == []


@given(texts)
def test_no_text_confuses_it(text: str) -> None:
    for date in dates(text):
        assert 0 <= date.start < date.end <= len(text)
        assert date.says(date)
