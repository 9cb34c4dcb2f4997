"""A sentence answers by one figure or date, or it isn't told by which."""

from __future__ import annotations

from retrieval.question import parse
from retrieval.verification.turns import Saying, says, turn_of, turns_on_a_fact

HEIGHT = "Quanto è alto il campanile di Montefosco?"


def test_the_figure_or_date_that_answers_is_found_at_its_place() -> None:
    for question, text, found in (
        (HEIGHT, "Il campanile di Montefosco è alto quarantadue metri.", "quarantadue"),
        ("Quando è nata Elena Ferri?", "Elena Ferri è nata nel 1974.", "1974"),
        ("Quando si vota a Sella?", "A Sella si vota domenica 9 giugno.", "9 giugno"),
        ("A che ora apre il forno?", "Il forno apre alle 7:30.", "7:30"),
    ):
        turn = turn_of(parse(question), Saying(text))
        assert turn is not None, text
        assert found in text[turn.place.start : turn.place.end]
    assert turn_of(parse(HEIGHT), Saying("Il campanile di Montefosco è molto alto.")) is None


def test_only_some_questions_turn_on_a_figure_or_a_date() -> None:
    asked = ("Quanti sono?", "Quando parte?", "A che ora parte?", "What is the height of it?")
    assert all(turns_on_a_fact(parse(question)) for question in asked)
    others = ("Chi guida il gruppo?", "Dove sta la sede?", "What is the plan?")
    assert not any(turns_on_a_fact(parse(question)) for question in others)


def test_a_claim_says_the_figure_however_it_writes_it() -> None:
    turn = turn_of(parse(HEIGHT), Saying("Il campanile di Montefosco è alto 42 metri."))
    assert turn is not None
    assert says("Misura quarantadue metri.", turn)
    assert not says("Ha 42ª posizione.", turn)
    assert not says("È di Montefosco.", turn)
