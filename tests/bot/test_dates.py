"""Days and moments as people write them."""

from __future__ import annotations

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.dates import (
    day_in_words,
    duration_in_words,
    generation_in_words,
    local_day_in_words,
    moment_in_words,
)


def test_a_day_is_said_as_each_language_says_it() -> None:
    assert day_in_words("2026-11-26", "it") == "26 novembre 2026"
    assert day_in_words("2026-11-26", "en") == "26 November 2026"
    assert day_in_words("2026-11-26T18:40:00+00:00", "it") == "26 novembre 2026"
    assert day_in_words("2026-05-01", "it") == "1 maggio 2026"


def test_a_month_alone_is_given_no_day() -> None:
    assert day_in_words("2026-11", "it") == "novembre 2026"
    assert day_in_words("2026-11", "en") == "November 2026"


def test_a_date_in_a_documents_own_words_is_said_in_the_readers_language() -> None:
    assert day_in_words("mercoledì 28 giugno 2023", "en") == "28 June 2023"
    assert day_in_words("June 28, 2023", "it") == "28 giugno 2023"
    assert day_in_words("20 marzo 2024", "it") == "20 marzo 2024"


@pytest.mark.parametrize("written", ["07/12/2023", "2024", "", "2026-13-40", "2026-13", "ieri"])
def test_what_is_no_day_that_can_be_told_stays_as_it_is(written: str) -> None:
    assert day_in_words(written, "it") == written


def test_a_moment_is_said_by_the_readers_clock() -> None:
    at = "2026-11-26T23:40:00+00:00"
    assert moment_in_words(at, "it", ZoneInfo("Europe/Rome")) == "27 novembre 2026, 00:40"
    assert moment_in_words(at, "en", ZoneInfo("Europe/London")) == "26 November 2026, 23:40"
    assert moment_in_words(at, "en", UTC) == "26 November 2026, 23:40 UTC"


def test_the_day_of_a_moment_is_that_of_the_readers_clock_too() -> None:
    at = "2026-11-26T23:40:00+00:00"
    assert local_day_in_words(at, "it", ZoneInfo("Europe/Rome")) == "27 novembre 2026"
    assert local_day_in_words(at, "en", ZoneInfo("America/New_York")) == "26 November 2026"
    assert local_day_in_words("2026-11-26", "it") == "26 novembre 2026"
    assert local_day_in_words("ieri", "it") == "ieri"


def test_a_moment_nobody_can_read_stays_as_it_is() -> None:
    assert moment_in_words("", "it") == ""
    assert moment_in_words("poco fa", "it") == "poco fa"


def test_a_generation_is_named_by_when_it_was_made() -> None:
    name = "20261126T174000123456Z-a1b2c3"
    assert generation_in_words(name, "it", ZoneInfo("Europe/Rome")) == "26 novembre 2026, 18:40"
    assert generation_in_words(name, "en", UTC) == "26 November 2026, 17:40 UTC"
    assert generation_in_words("g1", "en") == "g1"


def test_how_long_something_lasts_is_said_in_its_largest_unit() -> None:
    for seconds, it, en in (
        (5, "1 minuto", "1 minute"),
        (360, "6 minuti", "6 minutes"),
        (3700, "1 ora", "1 hour"),
        (200_000, "2 giorni", "2 days"),
    ):
        assert duration_in_words(timedelta(seconds=seconds), "it") == it
        assert duration_in_words(timedelta(seconds=seconds), "en") == en
