"""A question's vector is moved to where its answers are, unless another embedder made it."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.adapter import QuestionAdapter
from retrieval.embedding import LocalEmbedder
from retrieval.ranking import Ranker

ADAPTER = QuestionAdapter.from_json(
    {"embedder": "ours", "inward": [[1], [0]], "outward": [[0, 2]], "shift": [0, 0.5]}
)
VECTOR = np.array([0.6, 0.8], dtype=np.float32)


def test_an_aim_is_what_its_numbers_say_at_length_one() -> None:
    expected = np.array([0.6, 0.8 + 0.6 * 2 + 0.5]) / np.hypot(0.6, 2.5)
    assert ADAPTER(VECTOR, "ours/1.0/2") == pytest.approx(expected)


@pytest.mark.parametrize("fingerprint", ["theirs/1.0/2", "ours too/1.0/2", ""])
def test_the_vectors_of_another_embedder_stay_as_they_are(fingerprint: str) -> None:
    assert ADAPTER(VECTOR, fingerprint) is VECTOR


def test_a_vector_of_another_length_stays_as_it_is() -> None:
    vector = np.ones(3, dtype=np.float32)
    assert ADAPTER(vector, "ours/1.0/3") is vector


def test_the_adapter_that_comes_along_is_for_the_local_embedder() -> None:
    adapter, embedder = Ranker.load().adapter, LocalEmbedder()
    vector = np.zeros(embedder.dimensions, dtype=np.float32)
    vector[0] = 1
    aim = adapter(vector, embedder.fingerprint)
    assert np.linalg.norm(aim) == pytest.approx(1, abs=1e-5)
    assert 0.3 < float(aim @ vector) < 0.999  # moved, and not out of sight
