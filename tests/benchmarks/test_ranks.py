"""What a rank is worth, and how sure one can be of a mean."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.ranks import mean, measures, rank_of

RANKS = st.lists(st.none() | st.integers(0, 9), min_size=1, max_size=30)


def test_a_source_is_counted_once_and_only_among_the_first_ten() -> None:
    assert rank_of("b", ["a", "a", "a", "b"]) == 1
    assert rank_of("j", [*"aabbccddeeffgghhiij"]) == 9
    assert rank_of("k", [*"abcdefghijk"]) is None
    assert rank_of("z", ["a"]) is None


def test_the_measures_are_those_of_the_books() -> None:
    found = measures([0, 2, None])
    values = {name: one.value for name, one in found.items()}
    assert values["R@1"] == pytest.approx(1 / 3)
    assert values["R@10"] == pytest.approx(2 / 3)
    assert values["MRR@10"] == pytest.approx((1 + 1 / 3) / 3)
    assert values["nDCG@10"] == pytest.approx((1 + 1 / math.log2(4)) / 3)


@given(RANKS)
def test_every_measure_lies_in_its_interval_and_between_the_recalls(
    ranks: list[int | None],
) -> None:
    found = measures(ranks)
    assert all(
        0 <= m.low <= m.value + 1e-9 and m.value <= m.high + 1e-9 <= 2 for m in found.values()
    )
    order = [found[name].value for name in ("R@1", "MRR@10", "nDCG@10", "R@10")]
    assert order == sorted(order)


def test_an_interval_narrows_with_more_values_and_is_the_same_each_time() -> None:
    few, many = (mean([0.0, 1.0] * half) for half in (10, 1_000))
    assert few.high - few.low > 5 * (many.high - many.low) > 0
    assert many == mean([0.0, 1.0] * 1_000)
    # The usual error of a mean of 2,000 coin tosses, twice either way.
    assert many.high - many.low == pytest.approx(4 * 0.5 / math.sqrt(2_000), rel=0.1)
