"""Learning finds what there is to find."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.learning import (
    GRAMMAR,
    Terms,
    joined,
    learn_confidence,
    learn_scores,
    learn_terms,
)
from retrieval.ranking import Network
from retrieval.weighting import TERM_NAMES, TermWeights

CHANCE = np.random.default_rng(7)


def test_scores_learn_which_sentence_of_a_question_answers() -> None:
    tables = [CHANCE.standard_normal((6, 3)).astype(np.float32) for _ in range(300)]
    answers = [table[:, 1] == table[:, 1].max() for table in tables]
    learned = learn_scores(tables, answers, [1.0] * 300, ("a", "b", "c"), members=1, rounds=80)
    network = Network.from_json(learned, ("a", "b", "c"))
    fresh = [CHANCE.standard_normal((6, 3)).astype(np.float32) for _ in range(100)]
    right = [network(table).argmax() == table[:, 1].argmax() for table in fresh]
    assert np.mean(right) > 0.9


def test_confidence_learns_a_probability() -> None:
    table = CHANCE.standard_normal((2000, 2)).astype(np.float32)
    chances = 1 / (1 + np.exp(-2 * table[:, 0]))
    labels = (CHANCE.random(2000) < chances).astype(np.float32)
    weights = np.ones(2000, np.float32)
    learned = learn_confidence(table, labels, weights, ("a", "b"), members=1, rounds=60)
    found = 1 / (1 + np.exp(-Network.from_json(learned, ("a", "b"))(table)))
    assert np.abs(found - chances).mean() < 0.1


def test_terms_learn_which_words_count() -> None:
    names = len(TERM_NAMES)

    def question() -> Terms:
        described = np.zeros((2, names), np.float32)
        described[:, 0] = (0, 1)  # the second word is the rare one, and decides
        rows = CHANCE.random((2, 5)).astype(np.float32)
        answers = (rows[1] == rows[1].max()).astype(np.float32)
        return Terms(
            described=described,
            rarity=np.ones(2, np.float32),
            grammar=np.array([-1, -1]),
            alike=rows,
            met=rows,
            passage_alike=rows,
            passage_met=rows,
            cosines=np.zeros((2, 5), np.float32),
            answers=answers,
            weight=1.0,
        )

    learned = learn_terms([question() for _ in range(200)], rounds=5)
    weights = TermWeights.from_json(learned)
    described = question().described
    odds = np.tanh(described @ weights.hidden + weights.hidden_bias) @ weights.output
    assert (odds[1] > odds[0] + 1).all()
    assert set(learned["words"]) <= set(GRAMMAR)


def test_what_never_varies_in_a_training_does_no_harm() -> None:
    table = np.array([[0, 3], [1, 3]] * 50, dtype=np.float32)  # as where all ask in one language
    weights = np.ones(100, np.float32)
    learned = learn_confidence(table, table[:, 0], weights, ("a", "b"), members=1, rounds=5)
    scores = Network.from_json(learned, ("a", "b"))(np.array([[0, 3], [1, 4]], dtype=np.float32))
    assert np.isfinite(scores).all()


def test_joined_networks_give_the_mean_of_what_they_gave() -> None:
    def learned(shift: float) -> dict[str, Any]:
        table = (CHANCE.standard_normal((300, 2)) * (1 + shift) + shift).astype(np.float32)
        labels = (table[:, 0] > shift).astype(np.float32)
        weights = np.ones(300, np.float32)
        return learn_confidence(table, labels, weights, ("a", "b"), members=1, rounds=5)

    networks = [learned(0.0), learned(0.5), learned(2.0)]
    rows = CHANCE.standard_normal((50, 2)).astype(np.float32)
    each = [Network.from_json(network, ("a", "b"))(rows) for network in networks]
    together = Network.from_json(joined(networks), ("a", "b"))(rows)
    assert np.abs(together - np.mean(each, axis=0)).max() < 0.01
