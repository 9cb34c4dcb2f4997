"""Where questions aim is learned from where their answers are."""

from __future__ import annotations

import numpy as np

from benchmarks.adapting import Aims, learn_adapter
from benchmarks.learning import Array
from retrieval.adapter import QuestionAdapter

CHANCE = np.random.default_rng(3)
_LENGTH = 64
_SIGNS = CHANCE.choice([-1.0, 1.0], (_LENGTH, _LENGTH)).astype(np.float32)


def unit(rows: Array) -> Array:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def vectors(count: int) -> Array:
    return unit(CHANCE.standard_normal((count, _LENGTH)).astype(np.float32))


def answered(asked: Array) -> Array:
    """Answers lie in another direction than questions, always the same one from each."""
    return unit(asked @ _SIGNS)


def aims(questions: int) -> Aims:
    asked = vectors(questions)
    answers = answered(asked)
    right = np.eye(questions, dtype=np.bool_)
    folds = np.arange(questions) % 2
    weights = np.ones(questions, np.float32)
    return Aims("ours/1", asked, answers, answers, right, right, weights, folds, folds, folds)


def test_questions_aim_nearer_to_what_answers_them() -> None:
    adapter = QuestionAdapter.from_json(learn_adapter(aims(1000), rounds=25))
    fresh = vectors(100)
    aimed = np.stack([adapter(vector, "ours/1") for vector in fresh])
    before, after = ((rows * answered(fresh)).sum(axis=1).mean() for rows in (fresh, aimed))
    assert after > before + 0.1


def test_a_fold_is_learned_from_nothing_of_its_articles() -> None:
    kept = aims(10).without(1, 2)
    assert kept.articles.tolist() == [0] * 5
    assert kept.right_sentences.shape == (5, 5)
    assert kept.right_sentences.any(axis=1).all()
