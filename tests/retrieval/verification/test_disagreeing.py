"""Two sentences disagree only where both can't be right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from retrieval.question import parse
from retrieval.verification.disagreeing import differ
from retrieval.verification.turns import Saying, turn_of

PAIRS = Path(__file__).parents[3] / "benchmarks" / "questions" / "disagreement.jsonl"


def disagree(question: str, one: str, other: str, *titles: str) -> bool:
    asked = parse(question)
    first, second = titles or ("", "")
    mine, theirs = turn_of(asked, Saying(one, first)), turn_of(asked, Saying(other, second))
    if not (mine and theirs):
        return False
    told = differ(asked, mine, theirs)
    assert told is differ(asked, theirs, mine)  # neither is the one that is measured by the other
    return told


def test_pairs_that_only_look_so_are_never_told_and_few_that_do_are_missed() -> None:
    pairs: list[dict[str, Any]] = [
        json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()
    ]
    told = [
        disagree(pair["question"], pair["first"], pair["second"], *pair["titles"]) for pair in pairs
    ]
    alarms = [p for p, so in zip(pairs, told, strict=True) if so and not p["disagree"]]
    assert alarms == []
    assert sum(told) >= 0.85 * sum(pair["disagree"] for pair in pairs)


HEIGHT = "Quanto è alto il campanile di Montefosco?"


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("42 metri", "47 metri", True),
        ("42 metri", "quarantadue metri", False),
        ("42,5 metri", "42,53 metri", False),
        ("42,5 metri", "42,9 metri", True),
        ("circa 45 metri", "47 metri", False),
        ("circa 45 metri", "80 metri", True),
        ("42 metri", "47 piedi", False),
    ],
)
def test_rounded_vague_and_spelt_values_are_compared_for_what_they_say(
    one: str, other: str, told: bool
) -> None:
    sentence = "Il campanile di Montefosco è alto {}."
    assert disagree(HEIGHT, sentence.format(one), sentence.format(other)) is told


def test_a_sentence_with_several_figures_that_may_answer_is_left_alone() -> None:
    one = "La diga di Valnera è stata inaugurata nel 1961 e rinnovata nel 1980."
    other = "La diga di Valnera è stata inaugurata nel 1963."
    assert not disagree("Quando è stata inaugurata la diga di Valnera?", one, other)


def test_a_heading_that_tells_of_what_a_sentence_is_may_tell_that_it_is_a_part() -> None:
    question = "Quanto costa l’iscrizione alla maratona di Vallefredda?"
    one, other = "L’iscrizione costa 45 euro.", "L’iscrizione costa 20 euro."
    whole = "La maratona di Vallefredda"
    assert disagree(question, one, other, whole, "Maratona di Vallefredda")
    assert not disagree(question, one, other, whole, "Maratona di Vallefredda: i bambini")
    named = "L’iscrizione alla maratona di Vallefredda costa 20 euro."
    assert disagree(question, one, named, whole, "Nuove tariffe")  # which only heads it
