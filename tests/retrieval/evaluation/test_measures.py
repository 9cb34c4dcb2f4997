"""Measures have the values that one computes by hand."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation import auroc
from retrieval.evaluation.measures import (
    Numbers,
    area_under_risk,
    areas_under_risk,
    aurocs,
    calibration_error,
    calibration_errors,
    gain,
    percentile,
    reliability,
    risk_coverage,
)

judged = st.lists(
    st.tuples(st.integers(0, 8).map(lambda n: n / 8), st.booleans(), st.integers(0, 3)),
    min_size=1,
    max_size=30,
).filter(lambda rows: any(count for *_, count in rows))
"""Confidences with many ties, whether right, and how often a resample drew each."""


@given(
    st.lists(st.integers(0, 5).map(float), max_size=12),
    st.lists(st.integers(0, 5).map(float), max_size=12),
)
def test_auroc_is_the_chance_that_a_positive_scores_above_a_negative(
    positives: list[float], negatives: list[float]
) -> None:
    pairs = [(p > n) + (p == n) / 2 for p in positives for n in negatives]
    expected = sum(pairs) / len(pairs) if pairs else None
    assert auroc(positives, negatives) == (expected and pytest.approx(expected))


def test_many_equal_scores_take_no_longer_than_they_must() -> None:
    scores = [float(n // 2) for n in range(40_000)]
    assert auroc(scores, scores) == pytest.approx(0.5)


def test_ten_questions_have_a_bin_each() -> None:
    scores = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95]
    right = [False] * 5 + [True] * 5
    bins = reliability(scores, right)
    assert [each.count for each in bins] == [1] * 10
    assert [each.right for each in bins] == [0] * 5 + [1] * 5
    # Twice 0.05, 0.15, … 0.45 off.
    assert calibration_error(bins) == pytest.approx(0.25)


def test_bins_hold_about_as_many_questions_whatever_their_order() -> None:
    scores = [(7 * n % 24) / 24 for n in range(24)]
    bins = reliability(scores, [True] * 24)
    assert len(bins) == 10
    assert {each.count for each in bins} == {2, 3}
    assert sum(each.count for each in bins) == 24
    assert all(low.high < high.low for low, high in pairwise(bins))


def test_equal_confidences_share_a_bin() -> None:
    bins = reliability([0.8] * 10, [True] * 7 + [False] * 3)
    [only] = bins
    assert (only.low, only.high, only.count) == (0.8, 0.8, 10)
    assert [only.confidence, only.right] == pytest.approx([0.8, 0.7])
    assert calibration_error(bins) == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("score", "right", "error"),
    [(1.0, True, 0), (1.0, False, 1), (0.0, False, 0), (0.3, True, 0.7)],
)
def test_a_calibration_error_of_one_question_is_its_distance(
    score: float, right: bool, error: float
) -> None:
    assert calibration_error(reliability([score], [right])) == pytest.approx(error)


def test_risk_rises_as_less_sure_questions_are_answered() -> None:
    curve = risk_coverage([0.7, 0.9, 0.8], [True, True, False])
    assert [(p.threshold, p.coverage, p.risk) for p in curve] == [
        (0.9, pytest.approx(1 / 3), 0),
        (0.8, pytest.approx(2 / 3), 0.5),
        (0.7, 1, pytest.approx(1 / 3)),
    ]
    assert area_under_risk(curve) == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)


def test_a_threshold_answers_all_that_are_as_sure_or_none() -> None:
    curve = risk_coverage([0.5, 0.5, 0.5, 0.5], [True, False, True, True])
    assert [(p.coverage, p.risk) for p in curve] == [(1, 0.25)]
    assert area_under_risk(curve) == 0.25


@pytest.mark.parametrize(("right", "area"), [(True, 0), (False, 1)])
def test_all_right_has_no_risk_and_all_wrong_no_other(right: bool, area: float) -> None:
    curve = risk_coverage([0.1, 0.4, 0.4, 0.9], [right] * 4)
    assert area_under_risk(curve) == pytest.approx(area)


def test_of_nothing_nothing_is_measured() -> None:
    assert (*reliability([], []), *risk_coverage([], [])) == ()
    assert calibration_error([]) is area_under_risk([]) is percentile([], 0.5) is None


def resampled(rows: list[tuple[float, bool, int]]) -> tuple[list[float], list[bool], Numbers]:
    """The columns of some rows, as one resample among others."""
    scores, right, counts = (list(column) for column in zip(*rows, strict=True))
    return scores, right, np.array([counts, [1] * len(rows), counts], dtype=np.float64)


def repeated(values: list[Any], weights: Numbers) -> list[Any]:
    return [v for v, n in zip(values, weights, strict=True) for _ in range(int(n))]


@given(judged)
def test_a_resample_is_measured_as_the_questions_it_drew(
    rows: list[tuple[float, bool, int]],
) -> None:
    scores, right, weights = resampled(rows)
    drawn = repeated(scores, weights[0]), repeated(right, weights[0])
    error = calibration_error(reliability(*drawn))
    whole = calibration_error(reliability(scores, right))
    assert calibration_errors(scores, right, weights) == pytest.approx([error, whole, error])
    area = area_under_risk(risk_coverage(*drawn))
    whole = area_under_risk(risk_coverage(scores, right))
    assert areas_under_risk(scores, right, weights) == pytest.approx([area, whole, area])


@given(judged, judged)
def test_a_resample_of_two_groups_is_too(
    some: list[tuple[float, bool, int]], others: list[tuple[float, bool, int]]
) -> None:
    positives, _, left = resampled(some)
    negatives, _, right = resampled(others)
    chance = auroc(repeated(positives, left[0]), repeated(negatives, right[0]))
    found = aurocs(positives, negatives, np.hstack([left, right]))
    assert found == pytest.approx([chance, auroc(positives, negatives), chance])


@pytest.mark.parametrize(
    ("rank", "value"), [(0, 1), (1, 0.63093), (9, 0.28906), (10, 0), (None, 0)]
)
def test_gain_falls_with_the_rank_and_ends_at_ten(rank: int | None, value: float) -> None:
    assert gain(rank) == pytest.approx(value, abs=1e-5)
