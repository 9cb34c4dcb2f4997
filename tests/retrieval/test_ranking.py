"""One score a sentence, and a probability for the best."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import StoreError
from retrieval.features import NAMES
from retrieval.lexical import Floats
from retrieval.ranking import (
    CONFIDENCE_NAMES,
    PASSAGE_NAMES,
    Network,
    Ranker,
    confidence_features,
    passage_features,
    score,
)

RANKER = Ranker.load()


def values(**changes: Any) -> dict[str, Any]:
    network = {
        "features": ["a", "b"],
        "mean": [1, 0],
        "scale": [2, 1],
        "hidden": [[1, 0], [0, 1]],
        "hidden_bias": [0, -1],
        "output": [3, 5],
        "output_bias": 0.5,
    }
    return network | changes


def test_a_network_computes_what_its_numbers_say() -> None:
    network = Network.from_json(values(), ("a", "b"))
    rows = np.array([[3, 4], [-9, -9]], dtype=np.float32)
    # ((3 - 1) / 2) * 3 + (4 - 1) * 5 + 0.5, and nothing but the bias where no unit fires
    assert network(rows).tolist() == [18.5, 0.5]


@pytest.mark.parametrize("names", [("a",), ("b", "a"), ("a", "b", "c")])
def test_weights_for_other_features_are_refused_with_the_way_out(names: tuple[str, ...]) -> None:
    with pytest.raises(StoreError, match="train them again"):
        Network.from_json(values(), names)


def test_the_weights_that_come_along_fit_the_features() -> None:
    scores = RANKER.score(np.zeros((3, len(NAMES)), np.float32), np.zeros(3, np.int32))
    assert scores.shape == (3,)
    assert np.isfinite(scores).all()


@given(
    st.lists(
        st.lists(st.floats(-2, 2, width=32), min_size=len(NAMES), max_size=len(NAMES)),
        min_size=1,
        max_size=4,
    )
)
def test_a_confidence_is_a_probability(rows: list[list[float]]) -> None:
    table = np.array(rows, dtype=np.float32)
    owner = np.arange(len(table), dtype=np.int32) // 2
    assert all(
        0 <= chance <= 1 for chance in RANKER.judge(RANKER.score(table, owner), table, owner)
    )


def test_a_passage_is_described_by_its_best_and_its_mean_sentence() -> None:
    table = np.zeros((3, len(NAMES)), dtype=np.float32)
    table[:, NAMES.index("cosine")] = (0.2, 0.6, 0.9)
    # What was shown before is left out, and with it may go all of a passage: here the one before.
    described = passage_features(table, np.array([1, 1, 2], np.int32))
    assert described.shape == (2, len(PASSAGE_NAMES))
    assert described[:, PASSAGE_NAMES.index("best_cosine")] == pytest.approx([0.6, 0.9])
    assert described[:, PASSAGE_NAMES.index("mean_cosine")] == pytest.approx([0.4, 0.9])
    assert described[:, PASSAGE_NAMES.index("count")] == pytest.approx([np.log(2), 0])


def test_a_passage_that_scores_well_as_a_whole_lifts_all_its_sentences_alike() -> None:
    def network(count: int, place: int) -> Network:
        hidden = np.zeros((count, 1), np.float32)
        hidden[place] = 1
        one, no, ones = np.ones(1, np.float32), np.zeros(count, np.float32), np.ones(count)
        return Network(no, ones.astype(np.float32), hidden, one * 0, one, 0.0)

    sentences = network(len(NAMES), NAMES.index("cosine"))
    owner = np.array([0, 0, 1], np.int32)
    table = np.zeros((3, len(NAMES)), dtype=np.float32)
    table[:, NAMES.index("cosine")] = (0.2, 0.6, 0.5)
    table[2, NAMES.index("aimed")] = 3
    scores = score(
        sentences, network(len(PASSAGE_NAMES), PASSAGE_NAMES.index("best_aimed")), table, owner
    )
    assert scores[1] - scores[0] == pytest.approx(0.4, abs=1e-5)
    assert scores.argmax() == 2


def leads(scores: list[float], owner: list[int]) -> Floats:
    table = np.zeros((len(scores), len(NAMES)), dtype=np.float32)
    array = np.array(scores, dtype=np.float32)
    return confidence_features(array, table, np.array(owner, dtype=np.int32))[:3]


def test_confidence_looks_at_how_far_the_best_leads() -> None:
    assert leads([1, 4, 3, 2], [0, 1, 1, 2]).tolist() == [4, 2, 1]


def test_the_best_may_have_no_rival() -> None:
    assert leads([4], [0]).tolist() == [4, 5, 5]
    assert leads([4, 3], [0, 0]).tolist() == [4, 5, 1]


def test_confidence_sees_the_features_of_the_best_sentence() -> None:
    table = np.zeros((2, len(NAMES)), dtype=np.float32)
    table[1, NAMES.index("cosine")] = 0.75
    scores, owner = np.array([0, 1], np.float32), np.array([0, 1], np.int32)
    row = confidence_features(scores, table, owner)
    assert row.shape == (len(CONFIDENCE_NAMES),)
    assert row[CONFIDENCE_NAMES.index("cosine")] == 0.75
