"""What people read is complete in itself: claims with markers, and whatever else has to be said."""

from __future__ import annotations

import pytest

from retrieval.answering import Found
from retrieval.composing import instead, refused, written
from retrieval.reasons import Fallback, Refusal
from retrieval.types import Answer, Claim, Language, Quote, Span, Status
from retrieval.wording import wording
from tests.retrieval.texts import passage_of

TEXT = "La NATO ha 31 membri. Il vertice è in Lituania."
PASSAGE = passage_of(TEXT)


def quote(start: int, end: int) -> Quote:
    return Quote("a", "A", "h", start, end, TEXT[start:end], PASSAGE, (Span(start, start + 2),))


FIRST, SECOND = quote(0, 21), quote(22, len(TEXT))


def found(language: Language = "it", *claims: Claim, refusal: Refusal | None = None) -> Found:
    status = Status.ANSWERED if claims else Status.NOT_IN_SOURCES
    text = "«…»" if claims else "no"
    highlights = (Span(0, 1),) if claims else ()
    return Found(
        Answer(
            "Q?",
            language,
            status,
            text,
            0.6,
            claims,
            None if claims else SECOND,
            "Altro?",
            ("a",),
            "g",
            refusal=refusal,
            highlights=highlights,
        )
    )


OWN = Claim(FIRST.text, (FIRST,))


def test_each_claim_has_a_line_and_the_numbers_of_its_quotes() -> None:
    claims = (Claim("Uno.", (FIRST, SECOND)), Claim("Due.", (FIRST,)))
    answer = written(found("it", OWN), claims, left_out=False)
    assert answer.text == "Uno. [1][2]\nDue. [3]"
    assert answer.quotes == (FIRST, SECOND, FIRST)
    assert (answer.closest, answer.suggestion, answer.refusal) == (None, "", None)
    assert (answer.highlights, answer.confidence, answer.ranked) == ((), 0.6, ("a",))


def test_a_claim_that_is_a_quote_looks_like_one() -> None:
    assert written(found(), (OWN,), left_out=False).text == f"«{FIRST.text}» [1]"


@pytest.mark.parametrize("language", ["it", "en"])
def test_what_was_left_out_is_said_once_at_the_end(language: Language) -> None:
    answer = written(found(language), (Claim("Uno.", (FIRST,)),), left_out=True)
    assert answer.text == f"Uno. [1]\n\n{wording(language).left_out}"
    assert (answer.status, answer.left_out) == (Status.PARTIAL, True)


def test_where_the_sources_seemed_to_answer_and_do_not_the_nearest_is_shown() -> None:
    answer = refused(found("it", OWN))
    assert (answer.status, answer.refusal) == (Status.NOT_IN_SOURCES, Refusal.NEAR_MISS)
    assert (answer.text, answer.closest) == (wording("it").not_in_sources, FIRST)
    assert (answer.claims, answer.highlights, answer.written) == ((), (), True)


def test_a_refusal_stays_the_refusal_it_was() -> None:
    before = found(refusal=Refusal.OFF_TOPIC).answer
    answer = refused(Found(before))
    assert (answer.text, answer.refusal, answer.closest) == ("no", Refusal.OFF_TOPIC, SECOND)
    assert answer.written


@pytest.mark.parametrize("reason", list(Fallback))
@pytest.mark.parametrize("claims", [(), (OWN,)])
def test_the_sources_own_words_keep_all_they_had(
    reason: Fallback, claims: tuple[Claim, ...]
) -> None:
    before = found("en", *claims).answer
    answer = instead(Found(before), reason)
    assert answer.text == f"{before.text}\n\n{wording('en').fallback(reason)}"
    assert (answer.fallback, answer.written) == (reason, False)
    assert (answer.claims, answer.highlights) == (before.claims, before.highlights)
    assert (answer.status, answer.closest) == (before.status, before.closest)
