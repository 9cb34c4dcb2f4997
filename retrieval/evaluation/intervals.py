"""How sure the figures are: bootstrap intervals.

The questions asked are a sample of those that could be. Drawing as many of them anew, with
replacement, again and again, shows how far a figure would go with another sample: the middle 95 %
of what these resamples give is the interval (Efron and Tibshirani 1993, chapter 13). The same
numbers give the same interval.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.evaluation.measures import Numbers, nearest_rank

Interval = tuple[float, float]

RESAMPLES = 2_000
_SEED = 1993
_CELLS = 200_000
"""How many numbers are worked on at once: few enough to stay near the processor."""


def of_share(truths: Sequence[bool]) -> Interval | None:
    """Give the interval of a share of truths; None where there are none.

    Where all are alike, so are all resamples, which would make two right answers certainty: then
    it is the exact interval (Clopper and Pearson 1934).
    """
    if not truths or len(set(truths)) > 1:
        return of_mean(truths)
    margin = 1 - 0.025 ** (1 / len(truths))
    return (1 - margin, 1.0) if truths[0] else (0.0, margin)


def of_mean(values: Sequence[float]) -> Interval | None:
    """Give the interval of a mean; None where there are no values."""
    if not values:
        return None
    # Only how often each distinct value is drawn matters: shares cost next to nothing.
    distinct, counts = np.unique(np.asarray(values, dtype=np.float64), return_counts=True)
    drawn = _generator().multinomial(len(values), counts / len(values), size=RESAMPLES)
    return middle(drawn @ distinct / len(values))


def of_percentile(ordered: Sequence[float], share: float) -> Interval | None:
    """Give the interval of a nearest-rank percentile of numbers in order."""
    if not ordered:
        return None
    count = len(ordered)
    rank = nearest_rank(count, share)
    # The rank-th smallest of so many uniform draws is Beta distributed, so it can be drawn itself.
    drawn = _generator().beta(rank, count - rank + 1, size=RESAMPLES)
    places = np.minimum((drawn * count).astype(np.int64), count - 1)
    return middle(np.asarray(ordered, dtype=np.float64)[places])


def of_statistic(statistic: Callable[[Numbers], Numbers], *sizes: int) -> Interval | None:
    """Give the interval of any figure.

    Args:
        statistic: measures many resamples at once: how often each of the questions was drawn
            (resamples × questions) to one value for each.
        sizes: how many questions there are; of several groups, each is drawn from by itself, and
            its columns follow those of the one before.

    Returns:
        The interval; None where a group has no questions.
    """
    if not all(sizes):
        return None
    generator = _generator()
    rows = max(1, min(RESAMPLES, _CELLS // sum(sizes)))
    values = [
        statistic(
            np.hstack([_drawn(generator, min(rows, RESAMPLES - done), size) for size in sizes])
        )
        for done in range(0, RESAMPLES, rows)
    ]
    return middle(np.concatenate(values))


def middle(values: Numbers) -> Interval:
    """Give the middle 95 % of what the resamples gave."""
    low, high = np.percentile(values, (2.5, 97.5))
    return float(low), float(high)


def _drawn(generator: np.random.Generator, rows: int, size: int) -> Numbers:
    """Draw as many questions as there are, ``rows`` times, and count each."""
    drawn: NDArray[np.int64] = generator.integers(size, size=(rows, size))
    drawn += size * np.arange(rows)[:, None]
    return np.bincount(drawn.ravel(), minlength=rows * size).reshape(rows, size).astype(np.float64)


def _generator() -> np.random.Generator:
    return np.random.default_rng(_SEED)
