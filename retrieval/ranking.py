"""One score a sentence, and one calibrated confidence a question.

Small networks (one hidden layer each): the first weighs the question's words
(:mod:`retrieval.weighting`), the second scores sentences by the features made with those weights
(:mod:`retrieval.features`), the third turns the best sentence and its rivals into the probability
that quoting it answers, the last into the probability that the sources speak of it at all. Their
weights are plain JSON, learned by ``benchmarks/train_ranking.py``; `weights/README.md` says on
what.
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
from retrieval.meeting import Meeting
from retrieval.weighting import TermWeights

CONFIDENCE_NAMES = (
    "score", "lead_over_other_passages", "lead_over_next", "share", "passage_share", *NAMES
)  # fmt: skip
"""What the last two networks look at, in order."""

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
    """Weighs words, scores sentences, and judges how likely the best is to answer."""

    def __init__(
        self, terms: TermWeights, sentences: Network, confidence: Network, topic: Network
    ) -> None:
        self._terms = terms
        self._sentences = sentences
        self._confidence = confidence
        self._topic = topic

    @classmethod
    def load(cls) -> Ranker:
        """Read the weights that come with the package."""
        text = files("retrieval").joinpath("weights", "ranking.json").read_text("utf-8")
        return cls.from_json(json.loads(text))

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Ranker:
        """Read the four networks.

        Raises:
            StoreError: they were trained on other features than this version computes.
        """
        return cls(
            TermWeights.from_json(values["terms"]),
            Network.from_json(values["sentences"], NAMES),
            Network.from_json(values["confidence"], CONFIDENCE_NAMES),
            Network.from_json(values["topic"], CONFIDENCE_NAMES),
        )

    def weigh(self, meeting: Meeting) -> tuple[Floats, Floats]:
        """Weigh a question's terms, for sentences and for passages."""
        return self._terms(meeting)

    def score(self, features: NDArray[np.float32]) -> Floats:
        """Score sentences (rows of features): differences are log odds of one against another."""
        return self._sentences(features)

    def judge(
        self, scores: Floats, features: NDArray[np.float32], owner: Integers
    ) -> tuple[float, float]:
        """Tell the probability that the best of these sentences answers, and that of the topic.

        The second is that the question is about something the sources speak of at all.
        """
        row = confidence_features(scores, features, owner)[np.newaxis]
        return _probability(self._confidence(row)), _probability(self._topic(row))


def _probability(odds: Floats) -> float:
    return float(1 / (1 + np.exp(-np.clip(float(odds[0]), -30, 30))))


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
    shares = np.exp(scores - scores[best])
    share = 1 / shares.sum()
    of_passage = share * shares[owner == owner[best]].sum()
    row = [scores[best], *leads, share, of_passage, *features[best]]
    return np.array(row, dtype=np.float32)
