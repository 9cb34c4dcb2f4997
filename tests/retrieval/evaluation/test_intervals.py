"""Intervals are as wide as the questions are few, and the same every time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation.intervals import of_mean, of_percentile, of_share, of_statistic
from retrieval.evaluation.measures import Numbers


def test_of_a_hundred_coins_the_interval_is_that_of_the_binomial() -> None:
    # The middle 95 % of 100 fair tosses: 40 to 60 heads.
    assert of_share([True, False] * 50) == pytest.approx((0.40, 0.60), abs=0.011)


def test_more_questions_make_it_narrower() -> None:
    widths = []
    for count in (10, 100, 1_000):
        found = of_share([True, True, False, True, True] * count)
        assert found
        widths.append(found[1] - found[0])
    assert widths[0] > 2 * widths[1] > 4 * widths[2]


@pytest.mark.parametrize(
    ("truths", "expected"),
    [
        ([True], (0.025, 1)),
        ([False], (0, 0.975)),
        ([True] * 18, (0.8147, 1)),
        ([False] * 18, (0, 0.1853)),
    ],
)
def test_where_all_went_the_same_way_the_interval_is_exact(
    truths: list[bool], expected: tuple[float, float]
) -> None:
    assert of_share(truths) == pytest.approx(expected, abs=1e-4)


def test_of_nothing_there_is_no_interval() -> None:
    assert of_share([]) is of_mean([]) is of_percentile([], 0.5) is None
    assert of_statistic(lambda drawn: drawn.sum(axis=1), 3, 0) is None


def test_of_one_value_the_interval_is_that_value() -> None:
    assert of_mean([0.7]) == pytest.approx((0.7, 0.7))
    assert of_percentile([12.5], 0.95) == (12.5, 12.5)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30), st.sampled_from([0.5, 0.95]))
def test_intervals_stay_among_the_values(values: list[int], share: float) -> None:
    for found in (of_mean(values), of_percentile(sorted(values), share)):
        assert found
        assert min(values) - 1e-9 <= found[0] <= found[1] <= max(values) + 1e-9


def test_drawing_values_and_drawing_questions_come_to_the_same() -> None:
    values = np.array([1.0, 1.0, 2.0, 3.0, 5.0] * 8)

    def mean(drawn: Numbers) -> Numbers:
        means: Numbers = drawn @ values / drawn.sum(axis=1)
        return means

    assert of_statistic(mean, len(values)) == pytest.approx(of_mean(values.tolist()), abs=0.05)


def test_percentiles_are_drawn_as_resamples_would_give_them() -> None:
    ordered = sorted(float(n * n % 101) for n in range(60))
    drawn = np.random.default_rng(5).choice(ordered, size=(4_000, 60))
    expected = np.percentile(np.sort(drawn, axis=1)[:, 29], (2.5, 97.5))
    assert of_percentile(ordered, 0.5) == pytest.approx(expected, abs=3)


def test_each_group_keeps_its_size_in_every_resample() -> None:
    seen: list[Numbers] = []

    def note(drawn: Numbers) -> Numbers:
        seen.append(drawn)
        return drawn[:, 0]

    of_statistic(note, 3, 500)
    drawn = np.concatenate(seen)
    assert drawn.shape == (2_000, 503)
    assert (drawn[:, :3].sum(axis=1) == 3).all()
    assert (drawn[:, 3:].sum(axis=1) == 500).all()
    assert drawn.mean() == pytest.approx(1)
