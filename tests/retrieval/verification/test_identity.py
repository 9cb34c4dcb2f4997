"""Who is said to be what, told from who merely stands near."""

from __future__ import annotations

import pytest

from retrieval.verification.facts import facts
from retrieval.verification.identity import misidentifies
from retrieval.verification.naming import is_named
from retrieval.verification.prose import pair

BOTH = (
    "A ricevere la direttrice del museo, Anna Ricci, è stato il nuovo sindaco Ugo Neri, "
    "un chirurgo in pensione."
)


def mistaken(claim: str, evidence: str, *, strictly: bool = False) -> bool:
    said, shown = facts(claim), facts(evidence)
    equals: list[tuple[int, int]] = []
    for name in said.names:
        is_named(name, said, shown, evidence, equals)
    return misidentifies(pair(said.prose, shown.prose, equals), strictly=strictly)


@pytest.mark.parametrize(
    "claim",
    [
        "Anna Ricci è la direttrice del museo.",
        "La direttrice del museo è Anna Ricci.",
        "Ugo Neri è il nuovo sindaco.",
        "Ugo Neri è un chirurgo.",
        "Anna Ricci is the director of the museum.",
    ],
)
def test_who_stands_beside_what_they_are_is_that(claim: str) -> None:
    assert not mistaken(claim, BOTH)


@pytest.mark.parametrize(
    "claim",
    [
        "Ugo Neri è la direttrice del museo.",
        "La direttrice del museo è Ugo Neri.",
        "Anna Ricci è il nuovo sindaco.",
        "Anna Ricci è un chirurgo.",
        "Ugo Neri is the director of the museum.",
    ],
)
def test_who_only_shares_a_sentence_with_it_is_not(claim: str) -> None:
    assert mistaken(claim, BOTH)


def test_two_that_are_joined_by_and_are_not_the_same() -> None:
    assert mistaken("Anna Ricci è il sindaco.", "Il sindaco e Anna Ricci hanno aperto il museo.")
    assert not mistaken("Anna Ricci è il sindaco.", "Il sindaco Anna Ricci ha aperto il museo.")


def test_what_something_is_like_is_looked_at_where_it_has_to_be() -> None:
    evidence = "Il ministro Ugo Neri ha visto la cantante francese Anna Ricci."
    assert mistaken("Ugo Neri è francese.", evidence, strictly=True)
    assert not mistaken("Ugo Neri è francese.", evidence)
    assert not mistaken(
        "La torre è alta.", "La torre, costruita nel 1200, è molto alta.", strictly=True
    )


@pytest.mark.parametrize(
    "claim",
    ["Il museo apre alle 9.", "C'è un museo.", "Anna Ricci dice che è il sindaco.", ""],
)
def test_claims_of_another_form_are_left_to_others(claim: str) -> None:
    assert not mistaken(claim, BOTH)
