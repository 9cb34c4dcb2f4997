"""Whatever is written arrives whole, with every look on its words (`make measure` sends 5,000)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.bot.odd_texts import Way, texts

WAY = Way()


@settings(max_examples=200, deadline=None)
@given(texts)
def test_no_text_is_refused_changed_or_lost_on_its_way(text: str) -> None:
    WAY.arrives(text)


ODDEST = (
    "",
    "\x00",
    "\u202eabc",
    "\u200b" * 4_082,
    "x" * 10_000,
    "<&" * 5_000,
    "e\u0301" * 5_000,
    "a\n" * 5_000,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 1_500,
)


@pytest.mark.parametrize("number", range(len(ODDEST)))
def test_the_oddest_ones_too(number: int) -> None:
    WAY.arrives(ODDEST[number])
