"""What became of claims at the gate, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from retrieval.types import Claim


class Outcome(StrEnum):
    """What became of one claim; each claim has one."""

    KEPT = "kept"
    """Its words and quotes as they were written."""

    CITATION_MENDED = "citation_mended"
    """Its words, with the passage that the quote really stands in."""

    QUOTE_MENDED = "quote_mended"
    """Its words, with more or less of the source around the quote, or without a false quote."""

    CLAIM_MENDED = "claim_mended"
    """The source's own words, in place of the claim's."""

    DROPPED = "dropped"
    """Nothing."""


class Reason(StrEnum):
    """What was wrong with a claim. One may have several."""

    NO_SUCH_PASSAGE = "no_such_passage"
    OTHER_PASSAGE = "other_passage"
    QUOTE_NOT_FOUND = "quote_not_found"
    QUOTE_ALTERED = "quote_altered"
    QUOTE_TOO_SHORT = "quote_too_short"
    NO_QUOTE = "no_quote"
    FOREIGN_LINK = "foreign_link"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    FIGURE = "figure"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    CERTAINTY = "certainty"
    ATTRIBUTION = "attribution"
    CONTRADICTION = "contradiction"
    SWAP = "swap"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one claim: the claim to show, or None, and what was wrong with it."""

    outcome: Outcome
    claim: Claim | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """What passed, each claim once, and counts of what became of all and of what was wrong."""

    claims: tuple[Claim, ...]
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    reasons: Mapping[Reason, int] = field(default_factory=dict)

    @property
    def dropped(self) -> int:
        """How many claims did not pass."""
        return self.outcomes.get(Outcome.DROPPED, 0)


def together(judgements: Iterable[Judgement]) -> Verified:
    """Sum up judgements. Claims of the same words become one, with all their quotes."""
    claims: dict[str, Claim] = {}
    outcomes: Counter[Outcome] = Counter()
    reasons: Counter[Reason] = Counter()
    for judgement in judgements:
        outcomes[judgement.outcome] += 1
        reasons.update(judgement.reasons)
        if judgement.claim is not None:
            words = " ".join(judgement.claim.text.casefold().split())
            claims[words] = _joined(claims.get(words), judgement.claim)
    return Verified(tuple(claims.values()), dict(outcomes), dict(reasons))


def _joined(one: Claim | None, other: Claim) -> Claim:
    if one is None or one == other:
        return other
    quotes = sorted((*one.quotes, *other.quotes), key=lambda q: (q.source, q.start, q.end))
    # What a source repeats word by word is quoted from it once: where it says it first.
    first = {(q.source, q.text): q for q in reversed(quotes)}
    return Claim(
        min(one.text, other.text), tuple(q for q in quotes if first[q.source, q.text] is q)
    )
