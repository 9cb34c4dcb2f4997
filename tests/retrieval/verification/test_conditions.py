"""What holds under a condition alone, or with an exception."""

from __future__ import annotations

import pytest

from retrieval.verification.support import Mismatch, mismatch


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The bus will not run.", "The bus will not run if the hill is icy."),
        ("Pets are allowed.", "Pets are allowed if the landlord agrees."),
        ("Dogs are welcome in March.", "Dogs are welcome except in March."),
        ("I terremoti sono esclusi.", "I terremoti sono esclusi, salvo che si paghi di più."),
    ],
)
def test_a_condition_is_not_left_out(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) is Mismatch.CERTAINTY


def test_a_condition_may_be_put_otherwise() -> None:
    evidence = "Unless a second teacher is hired by June, the school may close."
    claim = "Se non si assume un secondo insegnante entro giugno, la scuola potrebbe chiudere."
    assert mismatch(claim, evidence) is None


def test_what_is_said_beside_a_condition_needs_none() -> None:
    evidence = "The school has 46 pupils. It may close if no teacher is found."
    assert mismatch("The school has 46 pupils.", evidence) is None
