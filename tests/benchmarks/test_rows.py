"""A row knows its target, and a table shows where it is missed."""

from __future__ import annotations

import pytest

from benchmarks.rows import Row, percentile, table


@pytest.mark.parametrize(
    ("row", "ok"),
    [
        (Row("a", 1.0), None),
        (Row("a", 1.0, at_most=1.0), True),
        (Row("a", 1.1, at_most=1.0), False),
        (Row("a", 1.0, at_least=1.0), True),
        (Row("a", 0.9, at_least=1.0), False),
        (Row("a", 2.0, at_least=1.0, at_most=1.5), False),
        (Row("a", None, at_least=1.0), False),
    ],
)
def test_a_target_is_met_or_missed_and_what_was_not_measured_misses_it(
    row: Row, ok: bool | None
) -> None:
    assert row.ok is ok
    assert row.to_dict()["ok"] is ok


def test_the_table_has_a_line_a_row_with_its_target() -> None:
    shown = table([Row("short", 0.5, "s", at_most=8), Row("a longer name", 3, at_most=2)])
    assert shown.split("\n") == [
        "short          0.500 s  ≤ 8  ok",
        "a longer name        3  ≤ 2  MISSED",
    ]


def test_percentiles_are_by_nearest_rank() -> None:
    values = [float(value) for value in range(100, 0, -1)]
    assert [percentile(values, share) for share in (0.01, 0.5, 0.95, 1.0)] == [1, 50, 95, 100]
    assert percentile([7.0], 0.5) == 7
