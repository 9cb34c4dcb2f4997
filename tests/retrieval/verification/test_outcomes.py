"""What became of claims, summed up."""

from __future__ import annotations

from retrieval.types import Claim, Passage, Quote
from retrieval.verification import Judgement, Outcome, Reason
from retrieval.verification.outcomes import together

PASSAGE = Passage("a", 0, 9, "Uno. Due.", ())
ONE = Quote("a", "A", "x", 0, 4, "Uno.", PASSAGE)
TWO = Quote("a", "A", "x", 5, 9, "Due.", PASSAGE)


def test_nothing_sums_up_to_nothing() -> None:
    verified = together(())
    assert (verified.claims, verified.dropped) == ((), 0)


def test_the_same_words_are_said_once_with_all_quotes_in_order() -> None:
    judgements = [
        Judgement(Outcome.KEPT, Claim("Così.", (TWO,))),
        Judgement(Outcome.QUOTE_MENDED, Claim("così.", (ONE,)), (Reason.OTHER_PASSAGE,)),
        Judgement(Outcome.DROPPED, None, (Reason.NO_QUOTE,)),
    ]
    verified = together(judgements)
    assert verified.claims == (Claim("Così.", (ONE, TWO)),)
    assert verified.dropped == 1
    assert verified.reasons == {Reason.OTHER_PASSAGE: 1, Reason.NO_QUOTE: 1}
    assert together(reversed(judgements)).claims == verified.claims
