"""A passage as it is shown: all of it with the quote in bold, or from the quote on."""

from __future__ import annotations

from bot.excerpts import LEAD, by_passage, one_line, pieces
from retrieval import Span
from tests.bot.fakes import a_passage, a_quote

SENTENCE = "Il vertice di Tokyo si è svolto a porte chiuse, come aveva chiesto il Giappone. "
TEXT = SENTENCE * 2 + "I membri sono 32. Tutti erano presenti."


def test_the_quote_is_bold_and_nothing_is_lost() -> None:
    start = TEXT.index("I membri")
    found = pieces(a_passage(TEXT), [Span(start, start + 17)])
    assert "".join(text for text, _ in found) == TEXT
    assert [text for text, bold in found if bold] == ["I membri sono 32."]


def test_where_only_the_first_lines_are_seen_the_quote_is_among_them() -> None:
    start = TEXT.index("I membri")
    found = pieces(a_passage(TEXT), [Span(start, start + 17)], lead=LEAD)
    assert found == [
        ("… ", False),
        ("I membri sono 32.", True),
        (" Tutti erano presenti.", False),
    ]
    near = TEXT.index("si è svolto")
    assert pieces(a_passage(TEXT), [Span(near, near + 11)], lead=LEAD)[0] == (TEXT[:near], False)


def test_quotes_of_one_passage_are_shown_together() -> None:
    first, second = a_passage(TEXT), a_passage(TEXT, start=500)
    quotes = [a_quote(first, "32"), a_quote(second, "32"), a_quote(first, "Tutti")]
    assert [numbers for numbers, _ in by_passage(quotes)] == [[1, 3], [2]]


def test_a_long_title_takes_one_line() -> None:
    assert one_line("Il\n vertice") == "Il vertice"
    assert len(one_line("a" * 500)) == 120
