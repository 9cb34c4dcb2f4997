"""Hypothesis strategies: texts as kind and as unkind as documents get."""

from __future__ import annotations

from hypothesis import strategies as st

from retrieval.types import Passage, Source, Span

_PIECES = st.sampled_from(
    """
    Roma La NATO ha 31 membri 3,5 1.000 d.C. S.p.A. dott. Mr. e.g. J. F. perché così è
    ! ? … ... . , ; : « » “ ” ( ) " ' — - * # ## ### 1. 2) • |a|b| --- *** === >
    😀 👨‍👩‍👧 é e\u0301 \u0301 ﾞ ß ﬁ 日本語。 العربية ½ ² _ \u200b
    """.split()
)
_GAPS = st.sampled_from(
    [" ", " ", " ", "", "\n", "\n\n", "\t", "  ", "\u00a0", "\u2028", "\x0b", "\x85", "\n \n"]
)
_PROSE = st.lists(st.tuples(_PIECES, _GAPS), max_size=60).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)
_ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
_LONG = st.tuples(st.one_of(_PIECES, st.just("x")), st.integers(500, 2_500)).map(
    lambda pair: pair[0] * pair[1]
)

texts = st.one_of(
    _PROSE, _PROSE, _ANY, _LONG, st.lists(st.one_of(_PROSE, _LONG), max_size=3).map("\n".join)
)
"""Anything a file may hold: prose, headings, lists, emoji, odd white space, endless lines."""


def source_of(text: str, name: str = "a") -> Source:
    """Make a source of a text."""
    return Source(id=name, path=f"{name}.md", title=name.upper(), text=text)


def passage_of(text: str, *sentences: str, name: str = "a") -> Passage:
    """Make one passage of a whole text; ``sentences`` are found in it in order."""
    spans, position = [], 0
    for sentence in sentences or (text,):
        start = text.index(sentence, position)
        position = start + len(sentence)
        spans.append(Span(start, position))
    return Passage(name, 0, len(text), text, tuple(spans))
