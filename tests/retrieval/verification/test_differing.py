"""A source says something else only where it is about the same thing."""

from __future__ import annotations

import pytest

from retrieval.verification.differing import differs
from retrieval.verification.support import mismatch

TRIP = "Il pullman è partito alle 7:30 da piazza Garibaldi."


def says_otherwise(claim: str, evidence: str) -> bool:
    wrong = mismatch(claim, evidence, evidence)
    assert wrong is not None
    return differs(wrong, claim, evidence, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Il pullman è partito alle 8:30.", TRIP),
        ("Il pullman è partito da piazza Mazzini.", TRIP),
        ("Il pullman non è partito da piazza Garibaldi.", TRIP),
        ("The summit was held on 3 May.", "The summit was held on 4 May."),
        ("Il vertice si è tenuto a Parigi.", "Il vertice si è tenuto a Tokyo."),
        ("The museum opened in 2018.", "The museum opened on 3 June 2019 in Tramley."),
        ("Il museo ha aperto nel 2018.", "Il museo ha aperto nel 2019."),
    ],
)
def test_one_fact_in_the_place_of_another_differs(claim: str, evidence: str) -> None:
    assert says_otherwise(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        # About somebody else, or of something else.
        ("La Francia ha 68 milioni di abitanti.", "L'Italia ha 59 milioni di abitanti."),
        ("Il treno costa 30 euro.", "Il pullman è lungo 12 metri."),
        ("Anna guidava il gruppo al lago.", "Elena guidava il gruppo al lago."),
        # Nothing stands where the claim's figure or date does.
        ("Il pullman con 52 posti è partito.", "Il pullman è partito."),
        ("Il vertice si è tenuto il 3 maggio.", "Il vertice si è tenuto a Tokyo."),
        # What was so once may be otherwise by now.
        ("La NATO ha 31 membri.", "La NATO fu fondata nel 1949 da 12 membri."),
        ("Lodi ha 45.000 abitanti.", "Nel 1900 Lodi aveva 20.000 abitanti."),
        # It is what there is instead.
        ("Il vertice si terrà a Milano.", "Il vertice non si terrà più a Roma ma a Milano."),
        # No other number takes the place of a year.
        ("The museum opened in 2018.", "The museum will double its opening hours."),
    ],
)
def test_another_subject_or_no_such_fact_does_not(claim: str, evidence: str) -> None:
    assert not says_otherwise(claim, evidence)
