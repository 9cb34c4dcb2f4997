"""Whatever a text holds, it is shown and never obeyed."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation.markup import Markup, escape, join, tag

anything = st.text(st.characters())  # half surrogate pairs too


def test_elements_hold_text_and_each_other() -> None:
    made = tag("p", "a < b", tag("b", "&"), Markup("<i>c</i>"), class_="x", aria_label='"q"')
    assert made == ('<p class="x" aria-label="&quot;q&quot;">a &lt; b<b>&amp;</b><i>c</i></p>')


def test_empty_elements_close_themselves_and_others_do_not() -> None:
    assert tag("meta", charset="utf-8") == '<meta charset="utf-8" />'
    assert tag("p") == "<p></p>"


def test_numbers_are_short_and_what_is_none_is_left_out() -> None:
    assert tag("circle", r=2.0, cx=1 / 3, id=None) == '<circle r="2" cx="0.33" />'


@given(anything, anything)
def test_any_text_comes_back_from_the_markup_as_it_was(text: str, value: str) -> None:
    element = ElementTree.fromstring(tag("p", text, title=value))
    shown = "".join(element.itertext())
    assert len(list(element)) == 0
    # A parser turns carriage returns into line ends.
    assert len(shown) <= len(text)
    assert join(text) == escape(text)


def test_what_no_page_can_hold_is_shown_as_unknown() -> None:
    assert escape("a\x00b\ud800c\x1b") == "a\ufffdb\ufffdc\ufffd"
