"""Who does what to whom."""

from __future__ import annotations

import pytest

from retrieval.verification.support import Mismatch, mismatch


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("L'accordo ha criticato la Russia.", "La Russia ha criticato l'accordo."),
        ("Landi ha incontrato Neri.", "Neri ha incontrato Landi."),
        ("Russia was criticised by Norway.", "La Russia ha criticato la Norvegia."),
        ("The alliance is led by Japan.", "Il Giappone è nell'alleanza guidata dagli USA."),
    ],
)
def test_places_are_not_changed(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) is Mismatch.SWAP


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("L'accordo è stato criticato dalla Russia.", "La Russia ha criticato l'accordo."),
        ("Russia criticised Norway.", "La Norvegia è stata criticata dalla Russia."),
        ("The birds have been counted.", "Scientists have counted the birds."),
        ("In finale Neri ha battuto Landi.", "Neri ha vinto la coppa battendo in finale Landi."),
    ],
)
def test_the_passive_changes_nothing(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) is None
