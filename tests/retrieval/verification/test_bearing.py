"""Of what a number is said."""

from __future__ import annotations

from retrieval.verification.support import Mismatch, mismatch

QUOTAS = "La Norvegia pesca 90mila tonnellate, l'Islanda 60mila."
BOATS = "It owns nine boats, two of which are being repaired after the flood."


def test_a_number_is_said_of_what_its_own_part_is_about() -> None:
    assert mismatch("Two boats are being repaired after the flood.", BOATS) is None
    assert mismatch("L'Islanda pesca 60.000 tonnellate.", QUOTAS) is None
    assert mismatch("L'Islanda pesca 90.000 tonnellate.", QUOTAS) is Mismatch.FIGURE


def test_a_year_stays_with_what_happened_in_it() -> None:
    evidence = "The club was founded in 1888 by workers and admitted women in 1967."
    assert mismatch("The club admitted women in 1967.", evidence) is None
    assert mismatch("The club admitted women in 1888.", evidence) is Mismatch.FIGURE
