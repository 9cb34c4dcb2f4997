"""How well sentences were ranked, where an experiment looks at nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

import numpy as np

from benchmarks.examples import Example, Table
from retrieval.evaluation.measures import gain


def ranking(examples: Sequence[Example], scores: Sequence[Table]) -> str:
    """Say it of answerable questions, in words: of passages, by the sum over their sentences."""
    ranks, best, three = [], [], []
    for example, score in zip(examples, scores, strict=True):
        ranks.append(_rank(example, score))
        order = np.argsort(-score, kind="stable")
        best.append(bool(example.holds[order[0]]))
        three.append(bool(example.holds[order[:3]].any()))
    return (
        f"nDCG@10 {fmean(map(gain, ranks)):.3f}, R@1 {fmean(r == 0 for r in ranks):.3f}, "
        f"best sentence answers {fmean(best):.3f}, of three {fmean(three):.3f}"
    )


def _rank(example: Example, scores: Table) -> int | None:
    sums = np.bincount(example.owner, np.exp(scores - scores.max()))
    right = np.unique(example.owner[example.right])
    return int((sums > sums[right].max()).sum()) if len(right) else None
