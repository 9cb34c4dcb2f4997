"""What may be isn't what is."""

from __future__ import annotations

import pytest

from retrieval.verification.support import Mismatch, mismatch


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The bridge could open in 2028.", "Il ponte potrebbe aprire nel 2028."),
        ("NATO intends to open an office.", "La NATO progetta di aprire un ufficio."),
        ("Visitors must pay.", "I visitatori devono pagare."),
        ("The museum will open in July.", "Il museo aprirà a luglio."),
    ],
)
def test_doubts_and_plans_may_be_said_otherwise(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) is None


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The bridge will open in 2028.", "Il ponte potrebbe aprire nel 2028."),
        ("NATO has opened an office.", "La NATO progetta di aprire un ufficio."),
        ("Visitors pay.", "I visitatori devono pagare."),
        ("The museum has opened.", "Il museo aprirà a luglio."),
        ("The museum will open.", "Il museo ha aperto."),
        ("Il museo potrebbe aprire.", "Il museo apre."),
        ("Il museo vuole aprire.", "Il museo apre."),
        ("Il museo deve aprire.", "Il museo apre."),
    ],
)
def test_nothing_becomes_more_or_less_certain(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) is Mismatch.CERTAINTY
