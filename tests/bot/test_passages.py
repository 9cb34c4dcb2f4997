"""What the buttons of passages say, and how an opened passage looks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.entities import MAX_UNITS
from bot.locales import words_in
from bot.passages import Asked, in_rows, passage_part
from bot.replies import Button
from bot.shown import ShownQuote
from retrieval import Opening, Place, Source, Standing
from tests.bot.fakes import TEXT, a_passage, an_opening

ID = "Ab-_56789012345x"
QUOTE = ShownQuote("vertice", "Il vertice", "0" * 64, 32, 63, "I membri dell’alleanza sono 32.")
BACK = Button("Torna", f"p:{ID}")


@given(
    st.from_regex(r"[A-Za-z0-9_-]{16}", fullmatch=True),
    st.none() | st.integers(0, 99),
    st.none() | st.integers(0, 999_999_999),
)
def test_what_a_button_says_is_read_as_it_was_meant(
    answer: str, quote: int | None, start: int | None
) -> None:
    reads_on = quote is not None and start is not None
    asked = Asked(answer, quote, start, "0123abcd") if reads_on else Asked(answer, quote)
    assert Asked.read(asked.data()) == asked
    assert len(asked.data().encode()) <= 64
    if quote is not None:
        assert Asked.read(asked.payload()) == Asked(answer, quote)
        assert len(asked.payload()) <= 64


@pytest.mark.parametrize("data", ["", "p", "p:", f"p:{ID}:", f"p:{ID}:1:2", f"p:{ID}:1\n", "p_x_1"])
def test_what_no_button_says_is_nothing(data: str) -> None:
    assert Asked.read(data) is None


def test_buttons_share_a_row_where_they_fit() -> None:
    some = tuple(Button(f"[{n}]", f"p:{n}") for n in range(7))
    assert [len(row) for row in in_rows(some[:6], some[:2])] == [8]
    assert [len(row) for row in in_rows(some, some[:2])] == [7, 2]
    assert in_rows((), some[:2]) == (some[:2],)


def looks(opening: Opening, mark: Place | None = None) -> tuple[str, list[str], list[str]]:
    """The text of an opened passage, what is bold in it, and what its buttons say."""
    part = passage_part(Asked(ID, 1), QUOTE, opening, words_in("en"), mark=mark, back=BACK)
    units = part.text.encode("utf-16-le")
    bold = [
        units[2 * e.offset : 2 * (e.offset + e.length)].decode("utf-16-le")
        for e in part.entities
        if e.type == "bold"
    ]
    return part.text, bold, [button.text for row in part.buttons for button in row]


def test_at_the_ends_of_a_source_there_is_no_further_to_go() -> None:
    first = an_opening(replace(QUOTE.place, start=0, end=5))
    assert looks(first)[2][:2] == ["1 of 3", "Next ▶"]
    last = an_opening(replace(QUOTE.place, start=len(TEXT) - 5, end=len(TEXT)))
    assert looks(last)[2][:2] == ["◀ Previous", "3 of 3"]
    alone = replace(first, after=None, count=1)
    assert looks(alone)[2] == ["Torna", "Open the source ↗"]


def test_it_says_whose_words_these_are() -> None:
    source = Source("v", "v.pdf", "Il vertice", TEXT, "ANSA", "3 May", pages=(0, 20))
    text, bold, _ = looks(replace(an_opening(QUOTE.place), source=source), QUOTE.place)
    assert text.startswith("[1] Il vertice\np. 2 · ANSA · 3 May\n\n")
    assert bold == ["[1] Il vertice", "I membri dell’alleanza sono 32."]


def test_of_what_is_gone_the_title_is_left() -> None:
    text, _, buttons = looks(Opening(Standing.GONE, QUOTE.place))
    assert text == f"[1] Il vertice\n\n{words_in('en')('passage-gone')}"
    assert buttons == ["Torna"]


@given(st.integers(0, 5_000), st.sampled_from("aè🙂"))
def test_a_passage_of_any_length_fits_into_a_message_with_its_quote(at: int, letter: str) -> None:
    text = f"{letter * 9} " * 600
    place = Place("v", "0" * 64, at, at + 40)
    opening = replace(an_opening(place), passage=a_passage(text))
    part = passage_part(Asked(ID, 1), QUOTE, opening, words_in("it"), mark=place, back=None)
    assert len(part.text.encode("utf-16-le")) // 2 <= MAX_UNITS
    assert len([entity for entity in part.entities if entity.type == "bold"]) == 2
