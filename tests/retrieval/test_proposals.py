"""A proposal is what a model wrote, and nothing was checked of it."""

from __future__ import annotations

from retrieval.proposals import Citation, Proposal


def test_anything_can_be_proposed() -> None:
    assert Proposal("").citations == ()
    assert Proposal("x", (Citation(-1, ""),)).citations[0].passage == -1
