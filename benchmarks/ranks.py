"""How well systems rank, from the rank of the right source, with how sure one can be of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from retrieval.evaluation import intervals
from retrieval.evaluation.measures import gain

DEPTH = 10


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

    There must be one rank at least.
    """
    return {
        "R@1": mean([rank == 0 for rank in ranks]),
        "R@10": mean([rank is not None for rank in ranks]),
        "MRR@10": mean([0 if rank is None else 1 / (rank + 1) for rank in ranks]),
        "nDCG@10": mean([gain(rank) for rank in ranks]),
    }


def mean(values: Sequence[float]) -> Mean:
    """Give the mean of one value or more, with its bootstrap interval."""
    interval = intervals.of_mean(values)
    if interval is None:
        raise ValueError("there is nothing to take the mean of")
    return Mean(fmean(values), *interval)
