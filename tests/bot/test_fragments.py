"""Links lead to the quoted words, and what can't be a link is none."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fragments import LONGEST, link_to

PAGE = "https://example.org/a"


def fragment(text: str, words: str, link: str = PAGE) -> str:
    """What is behind ``:~:text=`` for words of a text."""
    start = text.index(words)
    return link_to(link, text, start, start + len(words)).partition(":~:text=")[2]


def test_few_words_are_named_whole_and_many_by_their_ends() -> None:
    assert fragment("Prima. Sono 31 membri.", "Sono 31 membri.") == "Sono%2031%20membri."
    text = "uno due tre quattro cinque sei sette otto nove dieci undici"
    assert fragment(text, text) == (
        "uno%20due%20tre%20quattro%20cinque,sette%20otto%20nove%20dieci%20undici"
    )
    assert fragment("Uno due.\n\nTre quattro.", "Uno due.\n\nTre quattro.") == (
        "Uno%20due.,Tre%20quattro."
    )


def test_what_means_something_in_a_fragment_is_encoded() -> None:
    assert fragment("un e-mail, A&B #1", "un e-mail, A&B #1") == "un%20e%2Dmail%2C%20A%26B%20%231"
    assert fragment("«È già»", "«È già»") == "%C2%AB%C3%88%20gi%C3%A0%C2%BB"


def test_words_that_stand_twice_are_told_by_what_stands_around_them() -> None:
    text = "Ieri erano 31 membri. Oggi sono 31 membri."
    start = text.rindex("31 membri.")
    link = link_to(PAGE, text, start, start + 10)
    assert link == f"{PAGE}#:~:text=membri.%20Oggi%20sono-,31%20membri."
    assert link_to(PAGE, "Sono 3. Sono 3.", 0, 7).endswith("#:~:text=Sono%203.,-Sono%203.")


def test_markdown_is_no_part_of_a_page() -> None:
    text = "## Il **vertice** di [Tokyo](https://x.org)"
    assert fragment(text, text) == "Il%20vertice%20di%20Tokyo"
    assert link_to(PAGE, "| a | b |", 0, 9) == PAGE


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://example.org/a#cap", "https://example.org/a#cap:~:text=Uno."),
        ("https://example.org/a.pdf", "https://example.org/a.pdf#page=3"),
        ("https://example.org/a.docx", "https://example.org/a.docx"),
        ("https://t.me/canale/7", "https://t.me/canale/7"),
        ("https://example.org/caffè", "https://example.org/caff%C3%A8#:~:text=Uno."),
        ("ftp://example.org/a", ""),
        ("javascript:alert(1)", ""),
        ("https://localhost/a", ""),
        ("https://[x", ""),
        ("https://example.org/" + "a" * LONGEST, ""),
    ],
)
def test_each_kind_of_address_gets_what_it_knows(link: str, expected: str) -> None:
    assert link_to(link, "Uno.", 0, 4, page=3) == expected


@given(st.text(min_size=1, max_size=3000), st.data())
def test_whatever_the_words_the_link_is_short_and_ascii(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    link = link_to(PAGE, text, start, end)
    assert link.isascii()
    assert len(link) <= LONGEST
    assert not set(link) & set(' \n"<>')
    assert urlsplit(link)._replace(fragment="").geturl() == PAGE
    for part in urlsplit(link).fragment.partition(":~:text=")[2].split(","):
        assert "-" not in part[1:-1]
        unquote(part, errors="strict")
