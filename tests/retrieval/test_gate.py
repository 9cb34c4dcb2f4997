"""Claims pass one by one, and what was shown once stays shown."""

from __future__ import annotations

from retrieval.answering import Found
from retrieval.gate import Gate
from retrieval.proposals import Citation, Proposal
from retrieval.types import Answer, Status
from tests.retrieval.texts import passage_of, source_of

FIRST, SECOND = "La NATO ha 31 membri.", "Il vertice si terrà in Lituania."
TEXT = f"{FIRST} {SECOND}"
FOUND = Found(
    Answer("Q?", "it", Status.NOT_IN_SOURCES, "", 0.0),
    (passage_of(TEXT, FIRST, SECOND),),
    (source_of(TEXT),),
)
GOOD = Proposal("I membri della NATO sono 31.", (Citation(1, FIRST),))
OTHER = Proposal(SECOND, (Citation(1, SECOND),))
BAD = Proposal("La NATO ha 32 membri.", (Citation(1, "La NATO ha cinquanta navi."),))


def test_what_passes_is_shown_in_the_order_it_was_written() -> None:
    gate = Gate(FOUND, FOUND.passages)
    assert [gate.take(proposal) for proposal in (GOOD, BAD, OTHER)] == [True, False, True]
    assert [claim.text for claim in gate.claims] == [GOOD.text, SECOND]
    assert gate.outcomes == (("kept", 2), ("dropped", 1))


def test_only_what_is_dropped_is_left_out() -> None:
    gate = Gate(FOUND, FOUND.passages)
    gate.take(GOOD)
    assert not gate.left_out
    gate.take(BAD)
    assert gate.left_out


def test_the_same_again_changes_nothing() -> None:
    gate = Gate(FOUND, FOUND.passages)
    assert gate.take(GOOD)
    before = gate.claims
    assert not gate.take(GOOD)
    assert gate.claims == before


def test_only_passages_that_were_shown_can_be_cited() -> None:
    gate = Gate(FOUND, ())
    assert not gate.take(GOOD)
    assert gate.claims == ()
