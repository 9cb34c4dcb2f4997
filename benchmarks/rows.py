"""What a measurement says: a number, and what it should be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from retrieval.evaluation.measures import nearest_rank


@dataclass(frozen=True, slots=True)
class Row:
    """One measured value. ``at_most`` and ``at_least`` are its target, where it has one."""

    name: str
    value: float | None
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def ok(self) -> bool | None:
        """Tell whether the target is met; None where there is none."""
        if self.at_most is None and self.at_least is None:
            return None
        if self.value is None:
            return False
        low = -math.inf if self.at_least is None else self.at_least
        high = math.inf if self.at_most is None else self.at_most
        return low <= self.value <= high

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON shows it."""
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "at_most": self.at_most,
            "at_least": self.at_least,
            "ok": self.ok,
        }


def table(rows: Sequence[Row]) -> str:
    """Lay rows out for a terminal: name, value, target, and whether it is met."""
    cells = [
        (row.name, f"{_number(row.value)} {row.unit}".rstrip(), _target(row), _mark(row))
        for row in rows
    ]
    widths = [max(len(row[column]) for row in cells) for column in range(3)]
    return "\n".join(
        f"{name.ljust(widths[0])}  {value.rjust(widths[1])}  {target.ljust(widths[2])}  {mark}"
        for name, value, target, mark in cells
    )


def percentile(values: Sequence[float], share: float) -> float:
    """Give the nearest-rank percentile of some values, in any order."""
    return sorted(values)[nearest_rank(len(values), share) - 1]


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    if float(value).is_integer():
        return f"{int(value)}"
    return f"{value:.3f}" if value < 2 else f"{value:.1f}"


def _target(row: Row) -> str:
    if row.at_least is not None and row.at_least == row.at_most:
        return f"= {_number(row.at_least)}"
    low = "" if row.at_least is None else f"≥ {_number(row.at_least)}"
    high = "" if row.at_most is None else f"≤ {_number(row.at_most)}"
    return " ".join(filter(None, (low, high)))


def _mark(row: Row) -> str:
    return {None: "", True: "ok", False: "MISSED"}[row.ok]
