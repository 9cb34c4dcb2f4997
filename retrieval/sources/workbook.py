"""Workbooks, XLSX: each sheet under its name, a line a row, as people read the cells."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

from retrieval.faults import Fault, FaultError
from retrieval.sources import archives, rows
from retrieval.sources.document import Document, tidy_title

_DECIMALS = re.compile(r"\.(0+)")


def read(data: bytes) -> Document:
    """Read the sheets of a workbook that are shown; formulas by their last results.

    Raises:
        FaultError: it is protected, damaged or too large, or there is nothing in it.
    """
    archives.check(data, "an XLSX workbook")
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    blocks: list[str] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        sheet.reset_dimensions()  # what it says of its size may be anything
        lines = rows.lines([_text(cell) for cell in row] for row in sheet.iter_rows())
        if lines:
            blocks.append("\n".join([f"# {rows.tidy(sheet.title)}", "", *lines]))
    if not blocks:
        raise FaultError(
            Fault("empty", "there is nothing in its sheets: write something or remove it")
        )
    about = book.properties
    creator = about.creator or ""
    changed = about.modified or about.created
    return Document(
        text="\n\n".join(blocks) + "\n",
        title=tidy_title(about.title or ""),
        author="" if creator == "openpyxl" else rows.tidy(creator),
        date=changed.date().isoformat() if changed and creator != "openpyxl" else "",
    )


def _text(cell: Any) -> str:
    """What a cell shows, in no country's way of writing: 0.125 as a percentage is 12.5%."""
    value, shown = cell.value, str(getattr(cell, "number_format", "") or "")
    if isinstance(value, datetime):
        day = value.date().isoformat()
        return day if value.time() == time() else f"{day} {value.time().isoformat('minutes')}"
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, shown)
    return "" if value is None else str(value)


def _duration(value: timedelta) -> str:
    """Hours, which may be more than a day's, and minutes: «30:05»; Python would say «1 day, …»."""
    seconds = round(abs(value.total_seconds()))
    hours, minutes = seconds // 3600, seconds // 60 % 60
    rest = f":{seconds % 60:02}" if seconds % 60 else ""
    return f"{'-' if value < timedelta() else ''}{hours}:{minutes:02}{rest}"


def _number(value: float, shown: str) -> str:
    percent = "%" in shown
    value = round(value * 100, 10) if percent else value
    decimals = _DECIMALS.search(shown)
    if decimals and isinstance(value, float):
        text = f"{value:.{len(decimals[1])}f}"
    else:
        text = f"{value:.15g}" if isinstance(value, float) and abs(value) < 1e15 else str(value)
    currency = next((sign for sign in "€$£" if sign in shown.replace("[$-", "")), "")
    return text + ("%" if percent else "") + (f" {currency}" if currency else "")
