"""A word in the place of another."""

from __future__ import annotations

import pytest

from retrieval.verification.support import mismatch


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The policy covers fire damage.", "La polizza copre i danni da acqua."),
        ("Toast the almonds in the oven.", "Tostate le nocciole in forno."),
        ("I gatti possono entrare in cortile.", "I cani possono entrare in cortile."),
        ("She taught the children to sail.", "She taught the children to swim."),
        ("È indicato per la febbre negli adulti.", "È indicato per il dolore negli adulti."),
        ("It was found by an archaeologist.", "Fu trovata da un contadino."),
    ],
)
def test_a_word_is_not_put_in_the_place_of_another(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) is not None


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The policy covers water damage.", "La polizza copre i danni da acqua."),
        ("Dogs may enter the courtyard.", "I cani possono entrare in cortile."),
        ("La collezione comprende 1200 oggetti.", "La collezione conta 1.200 oggetti."),
        ("She taught the children to swim.", "Insegnò a nuotare ai bambini."),
    ],
)
def test_a_word_of_the_same_meaning_may_stand_there(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) is None
