"""What a message is written with goes; what it says stays."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.cleaning import clean


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<b>Quanti</b> membri *ha* _la_ `NATO`?", "Quanti membri ha la NATO?"),
        ("**Quanti** __membri__ ~~ha~~ la _`NATO`_?", "Quanti membri ha la NATO?"),
        ("mem\u200bbri\ufeff della NA\u00adTO \u202e", "membri della NATO"),
        ('<a href="https://x.example">Tokyo</a><br/>e Vienna', "Tokyo e Vienna"),
        ("<<b>i>Tokyo", "Tokyo"),
        ("<TABLE width=3 class='a b'><td>Tokyo</td ></table>", "Tokyo"),
        ("<blockquote expandable>Tokyo</blockquote><tg-spoiler>!</tg-spoiler>", "Tokyo!"),
        ("chi e' Kishida? cos'e’ il Quad? E' vero", "chi è Kishida? cos'è il Quad? È vero"),
    ],
)
def test_markup_and_unseen_characters_are_left_out(written: str, said: str) -> None:
    assert clean(written) == said


@pytest.mark.parametrize(
    "text",
    [
        "2*3 fa 6?",
        "snake_case",
        "a < b e b > c",
        "List<String>",
        "a<b and c>d",
        "a<p o q>d",
        "<Stoltenberg>",
        "x <3 y",
        "5 * 7",
        "l'ufficio",
        "",
        "«*»",
    ],
)
def test_what_only_looks_like_markup_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    "text", ["<" * 4000 + "b>" * 2000, "<b " * 2000 + "b>" * 1000, "a" + "_" * 8000 + "b"]
)
def test_however_deep_markup_goes_it_is_read_at_once(text: str) -> None:
    begun = time.process_time()
    clean(text)
    assert time.process_time() - begun < 1


@given(st.text("<>/ab*_`~ \u200b", max_size=40))
def test_nothing_is_left_to_clean(text: str) -> None:
    assert clean(clean(text)) == clean(text)
