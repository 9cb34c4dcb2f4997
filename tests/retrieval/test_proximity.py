"""Words that stand together count for more than the same words far apart."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.proximity import closeness, in_order
from tests.retrieval.meetings import meeting_of
from tests.retrieval.texts import passage_of

TOGETHER = "Il vertice NATO inizia."
BETWEEN = "Il vertice, poi domani anche una cena solenne, NATO."


def described(name: str, *sentences: str, asked: str = "vertice NATO") -> list[float]:
    passage = passage_of(" ".join(sentences), *sentences)
    return [float(value) for value in in_order(meeting_of(asked, passage))[name]]


@pytest.mark.parametrize("name", ["pairs", "run"])
def test_words_side_by_side_are_more_than_words_far_apart(name: str) -> None:
    together, apart = described(name, TOGETHER, BETWEEN)
    assert together > apart


def test_a_pair_is_two_words_near_each_other_in_their_order() -> None:
    assert described("pairs", TOGETHER, "La NATO al vertice.", BETWEEN) == [1, 0, 0]


def test_the_end_of_a_sentence_and_the_beginning_of_the_next_are_no_pair() -> None:
    assert described("pairs", "Ecco il vertice.", "NATO oggi.") == [0, 0]


def test_a_single_word_makes_no_pair() -> None:
    assert described("pairs", TOGETHER, asked="vertice") == [0]


def test_a_passage_has_its_best_sentences_pairs_and_run() -> None:
    assert described("passage_pairs", TOGETHER, BETWEEN) == [1, 1]
    runs = described("run", TOGETHER, BETWEEN)
    assert described("passage_run", TOGETHER, BETWEEN) == [max(runs)] * 2


def test_closeness_fades_with_distance_and_ends_with_the_sentence() -> None:
    first, second = "NATO uno due tre.", "Quattro."
    meeting = meeting_of("NATO", passage_of(f"{first} {second}", first, second))
    near = closeness(meeting, np.ones(1, dtype=np.float32)).tolist()
    assert near[0] > near[1] > near[2] > near[3] > near[4] == 0
