"""Rows of a table as lines that are understood alone: ``Città: Tokyo · Abitanti: 14 milioni``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

SEPARATOR = " · "
"""Between the cells of a row; chunking knows a row by it."""

_LONGEST_HEADER = 80  # characters; a longer cell is text
_NUMBER = re.compile(r"[\s€$£%+–-]*\d[\d.,'\s]*[\s€$£%]*")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


def lines(rows: Iterable[Sequence[str]], *, header: bool | None = None) -> list[str]:
    """Write rows of cells down, a line each; empty rows and cells are dropped.

    ``header`` tells whether the first row names the columns; ``None`` leaves it to what stands
    there. What stands alone above a table is a paragraph of its own, set off by an empty line.
    """
    kept = [cells for row in rows if any(cells := [tidy(cell) for cell in row])]
    columns = max((_width(row) for row in kept), default=0)
    if columns <= 1:
        return [f"- {value}" for row in kept for value in row if value]
    written: list[str] = []
    while len(kept) > 1 and sum(map(bool, kept[0])) == 1 and header is None:
        written += [next(filter(None, kept.pop(0))), ""]
    if header is None:
        header = len(kept) > 1 and _names_columns(kept[0], kept[1:])
    names = [name.rstrip(": ") for name in kept.pop(0)] if header and len(kept) > 1 else []
    return written + [_line(names, row) for row in kept]


def tidy(cell: str) -> str:
    """One line, with no separator in it."""
    return " ".join(cell.split()).replace(SEPARATOR, " - ")


def _line(names: Sequence[str], row: Sequence[str]) -> str:
    named = [*names, *("",) * (len(row) - len(names))]
    cells = [
        f"{name}: {value}" if name and name != value else value
        for name, value in zip(named, row, strict=False)
        if value
    ]
    # One cell alone has no separator to be known by.
    return SEPARATOR.join(cells) if len(cells) > 1 else f"- {cells[0]}"


def _width(row: Sequence[str]) -> int:
    return max((number for number, cell in enumerate(row, start=1) if cell), default=0)


def _names_columns(first: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    names = [cell for cell in first if cell]
    if len(names) < 2 or len(set(names)) < len(names):
        return False
    if any(len(name) > _LONGEST_HEADER for name in names):
        return False
    numbers = [name for name in names if _NUMBER.fullmatch(name)]
    if all(map(_YEAR.fullmatch, numbers)) and len(numbers) < len(names):
        return not any(_same_kind(first, other) for other in others[:1]) or not numbers
    return False


def _same_kind(first: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether years stand in a row where years stand in the next as well."""
    return all(
        bool(_YEAR.fullmatch(one)) == bool(_YEAR.fullmatch(two))
        for one, two in zip(first, other, strict=False)
        if one
    )
