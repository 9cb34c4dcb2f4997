"""Tables in text, CSV: a line a row, with the header in it."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import islice

from retrieval.faults import Fault, FaultError
from retrieval.sources import rows
from retrieval.sources.document import Document
from retrieval.sources.encodings import decode_any

_DELIMITERS = ",;\t|"
_LOOKED_AT = 100  # rows
_LONGEST_CELL = 1_000_000  # characters


def read(data: bytes) -> Document:
    """Read a table in which commas, semicolons, tabs or bars part the cells.

    Raises:
        FaultError: its encoding can't be told, a cell is endless, or there is nothing in it.
    """
    text = decode_any(data, prose=False)
    delimiter = _delimiter(text)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        # With the end of each line, which stands between two words where it is within a cell.
        ended = (f"{line}\n" for line in text.split("\n"))
        lines = rows.lines(csv.reader(ended, delimiter=delimiter))
    except csv.Error as error:
        english = f"it is not a table: {error}: save it as CSV anew"
        raise FaultError(Fault("no-table", english)) from None
    if not lines:
        raise FaultError(Fault("empty", "it is empty: write something in it or remove it"))
    return Document(text="\n".join(lines) + "\n")


def _delimiter(text: str) -> str:
    """The delimiter by which most rows have the same number of cells, and more than one."""

    def agreement(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(text.split("\n", 5 * _LOOKED_AT), delimiter=delimiter)
        try:
            widths = Counter(len(row) for row in islice(filter(None, reader), _LOOKED_AT))
        except csv.Error:
            return (0, 0)
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return (count, width) if width > 1 else (0, 0)

    return max(_DELIMITERS, key=agreement)
