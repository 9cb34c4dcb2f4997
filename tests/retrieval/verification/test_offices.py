"""An office is held by whoever is named with it, and by nobody who only held it."""

from __future__ import annotations

import pytest

from retrieval.verification.differing import differs
from retrieval.verification.saying import says_all
from retrieval.verification.support import mismatch

MINISTER = "Era in una conferenza stampa con il ministro degli Esteri giapponese Yoshimasa Hayashi."
SECRETARY = (
    "Il segretario generale della lega, Anna Ricci, ha visto il primo ministro giapponese Ugo Neri."
)
PREMIER = "Il primo ministro giapponese è Ricci."


def is_anothers(claim: str, evidence: str) -> bool:
    wrong = mismatch(claim, evidence, evidence)
    assert wrong is not None
    return differs(wrong, claim, evidence, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Il ministro degli Esteri giapponese è Ricci.", MINISTER),
        ("Ricci è il ministro degli Esteri giapponese.", MINISTER),
        ("Ricci is the Japanese foreign minister.", MINISTER),
        ("Il segretario generale della lega è Ugo Neri.", SECRETARY),
        ("Anna Ricci è il primo ministro giapponese.", SECRETARY),
    ],
)
def test_an_office_of_which_another_is_named_is_anothers(claim: str, evidence: str) -> None:
    assert is_anothers(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Il ministro degli Esteri italiano è Ricci.", MINISTER),  # of another country
        ("Hayashi è il ministro degli esteri.", MINISTER),  # he himself
        (PREMIER, "Ha visto l'ex primo ministro giapponese Ugo Neri."),
        (PREMIER, "Il primo ministro giapponese vede Ugo Neri."),
        ("Il segretario generale è Ricci.", "Oltre al segretario generale, Ugo Neri ha parlato."),
    ],
)
def test_where_nobody_is_surely_named_with_it_it_is_nobodys(claim: str, evidence: str) -> None:
    assert not is_anothers(claim, evidence)


def test_who_held_an_office_or_stands_in_does_not_hold_it() -> None:
    former = "The previous director, Peter Lang, left in 2023."
    assert not says_all("The director is Peter Lang.", former)
    assert says_all("The previous director is Peter Lang.", former)
    assert not says_all("Ugo Neri è il sindaco.", "È venuto l'ex sindaco Ugo Neri.")
    assert says_all("Ugo Neri è il sindaco.", "È venuto il sindaco Ugo Neri.")
