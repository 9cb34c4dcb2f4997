"""What a model proposes: values, and nothing more."""

from __future__ import annotations

import pytest

from retrieval.proposals import Citation, Proposal


def test_a_proposal_is_a_value() -> None:
    assert Proposal("Così.", (Citation(1, "così"),)) == Proposal("Così.", (Citation(1, "così"),))
    assert Proposal("Così.").citations == ()


def test_a_proposal_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        setattr(Citation(1, "così"), "passage", 2)  # noqa: B010
