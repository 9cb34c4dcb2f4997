"""Passages as they are shown, with what is quoted in bold. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from retrieval import Passage, Quote, Span

LEAD = 80
"""Characters that may stand before the first quote where only the first lines are seen at once."""

_TITLE = 120

Pieces = list[tuple[str, bool]]
"""A text in pieces, and whether each is in bold."""


def pieces(passage: Passage, marked: Sequence[Span], *, lead: int | None = None) -> Pieces:
    """The words of a passage, those ``marked`` in bold; its heading stands elsewhere.

    Where more than ``lead`` characters come before the first of them, these are left out.
    """
    begin = passage.sentences[0].start if passage.sentences else passage.start
    begin = min([begin, *(span.start for span in marked)])
    cut = lead is not None and bool(marked) and marked[0].start - begin > lead
    if cut:
        begin = min(span.start for span in marked)
    edges = {begin, passage.end}
    for span in marked:
        edges |= {span.start, span.end}
    found: Pieces = []
    for start, end in pairwise(sorted(edges)):
        text = passage.text[start - passage.start : end - passage.start]
        bold = any(span.start <= start and end <= span.end for span in marked)
        if found and found[-1][1] == bold:
            text = found.pop()[0] + text
        found.append((text, bold))
    return [("… ", False), *found] if cut else found


def by_passage(quotes: Iterable[Quote]) -> list[tuple[list[int], list[Quote]]]:
    """Quotes that share a passage, together, with their numbers from 1."""
    groups: dict[tuple[str, str], tuple[list[int], list[Quote]]] = {}
    for number, quote in enumerate(quotes, start=1):
        numbers, together = groups.setdefault((quote.content_hash, quote.passage.id), ([], []))
        numbers.append(number)
        together.append(quote)
    return list(groups.values())


def one_line(text: str) -> str:
    """A title or the like in one line of fair length."""
    line = " ".join(text.split())
    return line if len(line) <= _TITLE else line[: _TITLE - 1].rstrip() + "…"
