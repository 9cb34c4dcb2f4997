"""Lets a model's claims through one by one, as they are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from retrieval.verification import Judgement, Outcome, Verified, judge
from retrieval.verification.outcomes import together

if TYPE_CHECKING:
    from retrieval.answering import Found
    from retrieval.proposals import Proposal
    from retrieval.types import Claim, Passage


class Gate:
    """What has passed of one output, claims in the order they were written.

    ``passages`` are those the model was shown, of what was ``found``.
    """

    def __init__(self, found: Found, passages: Sequence[Passage]) -> None:
        self._found = found
        self._passages = passages
        self._judgements: list[Judgement] = []
        self._verified = Verified(())

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Those that may be shown."""
        return self._verified.claims

    @property
    def left_out(self) -> bool:
        """Tell whether something was written that may not be shown."""
        return self._verified.dropped > 0

    @property
    def outcomes(self) -> tuple[tuple[str, int], ...]:
        """How many claims came to what, by :class:`~retrieval.verification.Outcome`."""
        counts = self._verified.outcomes
        return tuple((str(outcome), counts[outcome]) for outcome in Outcome if outcome in counts)

    def take(self, proposal: Proposal) -> bool:
        """Check one more claim; tell whether that changes what may be shown."""
        before = self.claims
        language = self._found.answer.language
        self._judgements.append(judge(proposal, self._passages, self._found.source, language))
        self._verified = together(self._judgements)
        return self.claims != before
