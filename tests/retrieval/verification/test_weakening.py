"""What a sentence takes away from its own words isn't said by it."""

from __future__ import annotations

import pytest
from hypothesis import given

from retrieval.verification.facts import facts
from retrieval.verification.prose import pair
from retrieval.verification.weakening import weakens
from tests.retrieval.texts import texts


def is_weaker(claim: str, evidence: str) -> bool:
    said, shown = facts(claim), facts(evidence)
    return weakens(said, shown, pair(said.prose, shown.prose))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("La squadra ha vinto la finale.", "La squadra ha quasi vinto la finale."),
        ("Il sindaco di Lodi si è dimesso.", "L'ex sindaco di Lodi si è dimesso."),
        ("The mayor of Lodi resigned.", "The deputy mayor of Lodi resigned."),
        ("Anna Ricci fuma.", "Anna Ricci ha smesso di fumare."),
        ("Ugo Neri si è dimesso.", "Ugo Neri ha minacciato di dimettersi."),
        ("Il farmaco cura il cancro.", "È una bufala che il farmaco cura il cancro."),
        ("Il farmaco cura il cancro.", "Ci si chiede se il farmaco cura il cancro."),
        ("The drug cures cancer.", "There is no evidence that the drug cures cancer."),
        ("Il vaccino protegge.", "Non è vero che il vaccino protegge."),
        ("La nave è affondata.", "La nave ha rischiato di affondare."),
        ("Marta Bini abita a Torino.", "Marta Bini abitava a Torino."),
        ("La città ha 40 mila abitanti.", "La città aveva 40 mila abitanti nel 1900."),
        ("The firm bought Acme.", "The firm was bought by Acme."),
        ("Dogs are allowed in the park.", "Dogs are allowed in the garden but not in the park."),
        ("Il ponte costa 2 milioni.", "Il ponte costa 2 milioni meno del previsto."),
        ("Il concerto si terrà a Roma.", "Il concerto si terrà a Milano invece che a Roma."),
        ("Alla festa c'erano 100 persone.", "Alla festa c'erano meno di 100 persone."),
        ("The school has 200 pupils.", "The school has fewer than 200 pupils."),
        ("La città ha 10 abitanti.", "La città ha 10⁶ abitanti."),
        ("Anna Ricci ha vinto il premio.", "La sorella di Anna Ricci ha vinto il premio."),
        ("Anna Ricci won the prize.", "Anna Ricci’s sister won the prize."),
        ("Il treno va da Milano a Roma.", "Il treno va da Roma a Milano."),
        ("Il libro di Anna Ricci è nuovo.", "Il libro su Anna Ricci è nuovo."),
        ("La Francia è più grande della Spagna.", "La Spagna è più grande della Francia."),
        (
            "Ugo Neri insegna matematica.",
            "Anna Ricci e Ugo Neri insegnano italiano e matematica rispettivamente.",
        ),
    ],
)
def test_what_is_taken_away_from_is_not_said(claim: str, evidence: str) -> None:
    assert is_weaker(claim, evidence)
    assert not is_weaker(evidence, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Lodi ha speso 3 milioni.", "Il comune di Lodi ha speso 3 milioni di euro."),
        ("Il ponte è alto 30 metri.", "Il ponte è alto 30 metri e aveva due torri."),
        ("La città nel 2023 aveva 40 mila abitanti.", "La città nel 2023⁴ aveva 40 mila abitanti."),
        ("Acme bought the firm.", "The firm was bought by Acme."),
        ("La squadra di Lodi ha vinto.", "La squadra di Lodi ha vinto la finale."),
        ("Il concerto si terrà a Milano.", "Il concerto si terrà a Milano invece che a Roma."),
        ("Alla festa c'erano 100 persone.", "Alla festa c'erano più di 100 persone."),
        ("Il treno va da Roma a Milano.", "Da Roma il treno va a Milano in tre ore."),
        ("Anna Ricci won the prize.", "Anna Ricci won last year’s prize."),
        ("Ugo Neri si è dimesso.", "Ugo Neri si è dimesso, come aveva minacciato di fare."),
    ],
)
def test_what_is_said_besides_takes_nothing_away(claim: str, evidence: str) -> None:
    assert not is_weaker(claim, evidence)


@given(texts)
def test_no_text_takes_anything_away_from_itself(text: str) -> None:
    assert not is_weaker(text, text)
