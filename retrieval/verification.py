"""The one gate all claims pass: none leaves without a quote found in its source. Pure.

One normalisation is allowed when looking for a quote, since writers of quotes retype them: kinds of
white space, quotation marks and dashes count as equal, and so do capitals. What is then shown is
the source's own text, never the retyped one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from retrieval.types import Claim, Quote, Source

_MARKS = str.maketrans("“”„«»‘’`´–—−‑", '"""""\'\'\'\'----')
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Verified:
    """What passed, and how many claims did not."""

    claims: tuple[Claim, ...]
    dropped: int


def verify(claims: Sequence[Claim], source: Callable[[str], Source | None]) -> Verified:
    """Let through the claims whose quotes stand in their sources and hold the claim's figures.

    A quote that isn't at its offsets is looked for in its passage and mended; one that isn't
    there is dropped, and a claim without quotes goes with it. ``source`` gives a source by its
    id, or None.
    """
    passed = []
    for claim in claims:
        quotes = tuple(q for quote in claim.quotes if (q := _mended(quote, source(quote.source))))
        if quotes and _figures(claim.text) <= _figures(" ".join(q.text for q in quotes)):
            passed.append(replace(claim, quotes=quotes))
    return Verified(tuple(passed), len(claims) - len(passed))


def _mended(quote: Quote, source: Source | None) -> Quote | None:
    if source is None or source.content_hash != quote.content_hash:
        return None
    if source.text[quote.start : quote.end] == quote.text:
        return quote
    passage = quote.passage
    found = find(quote.text, source.text, passage.start, passage.end)
    if found is None:
        return None
    start, end = found
    text = source.text[start:end]
    # Highlights are places of the retyped words; where those aren't the source's, nobody knows.
    return replace(quote, start=start, end=end, text=text, highlights=())


def find(quote: str, text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Find a quote in ``text[start:end]``: its place, or None.

    Exact but for kinds of white space, quotation marks, dashes, and capitals.
    """
    wanted = quote.split()
    if not wanted:
        return None
    pattern = r"\s+".join(re.escape(_plain(word)) for word in wanted)
    match = re.search(pattern, _plain(text[start:end]))
    return (start + match.start(), start + match.end()) if match else None


def _plain(text: str) -> str:
    """Even out marks and capitals, one character for one, so that offsets hold."""
    evened = (c if len(c.lower()) != 1 else c.lower() for c in text.translate(_MARKS))
    return "".join(evened)


def _figures(text: str) -> frozenset[str]:
    return frozenset(match.replace(",", ".") for match in _FIGURE.findall(text))
