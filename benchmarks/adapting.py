"""Learns where questions aim: a matrix that moves their vectors to those of what answers them.

Every question is held against all passages and all sentences at once; what is learned is the
probability that the right ones are nearest (softmax over scaled cosines, as in van den Oord et
al., "Representation Learning with Contrastive Predictive Coding", 2018). Strong decay keeps the
matrix small, and its main directions are all that is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.learning import Adam, Array, plain
from retrieval.adapter import family

_BATCH = 128  # questions
_SCALE = np.float32(40)  # of cosines
_DECAY = 30.0
_RANK = 32


@dataclass(frozen=True)
class Aims:
    """Vectors of questions, of what may answer, and which of it does.

    ``questions`` (questions, dimensions); ``passages`` and ``sentences`` the same of what may
    answer; the other two are True (questions, what may answer) for what does. ``weights`` are the
    questions', ``articles`` and ``passage_articles`` and ``sentence_articles`` tell where each
    belongs.
    """

    embedder: str
    questions: Array
    passages: Array
    sentences: Array
    right_passages: Array
    right_sentences: Array
    weights: Array
    articles: Array
    passage_articles: Array
    sentence_articles: Array

    def without(self, fold: int, folds: int) -> Aims:
        """Leave out what belongs to the articles of a fold."""
        asked = self.articles % folds != fold
        passages = self.passage_articles % folds != fold
        sentences = self.sentence_articles % folds != fold
        return Aims(
            self.embedder,
            self.questions[asked],
            self.passages[passages],
            self.sentences[sentences],
            self.right_passages[np.ix_(asked, passages)],
            self.right_sentences[np.ix_(asked, sentences)],
            self.weights[asked],
            self.articles[asked],
            self.passage_articles[passages],
            self.sentence_articles[sentences],
        )


def learn_adapter(aims: Aims, *, rounds: int = 4) -> dict[str, Any]:
    """Learn an adapter, as :class:`retrieval.adapter.QuestionAdapter` reads it."""
    chance = np.random.default_rng(0)
    dimensions = aims.questions.shape[1]
    matrix = np.zeros((dimensions, dimensions), np.float32)
    shift = np.zeros(dimensions, np.float32)
    steps = rounds * -(-len(aims.questions) // _BATCH)
    adam = Adam([matrix, shift], (_DECAY, _DECAY), rate=2e-3, steps=steps)
    for _ in range(rounds):
        order = chance.permutation(len(aims.questions))
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            asked = aims.questions[chosen]
            moved = asked + asked @ matrix + shift
            lengths = np.linalg.norm(moved, axis=1, keepdims=True)
            aimed = moved / lengths
            weights = aims.weights[chosen, np.newaxis]
            slope = weights * _pull(aimed, aims.passages, aims.right_passages[chosen])
            slope += weights * _pull(aimed, aims.sentences, aims.right_sentences[chosen])
            slope -= aimed * (aimed * slope).sum(axis=1, keepdims=True)
            slope /= lengths * len(chosen)
            adam.step([asked.T @ slope, slope.sum(axis=0)])
    left, sizes, right = np.linalg.svd(matrix)
    root = np.sqrt(sizes[:_RANK])
    return {
        "embedder": family(aims.embedder),
        "inward": plain(left[:, :_RANK] * root),
        "outward": plain(root[:, np.newaxis] * right[:_RANK]),
        "shift": plain(shift),
    }


def _pull(aimed: Array, rows: Array, right: Array) -> Array:
    """Give the slope, by aimed vectors, of minus the log of the share that falls on the right."""
    shares = _SCALE * (aimed @ rows.T)
    shares = np.exp(shares - shares.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    wanted = shares * right
    total = wanted.sum(axis=1, keepdims=True)
    known = right.any(axis=1, keepdims=True)
    return np.asarray(_SCALE * (known * (shares - wanted / np.maximum(total, 1e-9))) @ rows)
