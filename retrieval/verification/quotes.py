"""Finding a quote in a source, and how far what is shown of it must reach. Pure.

One normalisation is allowed when looking for a quote, since writers of quotes retype them: kinds of
white space, quotation marks and dashes count as equal, and so do capitals. What is then shown is
the source's own text, never the retyped one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher

from retrieval.extent import extent
from retrieval.sentences import split_sentences
from retrieval.types import Passage, Span
from retrieval.words import words

_MARKS = str.maketrans("“”„«»‘’`´–—−‑", '"""""\'\'\'\'----')
_ODD_SPACE = re.compile(r"\s\s|[^\S ]")
_ELISION = re.compile(r"\s*(?:\[\s*(?:\.{3}|…)\s*\]|\(\s*(?:\.{3}|…)\s*\)|\.{3}|…)\s*")
_OUTER = " \t\n\"'“”«»„‘’.,;:…"
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
LONGEST = 1_000
"""Characters of a quote; a longer stretch than this between the parts of a quote is none."""

_FEWEST = 3  # a quote of fewer words proves nothing by itself
_COMMON_RUN = 4  # words in a row that make a quote recognisable though others were changed


def find(quote: str, text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Find a quote in ``text[start:end]``: its place, or None.

    Exact but for kinds of white space, quotation marks, dashes, and capitals.
    """
    wanted = quote.split()
    if not wanted:
        return None
    searched = plain(text[start:end])
    plainly = [plain(word) for word in wanted]
    if not _ODD_SPACE.search(searched):  # the same, quicker
        at = searched.find(" ".join(plainly))
        return (start + at, start + at + len(" ".join(plainly))) if at >= 0 else None
    match = re.search(r"\s+".join(map(re.escape, plainly)), searched)
    return (start + match.start(), start + match.end()) if match else None


def plain(text: str) -> str:
    """Even out marks and capitals, one character for one, so that offsets hold."""
    quick = text.translate(_MARKS).lower()
    if len(quick) == len(text):
        return quick
    evened = (c if len(c.lower()) != 1 else c.lower() for c in text.translate(_MARKS))
    return "".join(evened)


def locate(quote: str, text: str, passage: Passage) -> Span | None:
    """Find a quote in a passage of a source's ``text``.

    Marks around the quote are no part of it, and where it leaves words out with an ellipsis, its
    place reaches from its first part to its last.
    """
    start, end = passage.start, passage.end
    place = find(quote, text, start, end)
    if place is None and (inner := quote.strip(_OUTER)) != quote:
        place = find(inner, text, start, end)
    if place is None:
        place = _elided(quote, text, start, end)
    return Span(*place) if place else None


def _elided(quote: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    parts = [part.strip(_OUTER) for part in _ELISION.split(quote)]
    parts = [part for part in parts if part]
    if len(parts) < 2 or any(len(words(part)) < 2 for part in parts):
        return None
    first, position = -1, start
    for part in parts:
        place = find(part, text, position, end)
        if place is None:
            return None
        first = place[0] if first < 0 else first
        position = place[1]
    return (first, position) if position - first <= LONGEST else None


def resembling(quote: str, text: str, passage: Passage) -> Span | None:
    """Find the sentence that a quote with changed words was made from, if it can be told."""
    wanted = [word.folded for word in words(quote)]
    there = words(text[passage.start : passage.end])
    match = SequenceMatcher(
        None, wanted, [word.folded for word in there], autojunk=False
    ).find_longest_match()
    if match.size < max(_COMMON_RUN, 0.3 * len(wanted)):
        return None
    first, last = there[match.b], there[match.b + match.size - 1]
    return Span(passage.start + first.start, passage.start + last.end)


def is_fragment(span: Span, text: str) -> bool:
    """Tell whether a quote is too short to prove anything, or begins or ends inside a word."""
    if len(words(text[span.start : span.end])) < _FEWEST:
        return True
    return any(
        0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
        for at in (span.start, span.end)
    )


def with_sentences(text: str, passage: Passage) -> Passage:
    """Give the passage with its sentences, found anew where it has none."""
    if passage.sentences:
        return passage
    spans: list[Span] = []
    start = passage.start
    for gap in (*_PARAGRAPH.finditer(text, passage.start, passage.end), None):
        end = gap.start() if gap else passage.end
        spans.extend(split_sentences(text, start, end))
        start = gap.end() if gap else end
    return replace(passage, sentences=tuple(spans))


def sentences(span: Span, passage: Passage) -> Span:
    """Grow a place in a passage to the sentences that it touches."""
    touched = [s for s in passage.sentences if s.start < span.end and span.start < s.end]
    if not touched:
        return span
    return Span(min(touched[0].start, span.start), max(touched[-1].end, span.end))


def whole(span: Span, text: str, passage: Passage) -> Span:
    """Grow a place to sentences that are understood by themselves.

    They bring along what they lean on, and who speaks. Growing twice changes nothing.
    """
    grown = sentences(span, passage)
    for _ in passage.sentences:
        reach = grown
        for n, sentence in enumerate(passage.sentences):
            if reach.start <= sentence.start and sentence.end <= reach.end:
                more = extent(text, passage, n)
                grown = Span(min(grown.start, more.start), max(grown.end, more.end))
        if grown == reach:
            break
    return grown
