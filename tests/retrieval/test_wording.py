"""The words around quotes are there in both languages, and leave quotes as they are."""

from __future__ import annotations

import dataclasses

import pytest

from retrieval.types import Language
from retrieval.wording import quoted, wording
from retrieval.words import detect_language


@pytest.mark.parametrize("language", ["it", "en"])
def test_everything_is_said_in_its_own_language(language: Language) -> None:
    said = dataclasses.asdict(wording(language))
    assert all(said.values())
    assert detect_language(" ".join(said.values())) == language


@pytest.mark.parametrize(
    ("text", "italian", "english"),
    [
        ("La NATO ha 31 membri.", "«La NATO ha 31 membri.»", "“La NATO ha 31 membri.”"),
        ("Disse «sì».", "“Disse «sì».”", "“Disse «sì».”"),
        ("He said “yes”.", "«He said “yes”.»", "«He said “yes”.»"),
        ("… detto» prima", "“… detto» prima”", "“… detto» prima”"),
        ("“Sì”, non «no»", "““Sì”, non «no»”", "«“Sì”, non «no»»"),
    ],
)
def test_quotation_marks_are_the_languages_unless_they_clash_with_those_inside(
    text: str, italian: str, english: str
) -> None:
    assert quoted(text, "it") == italian
    assert quoted(text, "en") == english


@pytest.mark.parametrize("language", ["it", "en"])
def test_apostrophes_are_typographic_as_in_the_rest_of_what_people_read(
    language: Language,
) -> None:
    assert not [said for said in dataclasses.asdict(wording(language)).values() if "'" in said]
