"""Finding quotes, and how much of them is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.chunking import chunk
from retrieval.types import Span
from retrieval.verification.quotes import is_fragment, locate, resembling, whole, with_sentences
from tests.retrieval.texts import passage_of, source_of, texts

TEXT = "Il faro fu acceso nel 1871. «Si vede da lontano», ha detto Ines. Costa 4 euro."
PASSAGE = passage_of(
    TEXT,
    "Il faro fu acceso nel 1871.",
    "«Si vede da lontano», ha detto Ines.",
    "Costa 4 euro.",
)


def found(quote: str) -> str | None:
    span = locate(quote, TEXT, PASSAGE)
    return TEXT[span.start : span.end] if span else None


def test_marks_around_a_quote_are_no_part_of_it() -> None:
    assert found("“Il faro fu acceso nel 1871”") == "Il faro fu acceso nel 1871"
    assert found("fu acceso,") == "fu acceso"


def test_an_ellipsis_spans_what_it_leaves_out() -> None:
    assert found("Il faro … nel 1871") == "Il faro fu acceso nel 1871"
    assert found("nel 1871 … Il faro") is None
    assert found("… … …") is None


def test_a_quote_with_changed_words_leads_to_where_it_comes_from() -> None:
    span = resembling("Il faro fu acceso nel 1872.", TEXT, PASSAGE)
    assert span is not None
    assert span.start == 0
    assert resembling("Il pesce è fresco.", TEXT, PASSAGE) is None


def test_one_or_two_words_or_half_a_word_are_a_fragment() -> None:
    assert is_fragment(Span(0, 7), TEXT)
    assert is_fragment(Span(1, 26), TEXT)
    assert not is_fragment(Span(0, 26), TEXT)


@given(texts, st.data())
def test_what_has_grown_whole_grows_no_more(text: str, data: st.DataObject) -> None:
    for passage in chunk(source_of(text)):
        start = data.draw(st.integers(passage.start, passage.end - 1))
        span = Span(start, data.draw(st.integers(start + 1, passage.end)))
        grown = whole(span, text, passage)
        assert passage.start <= grown.start <= span.start < span.end <= grown.end <= passage.end
        assert whole(grown, text, passage) == grown


@given(texts)
def test_a_passage_without_sentences_gets_some(text: str) -> None:
    if text.strip():
        passage = passage_of(text)
        assert with_sentences(text, passage) == passage
