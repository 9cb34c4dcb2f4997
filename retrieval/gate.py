"""Lets a model's claims through one by one, as they are written."""

from __future__ import annotations

from collections import Counter

from retrieval.answering import Found
from retrieval.proposals import Proposal
from retrieval.types import Claim, Quote
from retrieval.verification import find


class Gate:
    """What has passed of one output. ``claims`` are in the order they were written."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._outcomes: Counter[str] = Counter()
        self.claims: list[Claim] = []
        self.left_out = False

    @property
    def outcomes(self) -> tuple[tuple[str, int], ...]:
        """How many claims came to what."""
        return tuple(sorted(self._outcomes.items()))

    def take(self, proposal: Proposal) -> bool:
        """Check a claim; tell whether there is one more to show."""
        quotes = []
        for citation in proposal.citations:
            if not 1 <= citation.passage <= len(self._found.passages):
                continue
            passage = self._found.passages[citation.passage - 1]
            source = self._found.source(passage.source)
            if source is None:
                continue
            place = find(citation.quote, source.text, passage.start, passage.end)
            if place:
                text = source.text[slice(*place)]
                quotes.append(
                    Quote(source.id, source.title, source.content_hash, *place, text, passage)
                )
        if not quotes:
            self._outcomes["dropped"] += 1
            self.left_out = True
            return False
        self._outcomes["mended"] += 1
        self.claims.append(Claim(quotes[0].text, tuple(quotes)))
        return True
