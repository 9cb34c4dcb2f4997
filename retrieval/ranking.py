"""One score a sentence, and one calibrated confidence a question.

Two small networks (one hidden layer each) read the features of :mod:`retrieval.features`: the
first scores a sentence by the odds that it answers, the second turns the best sentence and its
rivals into the probability that quoting it answers. Their weights are plain JSON, learned by
``benchmarks/train_ranking.py``; `weights/README.md` says on what.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import StoreError
from retrieval.features import NAMES
from retrieval.lexical import Floats, Integers

_SEEN_AGAIN = (
    "covered", "covered_softly", "covered_with_previous", "passage_covered",
    "passage_covered_softly", "sentence_bm25", "passage_bm25", "cosine", "passage_cosine",
    "best_cosine_in_passage", "names_covered", "passage_names_covered", "numbers_covered",
    "passage_numbers_covered", "pairs", "passage_pairs", "time_missing", "number_missing",
    "name_missing", "question_length", "other_language", "length", "meaning_covered",
    "meaning_covered_with_previous", "passage_meaning_covered", "least_met", "passage_least_met",
    "answer_named", "answer_named_met", "passage_answer_named_met",
)  # fmt: skip
CONFIDENCE_NAMES = ("score", "lead_over_other_passages", "lead_over_next", *_SEEN_AGAIN)
"""What the second network looks at, in order."""

_COLUMNS = [NAMES.index(name) for name in _SEEN_AGAIN]
_NO_RIVAL = 5.0  # the lead of a sentence that has no rival, in log odds


@dataclass(frozen=True, slots=True)
class Network:
    """A multilayer perceptron with one hidden layer of rectified units.

    ``mean`` and ``scale`` (features) standardise the input; ``hidden`` is (features, units),
    ``output`` (units); the result is in log odds.
    """

    mean: Floats
    scale: Floats
    hidden: Floats
    hidden_bias: Floats
    output: Floats
    output_bias: float

    @classmethod
    def from_json(cls, values: Mapping[str, Any], names: tuple[str, ...]) -> Network:
        """Read a network; ``names`` are the features it must have been trained on, in order."""
        if tuple(values["features"]) != names:
            raise StoreError(
                "the ranking weights were trained on other features than this version computes: "
                "train them again with benchmarks/train_ranking.py"
            )
        arrays = {
            key: np.asarray(values[key], dtype=np.float32)
            for key in ("mean", "scale", "hidden", "hidden_bias", "output")
        }
        return cls(**arrays, output_bias=float(values["output_bias"]))

    def __call__(self, features: NDArray[np.float32]) -> Floats:
        """Score rows of features (rows, features): log odds (rows)."""
        hidden = (features - self.mean) / self.scale @ self.hidden + self.hidden_bias
        return np.asarray(np.maximum(hidden, 0) @ self.output + self.output_bias, dtype=np.float32)


class Ranker:
    """Scores sentences, and says how sure it is of the best."""

    def __init__(self, sentences: Network, confidence: Network) -> None:
        self._sentences = sentences
        self._confidence = confidence

    @classmethod
    def load(cls) -> Ranker:
        """Read the weights that come with the package."""
        text = files("retrieval").joinpath("weights", "ranking.json").read_text("utf-8")
        values = json.loads(text)
        return cls(
            Network.from_json(values["sentences"], NAMES),
            Network.from_json(values["confidence"], CONFIDENCE_NAMES),
        )

    def score(self, features: NDArray[np.float32]) -> Floats:
        """Score sentences (rows of features) by the log odds that they answer."""
        return self._sentences(features)

    def confidence(self, scores: Floats, features: NDArray[np.float32], owner: Integers) -> float:
        """Tell the probability that the best of these sentences answers, 0 to 1."""
        row = confidence_features(scores, features, owner)
        odds = float(self._confidence(row[np.newaxis])[0])
        return float(1 / (1 + np.exp(-odds)))


def confidence_features(
    scores: Floats, features: NDArray[np.float32], owner: Integers
) -> NDArray[np.float32]:
    """Describe the best sentence and how far it leads: one row, as CONFIDENCE_NAMES says.

    ``owner`` tells which passage each sentence belongs to.
    """
    best = int(scores.argmax())
    elsewhere = scores[owner != owner[best]]
    others = np.delete(scores, best)
    leads = [
        float(scores[best] - rivals.max()) if len(rivals) else _NO_RIVAL
        for rivals in (elsewhere, others)
    ]
    return np.array([scores[best], *leads, *features[best, _COLUMNS]], dtype=np.float32)
