"""More and less, before and after, all, some and none."""

from __future__ import annotations

import pytest

from retrieval.verification.support import Mismatch, mismatch


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The tree has borne more fruit.", "Da allora l'albero produce meno frutti."),
        ("In summer the path is often muddy.", "The path is rarely muddy in summer."),
        ("Tutte le sale sono accessibili.", "Non tutte le sale sono accessibili."),
        ("No room is accessible.", "Non tutte le sale sono accessibili."),
        (
            "Il rimborso arriva sempre dopo 30 giorni.",
            "Il rimborso arriva di norma dopo 30 giorni.",
        ),
        ("All members came.", "31 of the 58 members came."),
        (
            "Il sinistro va denunciato dopo tre giorni.",
            "Il sinistro va denunciato entro tre giorni.",
        ),
        ("It was approved unanimously.", "È stata approvata con 9 voti contro 3."),
    ],
)
def test_no_claim_says_more_or_less_than_its_source(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) in (Mismatch.CONTRADICTION, Mismatch.NEGATION)


def test_the_same_bound_may_be_put_otherwise() -> None:
    assert mismatch("Nobody may enter.", "Nessuno può entrare.") is None
    assert mismatch("Not all rooms are accessible.", "Non tutte le sale sono accessibili.") is None
