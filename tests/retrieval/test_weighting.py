"""Weights say how much each word of a question counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from retrieval.errors import StoreError
from retrieval.lexical import Lexicon
from retrieval.meeting import Candidates, Meeting, meet
from retrieval.question import parse
from retrieval.ranking import Ranker
from retrieval.weighting import TERM_NAMES, TermWeights, describe_terms
from tests.retrieval.texts import passage_of, texts

PASSAGES = (
    passage_of("La NATO ha 31 membri.", "La NATO ha 31 membri.", name="nato"),
    passage_of("Il pane si fa in casa.", "Il pane si fa in casa.", name="bread"),
)
RANKER = Ranker.load()


def meeting(asked: str) -> Meeting:
    question, lexicon = parse(asked), Lexicon(PASSAGES, {})
    vectors = np.zeros((len(question.terms), 8), dtype=np.float32)
    numbers = np.arange(2, dtype=np.int32)
    halves = np.full(2, 0.5, dtype=np.float32)
    candidates = Candidates(numbers, halves, halves, halves, numbers, numbers, halves, halves)
    return meet(question, vectors, lexicon, candidates)


def test_each_term_has_a_row() -> None:
    described = describe_terms(meeting("Quanti membri ha la NATO?"))
    assert described.shape == (5, len(TERM_NAMES))
    function_word = described[:, TERM_NAMES.index("function_word")]
    assert function_word.tolist() == [1, 0, 1, 1, 0]


@hypothesis_settings(max_examples=50)
@given(texts)
def test_the_weights_of_any_question_add_up_to_one(asked: str) -> None:
    if parse(asked).terms:
        for weights in RANKER.weigh(meeting(asked)):
            assert weights.sum() == pytest.approx(1, abs=1e-4)
            assert (weights >= 0).all()


def test_subjects_count_for_more_than_grammar() -> None:
    quanti, membri, ha, la, nato = RANKER.weigh(meeting("Quanti membri ha la NATO?"))[1]
    assert min(membri, nato) > max(quanti, ha, la)


def test_weights_for_other_features_are_refused_with_the_way_out() -> None:
    with pytest.raises(StoreError, match="train them again"):
        TermWeights.from_json({"features": ["rarity"]})
