"""Words that contradict each other."""

from __future__ import annotations

import pytest

from retrieval.verification.support import Mismatch, mismatch


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The bridge was opened.", "Il ponte è stato chiuso."),
        ("Le tariffe sono aumentate.", "Le tariffe sono diminuite."),
        ("Si parte dopo il vertice.", "Si parte prima del vertice."),
        ("All the crops need bees.", "Some crops need bees."),
        ("La prova è sufficiente.", "La prova è insufficiente."),
        ("The eruption lasts weeks.", "L'eruzione dura mesi."),
        ("È l'ultimo ufficio.", "È il primo ufficio."),
        ("Il lunedì la sala è aperta.", "La sala è aperta dal martedì; il lunedì è chiusa."),
    ],
)
def test_the_opposite_is_not_said(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) in (Mismatch.CONTRADICTION, Mismatch.FIGURE)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The bridge was closed.", "Il ponte è stato chiuso."),
        ("Il museo ha riaperto dopo la chiusura.", "Il museo, dopo la chiusura, ha riaperto."),
        ("On Mondays the room is closed.", "La sala è aperta dal martedì; il lunedì è chiusa."),
        (
            "The ticket costs four euros.",
            "Per i bambini è gratis; il biglietto degli adulti costa 4 euro.",
        ),
    ],
)
def test_both_sides_may_be_told(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) is None
