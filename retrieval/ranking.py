"""One score a sentence, and one calibrated confidence a question.

A question's vector is moved to where it aims (:mod:`retrieval.adapter`). Then come small networks
(one hidden layer each): the first weighs the question's words (:mod:`retrieval.weighting`), the
second scores sentences by the features made with those weights (:mod:`retrieval.features`), the
third passages by those of their sentences, the fourth turns the best sentence and its rivals into
the probability that quoting it answers, the last into the probability that the sources speak of it
at all. Their weights are plain JSON, learned by ``benchmarks/train_ranking.py``;
`weights/README.md` says on what.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.adapter import QuestionAdapter
from retrieval.errors import StoreError
from retrieval.features import NAMES
from retrieval.lexical import Floats, Integers
from retrieval.meeting import Meeting
from retrieval.weighting import TermWeights

CONFIDENCE_NAMES = (
    "score", "lead_over_other_passages", "lead_over_next", "share", "passage_share", *NAMES
)  # fmt: skip
"""What the last two networks look at, in order."""

PASSAGE_NAMES = (*(f"best_{name}" for name in NAMES), *(f"mean_{name}" for name in NAMES), "count")
"""What passages are scored by, in order: the features of their sentences, and how many they are."""

# How much the passages' own scores count, beside the sums of their sentences'; not at all for
# questions in another language, of which there were too few to learn it from.
_OF_PASSAGE = 0.35
_FOREIGN = NAMES.index("other_language")
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
    """Aims questions, weighs words, scores sentences, judges how likely the best is to answer."""

    def __init__(
        self,
        *,
        adapter: QuestionAdapter,
        terms: TermWeights,
        sentences: Network,
        passages: Network,
        confidence: Network,
        topic: Network,
    ) -> None:
        self.adapter = adapter
        self._terms = terms
        self._sentences = sentences
        self._passages = passages
        self._confidence = confidence
        self._topic = topic

    @classmethod
    def load(cls) -> Ranker:
        """Read the weights that come with the package."""
        text = files("retrieval").joinpath("weights", "ranking.json").read_text("utf-8")
        return cls.from_json(json.loads(text))

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Ranker:
        """Read the adapter and the five networks.

        Raises:
            StoreError: they were trained on other features than this version computes.
        """
        return cls(
            adapter=QuestionAdapter.from_json(values["adapter"]),
            terms=TermWeights.from_json(values["terms"]),
            sentences=Network.from_json(values["sentences"], NAMES),
            passages=Network.from_json(values["passages"], PASSAGE_NAMES),
            confidence=Network.from_json(values["confidence"], CONFIDENCE_NAMES),
            topic=Network.from_json(values["topic"], CONFIDENCE_NAMES),
        )

    def weigh(self, meeting: Meeting) -> tuple[Floats, Floats]:
        """Weigh a question's terms, for sentences and for passages."""
        return self._terms(meeting)

    def score(self, features: NDArray[np.float32], owner: Integers) -> Floats:
        """Score sentences (rows of features): differences are log odds of one against another.

        ``owner`` tells which passage each sentence belongs to; those of one stand together.
        """
        return score(self._sentences, self._passages, features, owner)

    def judge(
        self, scores: Floats, features: NDArray[np.float32], owner: Integers
    ) -> tuple[float, float]:
        """Tell the probability that the best of these sentences answers, and that of the topic.

        The second is that the question is about something the sources speak of at all.
        """
        row = confidence_features(scores, features, owner)[np.newaxis]
        return _probability(self._confidence(row)), _probability(self._topic(row))


def score(
    sentences: Network, passages: Network, features: NDArray[np.float32], owner: Integers
) -> Floats:
    """Score sentences, and let what their passages score as a whole have its share."""
    scores = sentences(features)
    starts = _starts(owner)
    sums = np.logaddexp.reduceat(scores, starts)
    moved = _OF_PASSAGE * (passages(passage_features(features, owner)) - sums)
    moved *= 1 - features[starts, _FOREIGN]
    return np.asarray(scores + np.repeat(moved, np.diff(starts, append=len(owner))))


def passage_features(features: NDArray[np.float32], owner: Integers) -> NDArray[np.float32]:
    """Describe passages by their sentences: (passages, len(PASSAGE_NAMES)), in their order."""
    starts = _starts(owner)
    counts = np.diff(starts, append=len(owner)).astype(np.float32)[:, np.newaxis]
    best = np.maximum.reduceat(features, starts)
    mean = np.add.reduceat(features, starts) / counts
    return np.hstack([best, mean, np.log(counts)])


def _starts(owner: Integers) -> Integers:
    """Tell where each passage's sentences begin."""
    return np.flatnonzero(np.diff(owner, prepend=-1)).astype(np.int32)


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
