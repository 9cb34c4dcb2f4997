"""The gate for claims that were made of quotes from the start. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.types import Claim, Quote, Source
from retrieval.verification.outcomes import Outcome, Verified
from retrieval.verification.quotes import find

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


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
    kept = sum(claim in claims for claim in passed)
    return Verified(
        tuple(passed),
        {
            Outcome.KEPT: kept,
            Outcome.QUOTE_MENDED: len(passed) - kept,
            Outcome.DROPPED: len(claims) - len(passed),
        },
    )


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


def _figures(text: str) -> frozenset[str]:
    return frozenset(match.replace(",", ".") for match in _FIGURE.findall(text))
