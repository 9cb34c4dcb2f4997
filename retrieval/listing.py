"""Claims as the lines of an answer, and where in it the words are that answer. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.types import Claim, Language, Span
from retrieval.wording import quoted


def listed(
    opening: str,
    claims: Sequence[Claim],
    language: Language,
    notes: Sequence[str] = (),
    *,
    first: int = 1,
) -> tuple[str, tuple[Span, ...]]:
    """List claims below a line that opens them, and say where in all that their highlights are.

    ``notes`` stand after the markers, one for each claim, where there are any. The quotes are
    numbered from ``first`` on.
    """
    text, marker, highlights = opening, first - 1, list[Span]()
    for claim, note in zip(claims, notes or [""] * len(claims), strict=True):
        markers = range(marker + 1, marker + 1 + len(claim.quotes))
        marker += len(claim.quotes)
        line = quoted(claim.text, language)
        start = len(text) + 1 + line.index(claim.text)
        text += f"\n{line} {''.join(f'[{number}]' for number in markers)}{note and f' {note}'}"
        quote = claim.quotes[0]
        if quote.text == claim.text:
            shift = start - quote.start
            highlights += [Span(s.start + shift, s.end + shift) for s in quote.highlights]
    return text, tuple(highlights)
