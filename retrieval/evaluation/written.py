"""What came of the answers that a model was to write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.evaluation.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Written:
    """How a model and verification did.

    ``answers`` are those it wrote, ``left_out`` those of them that lost a part. ``fallbacks``
    count the answers it should have written by why it didn't, ``claims`` all it wrote by what
    verification made of them. Tokens are of all ``calls``.
    """

    answers: int
    left_out: int
    fallbacks: dict[str, int]
    claims: dict[str, int]
    calls: int
    input_tokens: int
    output_tokens: int

    def rows(self) -> list[tuple[str, str]]:
        """Lay it out: what, and how many."""
        return [
            ("written by the model", f"{self.answers}, {self.left_out} with a part left out"),
            *((f"not written: {reason}", str(n)) for reason, n in self.fallbacks.items()),
            *((f"claims: {outcome}", str(n)) for outcome, n in self.claims.items()),
            ("calls to the model", str(self.calls)),
            ("tokens in, out", f"{self.input_tokens}, {self.output_tokens}"),
        ]


def written(outcomes: Sequence[Outcome]) -> Written | None:
    """Sum up; ``None`` where no model was asked."""
    answers = [outcome.answer for outcome in outcomes]
    if not any(a.written or a.fallback or a.usage.calls for a in answers):
        return None
    claims: Counter[str] = Counter()
    for answer in answers:
        claims.update(dict(answer.outcomes))
    fallbacks = Counter(str(answer.fallback) for answer in answers if answer.fallback)
    return Written(
        answers=sum(answer.written for answer in answers),
        left_out=sum(answer.left_out for answer in answers),
        fallbacks=dict(sorted(fallbacks.items())),
        claims=dict(sorted(claims.items())),
        calls=sum(answer.usage.calls for answer in answers),
        input_tokens=sum(answer.usage.input_tokens for answer in answers),
        output_tokens=sum(answer.usage.output_tokens for answer in answers),
    )
