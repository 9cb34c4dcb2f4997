"""What is said of one is not said of another."""

from __future__ import annotations

import pytest

from retrieval.verification.support import mismatch

FERRIES = "Ferries to Skerra are cancelled, while those to Dunmore will run on Sunday."


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Ferries to Dunmore are cancelled.", FERRIES),
        (
            "Mr Penrose complained that the water butts leak.",
            "Mrs Aldous complained that the water butts leak, and Mr Penrose offered to help.",
        ),
        (
            "Gli utenti possono vedere i documenti.",
            "Gli amministratori possono vedere i documenti, gli utenti solo i propri.",
        ),
        (
            "The wind will drop on Tuesday.",
            "Storms are expected on Tuesday night; the wind will drop on Wednesday.",
        ),
    ],
)
def test_what_is_said_of_one_is_not_said_of_another(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) is not None


def test_what_is_said_of_one_may_be_said_again() -> None:
    assert mismatch("Ferries to Skerra are cancelled.", FERRIES) is None
    assert mismatch("Those to Dunmore will run on Sunday.", FERRIES) is None


def test_a_part_that_goes_on_shares_its_subject() -> None:
    evidence = "The society has 58 members and rents a field by the river."
    assert mismatch("The society rents a field by the river.", evidence) is None
