"""Variations keep the answer where they should, and only there."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks.variations import Text, about, finer, hurried, of_another
from retrieval.evaluation import TestQuestion as Asked
from retrieval.words import fold

PASSAGE = "Il museo ha aperto a Bologna nel 1998, e Livia Monti lo dirige da allora."
QUESTION = Asked(
    id="q1", question="Dove ha aperto il museo di Bologna?", answers=("Bologna",), source="museo"
)


@pytest.mark.parametrize("seed", range(20))
def test_a_question_typed_in_a_hurry_has_the_same_answer(seed: int) -> None:
    varied = hurried(QUESTION, Random(seed))
    assert (varied.answers, varied.kind, varied.source) == (("Bologna",), "answerable", "museo")
    assert len(set(varied.question.lower()) & set(QUESTION.question.lower())) > 10


def test_questions_are_typed_in_more_than_one_way() -> None:
    assert len({hurried(QUESTION, Random(seed)).question for seed in range(20)}) > 5


def test_asking_for_a_street_where_only_the_city_is_told_is_a_near_miss() -> None:
    asked = finer(QUESTION, Text.of([PASSAGE]), Random(1))
    assert asked is not None
    assert (asked.kind, asked.answers) == ("near-miss", ())
    assert asked.question.endswith(" ha aperto il museo di Bologna?")
    assert not asked.question.startswith("Dove")


def test_what_the_passage_tells_after_all_is_no_near_miss() -> None:
    told = Text.of([PASSAGE, "Si trova in via Zamboni."])
    assert finer(QUESTION, told, Random(1)) is None
    priced = Text.of([PASSAGE, "Il biglietto costa 5 euro."])
    assert about("Bologna", "it", priced, Random(1)) is None


def test_a_question_about_a_name_asks_for_what_is_not_told() -> None:
    text = Text.of([PASSAGE.replace("dirige", "cura")])
    assert text.names == ("Bologna", "Livia Monti")
    asked = about("Livia Monti", "en", text, Random(1))
    assert asked is not None
    assert "Livia Monti" in asked.question
    assert (asked.kind, asked.lang) == ("near-miss", "en")


def test_the_same_asked_of_a_stranger_is_a_near_miss() -> None:
    asked = of_another(QUESTION, Text.of([PASSAGE]), Random(1))
    assert asked is not None
    assert asked.kind == "near-miss"
    assert "Bologna" not in asked.question
    assert all(fold(word) in fold(PASSAGE) for word in ("aperto", "museo"))


def test_with_no_other_word_of_the_text_in_it_a_question_is_no_near_miss() -> None:
    lonely = Asked(id="q2", question="Chi governa Bologna?", answers=("X",))
    assert of_another(lonely, Text.of([PASSAGE]), Random(1)) is None
