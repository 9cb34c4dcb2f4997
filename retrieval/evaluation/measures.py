"""What is measured, as pure functions of numbers.

Confidences and what came of them are given side by side, ``right`` as truths or 0 and 1. Functions
that take ``weights`` (resamples × questions: how often a resample drew each question) measure many
resamples at once, and give one value for each.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

BINS = 10
"""Into how many bins of about equal count the reliability table sorts the questions."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of similar confidence, from ``low`` to ``high``.

    ``confidence`` is their mean, ``right`` the share of them whose best quote answers.
    """

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """What answering from a confidence of ``threshold`` would mean.

    ``coverage`` is the share of the questions that is answered, ``risk`` the share of those that
    is answered wrongly.
    """

    threshold: float
    coverage: float
    risk: float


def gain(rank: int | None) -> float:
    """Give the nDCG@10 of one question with one relevant source (Järvelin and Kekäläinen 2002).

    ``rank`` counts from 0; None where the source wasn't found.
    """
    return 1 / math.log2(rank + 2) if rank is not None and rank < 10 else 0.0


def percentile(ordered: Sequence[float], share: float) -> float | None:
    """Give the nearest-rank percentile of numbers in order."""
    return ordered[nearest_rank(len(ordered), share) - 1] if ordered else None


def nearest_rank(count: int, share: float) -> int:
    """Give the rank, from 1, of a percentile of so many numbers."""
    return max(math.ceil(share * count), 1)


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """Give the chance that a positive scores above a negative, ties counted half."""
    if not positives or not negatives:
        return None
    ordered = sorted(negatives)
    below = sum(bisect_left(ordered, value) for value in positives)
    not_above = sum(bisect_right(ordered, value) for value in positives)
    wins = (below + not_above) / 2
    return wins / (len(positives) * len(negatives))


def reliability(confidences: Sequence[float], right: Sequence[float]) -> tuple[Bin, ...]:
    """Sort questions by confidence into ten bins of about equal count (Naeini et al. 2015).

    Equal confidences share a bin, the one that the middle of them falls into; so bins may differ
    in count, and those that nothing falls into are left out.
    """
    if not confidences:
        return ()
    scores, truths = _by_confidence(confidences, right)
    _, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    bins = _bins(counts[None, :].astype(np.float64))[0][places]
    return tuple(
        Bin(
            low=float(scores[inside][0]),
            high=float(scores[inside][-1]),
            count=int(inside.sum()),
            confidence=float(scores[inside].mean()),
            right=float(truths[inside].mean()),
        )
        for inside in (bins == number for number in np.unique(bins))
    )


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """Give the expected calibration error: how far confidence is from what came of it, on average.

    Over the bins of :func:`reliability`, weighted by their counts (Guo et al. 2017).
    """
    if not bins:
        return None
    gaps = (b.count * abs(b.confidence - b.right) for b in bins)
    return sum(gaps) / sum(b.count for b in bins)


def calibration_errors(
    confidences: Sequence[float], right: Sequence[float], weights: Numbers
) -> Numbers:
    """Give the :func:`calibration_error` of each resample, its bins drawn anew."""
    scores, counts, rights = _grouped(confidences, right, weights)
    rows = len(counts)
    places = _bins(counts) + BINS * np.arange(rows)[:, None]
    gaps = np.bincount(
        places.ravel(), (counts * scores - rights).ravel(), minlength=rows * BINS
    ).reshape(rows, BINS)
    errors: Numbers = np.abs(gaps).sum(axis=1) / counts.sum(axis=1)
    return errors


def _by_confidence(confidences: Sequence[float], right: Sequence[float]) -> tuple[Numbers, Numbers]:
    scores = np.asarray(confidences, dtype=np.float64)
    order = np.argsort(scores, kind="stable")
    return scores[order], np.asarray(right, dtype=np.float64)[order]


def _grouped(
    confidences: Sequence[float], right: Sequence[float], weights: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Give the distinct confidences, rising, and how many have each, and are right, a resample."""
    scores = np.asarray(confidences, dtype=np.float64)
    order = np.argsort(scores, kind="stable")
    weights = weights.take(order, axis=1)
    distinct, starts = np.unique(scores[order], return_index=True)
    rights = weights * np.asarray(right, dtype=np.float64)[order]
    if len(distinct) < len(scores):  # there are ties to sum up
        weights = np.add.reduceat(weights, starts, axis=1)
        rights = np.add.reduceat(rights, starts, axis=1)
    return distinct, weights, rights


def _bins(counts: Numbers) -> NDArray[np.int64]:
    """Tell the bin of each distinct confidence by where the middle of its questions falls."""
    upto = counts.cumsum(axis=1)
    bins: NDArray[np.int64] = (BINS * (upto - counts / 2) / upto[:, -1:]).astype(np.int64)
    bins[bins == BINS] -= 1  # where a resample hasn't drawn the last one, that is at the very end
    return bins


def risk_coverage(confidences: Sequence[float], right: Sequence[float]) -> tuple[RiskPoint, ...]:
    """Give the risk of every threshold that changes anything, from the highest down."""
    if not confidences:
        return ()
    scores, truths = _by_confidence(confidences, right)
    scores, wrong = scores[::-1], np.cumsum(1 - truths[::-1])
    answered = np.append(np.flatnonzero(np.diff(scores)), len(scores) - 1)
    return tuple(
        RiskPoint(
            threshold=float(scores[last]),
            coverage=float((last + 1) / len(scores)),
            risk=float(wrong[last] / (last + 1)),
        )
        for last in answered
    )


def area_under_risk(curve: Sequence[RiskPoint]) -> float | None:
    """Give the area under the risk–coverage curve, AURC (Geifman and El-Yaniv 2017).

    It is the mean, over the questions, of the risk at the threshold that just answers each.
    """
    if not curve:
        return None
    before = [0.0, *(point.coverage for point in curve)]
    return sum((p.coverage - b) * p.risk for p, b in zip(curve, before, strict=False))


def areas_under_risk(
    confidences: Sequence[float], right: Sequence[float], weights: Numbers
) -> Numbers:
    """Give the :func:`area_under_risk` of each resample."""
    _, counts, rights = _grouped(confidences, right, weights)
    counts = np.ascontiguousarray(counts[:, ::-1])
    answered = counts.cumsum(axis=1)
    wrong = answered - rights[:, ::-1].cumsum(axis=1)
    # Where a resample has drawn none so far, there is nothing to be wrong about, nor any weight.
    areas: Numbers = (counts * wrong / np.maximum(answered, 1)).sum(axis=1) / answered[:, -1]
    return areas


def aurocs(positives: Sequence[float], negatives: Sequence[float], weights: Numbers) -> Numbers:
    """Give the :func:`auroc` of each resample; ``weights`` has the positives' columns first."""
    order = np.argsort(np.asarray(negatives, dtype=np.float64), kind="stable")
    ordered = np.asarray(negatives, dtype=np.float64)[order]
    of_positives, of_negatives = np.split(weights, [len(positives)], axis=1)
    counted = np.pad(of_negatives.take(order, axis=1).cumsum(axis=1), ((0, 0), (1, 0)))
    below = counted.take(np.searchsorted(ordered, positives, "left"), axis=1)
    not_above = counted.take(np.searchsorted(ordered, positives, "right"), axis=1)
    wins = (of_positives * (below + not_above)).sum(axis=1) / 2
    chances: Numbers = wins / (of_positives.sum(axis=1) * of_negatives.sum(axis=1))
    return chances
