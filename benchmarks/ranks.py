"""How well systems rank, from the rank of the right source, with how sure one can be of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DEPTH = 10
_SAMPLES = 1_000


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean, and the interval that holds it with 95 % confidence."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def rank_of(source: str, found: Sequence[str]) -> int | None:
    """Give the rank, from 0, of a source among the sources of passages, each counted once."""
    once = list(dict.fromkeys(found))
    return once.index(source) if source in once[:DEPTH] else None


def measures(ranks: Sequence[int | None]) -> Mapping[str, Mean]:
    """Give recall, reciprocal rank and gain by name; ``None`` is a rank past the tenth.

    nDCG is that of Järvelin and Kekäläinen (2002) with one relevant source a question.
    """
    places = np.array([DEPTH if rank is None else rank for rank in ranks], dtype=np.float64)
    found = places < DEPTH
    return {
        "R@1": mean(places == 0),
        "R@10": mean(found),
        "MRR@10": mean(found / (places + 1)),
        "nDCG@10": mean(found / np.log2(places + 2)),
    }


def mean(values: NDArray[np.generic], seed: int = 1) -> Mean:
    """Give the mean of one value or more, with its bootstrap interval (percentiles; Efron 1979)."""
    numbers = np.asarray(values, dtype=np.float64)
    drawn = np.random.default_rng(seed).integers(0, len(numbers), (_SAMPLES, len(numbers)))
    low, high = np.percentile(numbers[drawn].mean(axis=1), [2.5, 97.5])
    return Mean(float(numbers.mean()), float(low), float(high))
