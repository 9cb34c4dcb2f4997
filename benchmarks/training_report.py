"""What training reports: how good the ranking and the confidence are on articles left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.evaluation.measures import auroc, calibration_error, gain, reliability

_THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)


@dataclass(frozen=True)
class Judged:
    """A question on a store: scores of its sentences, which of them are right, and how sure."""

    kind: str
    store: str
    complete: bool  # all sources were there
    language: str
    scores: NDArray[np.float32]
    owner: NDArray[np.int32]
    right: NDArray[np.bool_]
    holds: NDArray[np.bool_]
    confidence: float

    @property
    def answers(self) -> bool:
        """Tell whether the best sentence answers."""
        return self.kind == "answerable" and bool(self.holds[int(self.scores.argmax())])

    def holds_answer(self, most: int) -> bool:
        """Tell whether one of the best sentences holds an answer."""
        return bool(self.holds[np.argsort(-self.scores, kind="stable")[:most]].any())

    def rank(self) -> int | None:
        """Give the rank of the right source from 0, passages by the sum over their sentences."""
        sums = np.bincount(self.owner, np.exp(self.scores - self.scores.max()))
        right = np.unique(self.owner[self.right])
        return int((sums > sums[right].max()).sum()) if len(right) else None


def show(judged: Sequence[Judged]) -> None:
    """Print it all."""
    print("on articles not trained on:")
    _by_group(judged, lambda j: (j.store, j.language), ranking)
    print(f"share refused, by threshold: {'  '.join(f'{t:.2f}' for t in _THRESHOLDS)}")
    _by_group(judged, lambda j: (j.store, j.language, j.kind), _refused)
    whole = [j for j in judged if j.complete]
    for language in ("it", "en"):
        chosen = [j for j in whole if j.language == language]
        if chosen:
            print(f"  calibration error, {language}: {_calibration(chosen)}")
    if whole:
        print(f"  calibration error, all: {_calibration(whole)}")
    for store in sorted({j.store for j in judged}):
        here = [j for j in judged if j.store == store and not j.complete]
        sure = [j.confidence for j in here if j.kind == "answerable"]
        for kind in ("near-miss", "off-topic"):
            area = auroc(sure, [j.confidence for j in here if j.kind == kind])
            if area is not None:
                print(f"  {store}: AUROC of answerable against {kind}: {area:.3f}")


def _calibration(judged: Sequence[Judged]) -> str:
    bins = reliability([j.confidence for j in judged], [j.answers for j in judged])
    error = calibration_error(bins)
    return "–" if error is None else f"{error:.3f}"


def ranking(judged: Sequence[Judged]) -> str:
    """Say how good the ranking is."""
    chosen = [j for j in judged if j.kind == "answerable"]
    if not chosen:
        return ""
    ranks = [j.rank() for j in chosen]
    return (
        f"nDCG@10 {fmean(map(gain, ranks)):.3f}, R@1 {fmean(r == 0 for r in ranks):.3f}, "
        f"best sentence answers {fmean(j.answers for j in chosen):.3f}, "
        f"of three {fmean(j.holds_answer(3) for j in chosen):.3f}"
    )


def _refused(judged: Sequence[Judged]) -> str:
    return "  ".join(f"{fmean(j.confidence < t for j in judged):.2f}" for t in _THRESHOLDS)


def _by_group(
    judged: Sequence[Judged],
    key: Callable[[Judged], Any],
    line: Callable[[Sequence[Judged]], str],
) -> None:
    for group in sorted({key(j) for j in judged}):
        chosen = [j for j in judged if key(j) == group]
        if said := line(chosen):
            print(f"  {', '.join(group)}, {len(chosen)} questions: {said}")
