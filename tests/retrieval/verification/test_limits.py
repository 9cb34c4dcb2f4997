"""Bounds of numbers."""

from __future__ import annotations

import pytest

from retrieval.verification.support import Mismatch, mismatch


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Profit fell by 310,000 euros.", "L'utile è calato a 310.000 euro."),
        ("Le multe sono di almeno 200 euro.", "Le multe arrivano fino a 200 euro."),
        ("Ha più di 40 soci.", "Ha meno di 40 soci."),
    ],
)
def test_a_bound_does_not_change(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) in (Mismatch.FIGURE, Mismatch.CONTRADICTION)


def test_so_many_fewer_than_then_is_no_bound() -> None:
    evidence = "I dipendenti erano 42, tre in meno rispetto a dodici mesi prima."
    assert (
        mismatch("There were 42 employees, three fewer than twelve months ago.", evidence) is None
    )
