"""Some sentences are understood only after the one before them."""

from __future__ import annotations

import pytest
from hypothesis import given

from retrieval.leaning import leans
from tests.retrieval.texts import texts


@pytest.mark.parametrize(
    "sentence",
    [
        "Lo ha fatto a Bruxelles.",
        "Lo disse nel discorso di apertura.",
        "Gli fu dato un premio.",
        "Li menzionava in una lettera.",
        "Ne fanno parte altri due paesi.",
        "In quell'occasione ha parlato a lungo.",
        "Questa decisione ha sorpreso tutti.",
        "Quest’ultima era la più antica.",
        "Tra questi figurano tre musei.",
        "A tal fine invitò un ingegnere.",
        "Egli vedeva lontano.",
        "Ha vinto cinque premi.",
        "I due ne hanno discusso a gennaio.",
        "Nel 1912 ha venduto la casa.",
        "Tuttavia, ciò accadde tardi.",
        "Secondo il giornale, vogliono firmare.",
        "Rifiutò l'offerta.",
        "Si fermò vicino al villaggio.",
        "Si tratta di un principio.",
        "Fu sepolto nella chiesa.",
        "È stata introdotta in Norvegia nel 1349.",
        "Era anche un buon pianista.",
        "Dieci anni dopo, il ponte crollò.",
        "L'anno successivo la scuola chiuse.",
        "Ci lavorerà una sola persona.",
        "«Lui non verrà», dice.",
        "He said no.",
        "It was built in 1910.",
        "This led to a strike.",
        "That year the school closed.",
        "Their office is in Turin.",
        "In 1912, she sold the house.",
        "Because of this, the bridge closed.",
        "However, they never met.",
        "Two years later the bridge fell.",
    ],
)
def test_what_opens_with_something_named_before_leans(sentence: str) -> None:
    assert leans(sentence)
    assert leans(f"Prima. {sentence}", len("Prima. "))


@pytest.mark.parametrize(
    "sentence",
    [
        "Roma ha tre milioni di abitanti.",
        "La città ha un teatro.",
        "Lo studio è del 1990.",
        "Lo zoo apre alle nove.",
        "Gli uffici sono a Vienna.",
        "Gli studenti protestano.",
        "Le pareti sono bianche.",
        "Quello che conta è la salute.",
        "Ciò che rende unico il parco è il lago.",
        "Ha luogo ogni anno la festa del patrono.",
        "Però il ponte tiene.",
        "Ci sono tre musei.",
        "È stato il sindaco a deciderlo.",
        "È possibile visitare il museo.",
        "Il 2000 ha visto molte novità.",
        "Hanoi è bella.",
        "Nel 1912 la banca chiuse.",
        "Those who wait are rewarded.",
        "It is likely that the bridge will close.",
        "Item 3 is missing.",
        "Her Majesty opened the bridge.",
        "The bridge fell.",
        "In 1912 the bank closed.",
    ],
)
def test_what_says_its_subject_stands_alone(sentence: str) -> None:
    assert not leans(sentence)


@given(texts)
def test_any_text_can_be_asked_about(text: str) -> None:
    assert leans(text) in (True, False)
