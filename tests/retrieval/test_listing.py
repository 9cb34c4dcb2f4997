"""Claims are listed with their markers, and what answers is found again in the lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.listing import listed
from retrieval.types import Claim, Language, Passage, Quote, Span

TEXT = "La NATO ha 31 membri. È nata nel 1949."
PASSAGE = Passage("a", 0, len(TEXT), TEXT, (Span(0, 21), Span(22, len(TEXT))))


def a_quote(words: str, *marked: str) -> Quote:
    start = TEXT.index(words)
    spans = tuple(Span(TEXT.index(each), TEXT.index(each) + len(each)) for each in marked)
    quote = Quote("a", "A", "0" * 64, start, start + len(words), words, PASSAGE)
    return replace(quote, highlights=spans)


MEMBERS = a_quote("La NATO ha 31 membri.", "31 membri")
YEAR = a_quote("È nata nel 1949.", "1949")


@pytest.mark.parametrize(("language", "opening"), [("it", "«"), ("en", "“")])
def test_highlights_are_where_their_words_are_whatever_the_marks(
    language: Language, opening: str
) -> None:
    claims = (Claim(MEMBERS.text, (MEMBERS, YEAR)), Claim(YEAR.text, (YEAR,)))
    text, spans = listed("Ecco:", claims, language)
    first, *lines = text.split("\n")
    assert first == "Ecco:"
    assert [line[0] for line in lines] == [opening] * 2
    assert [line.rpartition(" ")[2] for line in lines] == ["[1][2]", "[3]"]
    assert [text[span.start : span.end] for span in spans] == ["31 membri", "1949"]


def test_a_claim_in_other_words_than_its_quotes_marks_none_of_them() -> None:
    text, spans = listed("", (Claim("Sono trentuno.", (MEMBERS,)),), "it")
    assert text == "\n«Sono trentuno.» [1]"
    assert spans == ()
