"""What is denied stays denied, and nothing else is."""

from __future__ import annotations

import pytest

from retrieval.verification.negation import negations
from retrieval.verification.prose import read
from retrieval.verification.support import Mismatch, mismatch


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The province has not decided yet.", "La provincia non ha ancora deciso."),
        ("Nobody was injured.", "Nessuno è rimasto ferito."),
        ("No manuscript was lost.", "Nessun manoscritto andò perduto."),
        ("China opposes the project.", "La Cina è contraria al progetto."),
        ("Non si può pescare la trota.", "La pesca della trota è vietata."),
        ("I genitori pagano.", "I bambini non pagano, ma i genitori pagano."),
    ],
)
def test_a_denial_may_be_said_otherwise(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) is None


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The province has decided.", "La provincia non ha ancora deciso."),
        ("La provincia non ha deciso.", "La provincia ha deciso."),
        ("China does not oppose the project.", "La Cina è contraria al progetto."),
        ("La regione non ha vietato i pesticidi.", "La regione ha vietato i pesticidi."),
        ("I manoscritti andarono perduti.", "Nessun manoscritto andò perduto."),
        ("I genitori non pagano.", "I bambini non pagano, ma i genitori pagano."),
    ],
)
def test_a_denial_is_neither_dropped_nor_added(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) is Mismatch.NEGATION


@pytest.mark.parametrize(
    "text", ["non solo lui", "not only him", "no fewer than", "come mai", "ne parla"]
)
def test_what_only_looks_like_a_denial_is_none(text: str) -> None:
    assert negations(read(text)) == ()


def test_a_double_negative_is_one_denial() -> None:
    assert len(negations(read("Non ha mai visto nessuno"))) == 1
