"""What is said of a part, or in a case, doesn't contradict what is said of the whole."""

from __future__ import annotations

import pytest

from retrieval.question import parse
from retrieval.verification.narrowing import narrows
from retrieval.verification.turns import Saying, turn_of


def narrowed(question: str, sentence: str, other: str) -> bool:
    asked = parse(question)
    turn, against = turn_of(asked, Saying(sentence)), turn_of(asked, Saying(other))
    assert turn
    assert against
    names = [{term.folded for term in asked.terms} & {t.folded} for t in turn.facts.prose.tokens]
    return narrows(turn, against, names)


COST = "Quanto costa il biglietto del museo?"
WHOLE = "Il biglietto del museo costa 8 euro."


@pytest.mark.parametrize(
    "sentence",
    [
        "Il biglietto ridotto del museo costa 5 euro.",
        "Il biglietto del museo per gli studenti costa 5 euro.",
        "Il biglietto del museo costa 5 euro per gli studenti.",
        "Il biglietto del museo costa 5 euro, per gli studenti.",
        "Il biglietto del museo, con la tessera, costa 5 euro.",
        "La sera il biglietto del museo costa 5 euro.",
        "Sotto i 12 anni il biglietto del museo costa 5 euro.",
        "Il biglietto del museo costa 5 euro all’ora.",
        "Il biglietto del museo costava 5 euro.",
        "Un altro biglietto del museo costa 5 euro.",
    ],
)
def test_what_holds_in_a_case_is_narrower(sentence: str) -> None:
    assert narrowed(COST, sentence, WHOLE)
    assert not narrowed(COST, WHOLE, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Il biglietto del museo costa attualmente 10 euro.",
        "Il biglietto del museo costa 10 euro e si compra alla cassa.",
        "Il biglietto del museo costa 10 euro, caffè a parte.",
        "Il biglietto del museo, molto richiesto, costa 10 euro.",
        "Le casse sono due. Il biglietto del museo costa 10 euro.",
    ],
)
def test_what_is_said_beside_it_is_not(sentence: str) -> None:
    assert not narrowed(COST, sentence, WHOLE)


def test_who_did_it_and_where_somebody_was_born_take_nothing_from_a_date() -> None:
    founded = "When was the museum founded?"
    plain = "The museum was founded in 1978."
    assert not narrowed(founded, "The museum was founded in 1974 by a group of miners.", plain)
    assert narrowed(founded, "The museum was founded in 1974 as a school.", plain)
    born = "Quando è nata Anna Bruni?"
    assert not narrowed(born, "Anna Bruni è nata nel 1970 a Lodi.", "Anna Bruni è nata nel 1972.")


def test_what_was_so_once_is_a_part_of_what_is_but_a_passive_is_not() -> None:
    question, now = "How many people attend the fair?", "9,000 people attend the fair."
    assert not narrowed(question, "The fair was attended by 12,500 people.", now)
    assert narrowed("How many seats has the hall?", "The hall had 80 seats.", "It has 95 seats.")


def test_what_both_say_narrows_neither() -> None:
    one = "Il biglietto ridotto del museo costa 5 euro."
    assert not narrowed(COST, one, "Il biglietto ridotto del museo costa 6 euro.")


def test_one_turn_of_two_is_a_part() -> None:
    question = "Quando si paga la rata?"
    first, second = "La prima rata si paga il 15 marzo.", "La seconda rata si paga il 15 maggio."
    assert narrowed(question, first, second)
    assert narrowed(question, second, first)
