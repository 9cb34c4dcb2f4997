"""Numbers, and what they count."""

from __future__ import annotations

import pytest

from retrieval.verification.support import Mismatch, mismatch

QUOTAS = "La Norvegia pesca 90mila tonnellate, l'Islanda 60mila."


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("NATO has thirty-one members.", "La NATO ha 31 membri."),
        ("Costa 3.5 milioni di euro.", "It costs €3,500,000."),
        ("L'Islanda pesca 60.000 tonnellate.", QUOTAS),
        ("Il ponte è lungo 320 metri.", "Il ponte, lungo 320 metri, è del 1974."),
        ("Ha più di 1200 oggetti.", "Ha oltre 1.200 oggetti."),
        ("In the nineties it burned.", "Negli anni '90 bruciò."),
        ("It was in July 2023.", "Fu il 12 luglio 2023."),
    ],
)
def test_the_same_number_may_be_written_otherwise(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) is None


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("La NATO ha 32 membri.", "La NATO ha 31 membri."),
        ("Il ponte è lungo 320 chilometri.", "Il ponte è lungo 320 metri."),
        ("It costs 7 dollars.", "Costa 7 euro."),
        ("Costa 7 miliardi di euro.", "Costa 7 milioni di euro."),
        ("L'Islanda pesca 90.000 tonnellate.", QUOTAS),
        ("Ci sono 5 uomini e 12 donne.", "Ci sono 12 uomini e 5 donne."),
        ("Ha meno di 1200 oggetti.", "Ha oltre 1.200 oggetti."),
        ("Oltre 80 persone dormono lì.", "Circa 80 persone dormono lì."),
        ("Otto dei medici partono.", "Partono tre dei suoi otto medici."),
    ],
)
def test_a_number_does_not_change_nor_what_it_counts(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) is Mismatch.FIGURE


def test_a_date_does_not_change() -> None:
    assert mismatch("Fu il 13 luglio.", "Fu il 12 luglio 2023.") is Mismatch.DATE
    assert mismatch("It was on Tuesday.", "Fu di mercoledì.") is Mismatch.DATE
