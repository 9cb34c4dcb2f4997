"""A sentence says all of a claim, or it says it not."""

from __future__ import annotations

import pytest
from hypothesis import given

from retrieval.question import LONGEST as LONGEST_QUESTION
from retrieval.sentences import LONGEST
from retrieval.verification.facts import facts
from retrieval.verification.saying import says_all, says_only_has
from tests.retrieval.texts import texts

GARDEN = "Il comune aprirà a maggio il giardino di via Roma, che ha 40 tigli."
CLUB = "Il club di Anna Ricci ha battuto il Lido nella finale di sabato."


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Il giardino aprirà a maggio.", GARDEN),
        ("Il giardino di via Roma ha 40 tigli.", GARDEN),
        ("The garden will open in May.", GARDEN),
        ("Il club ha battuto il Lido.", CLUB),
        ("Sabato il Lido è stato battuto dal club.", CLUB),
    ],
)
def test_what_has_all_its_words_is_said(claim: str, sentence: str) -> None:
    assert says_all(claim, sentence)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Il comune ha chiuso il giardino.", GARDEN),
        ("Il giardino costerà 40 euro.", GARDEN),
        ("Il club ha festeggiato il Lido.", CLUB),
        ("Il club fa parte del Lido.", CLUB),
        ("Anna Ricci ha invaso il Lido.", CLUB),
    ],
)
def test_one_word_that_is_not_there_is_enough(claim: str, sentence: str) -> None:
    assert not says_all(claim, sentence)


def test_who_only_asks_says_nothing() -> None:
    assert not says_all("Il giardino aprirà a maggio.", "Il giardino aprirà a maggio?")


def test_what_it_is_about_may_stand_ahead() -> None:
    ahead, sentence = "La gita è stata il 12 maggio. ", "Vi hanno partecipato 48 studenti."
    assert says_all("Alla gita hanno partecipato 48 studenti.", sentence, ahead)
    assert not says_all("Alla gita hanno partecipato 48 studenti.", sentence)
    assert not says_all("Alla festa hanno partecipato 48 studenti.", sentence, ahead)


def test_what_stands_ahead_is_no_end_of_another_sentence() -> None:
    ahead = "Il museo e la scuola lavorano insieme. "
    assert not says_all("La festa si terrà al museo.", "La festa si terrà a luglio.", ahead)


def test_what_is_wanted_or_to_come_is_no_fact() -> None:
    assert not says_all("Il comune ha un giardino.", "Il comune vuole aprire un suo giardino.")
    assert not says_all("La festa si è tenuta a luglio.", "La festa si terrà a luglio.")
    assert says_all("Il comune vuole aprire un giardino.", "Il comune vuole aprire un giardino.")


def test_whoever_has_something_is_not_only_near_it() -> None:
    near = "Del giardino ha parlato il sindaco del comune, Ugo Neri."
    assert not says_all("Il comune ha un giardino.", "Al giardino è venuto il sindaco del comune.")
    assert says_all("Ugo Neri ha parlato del giardino.", near)
    assert says_all("Il comune ha 40 giardini.", "Nei suoi 40 giardini il comune taglia l'erba.")


@pytest.mark.parametrize(
    ("claim", "only"),
    [("Il comune ha due sedi.", True), ("Il comune ha aperto due sedi.", False), ("", False)],
)
def test_has_is_told_from_what_it_helps_to_say(claim: str, *, only: bool) -> None:
    assert says_only_has(facts(claim).prose) is only


@given(texts, texts)
def test_any_text_can_be_compared(claim: str, sentence: str) -> None:
    claim, sentence = claim[:LONGEST_QUESTION], sentence[:LONGEST]
    says_all(claim, sentence, sentence, claim, claim)
    assert not says_all("", sentence)
