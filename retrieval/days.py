"""The day that a document says it is of: whatever way it writes it, and in people's words. Pure."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from retrieval.types import Language

_LOCALES: dict[Language, str] = {"it": "it", "en": "en_GB"}
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?!\d))?)?")
_WHOLE = re.compile(rf"{_ISO.pattern}(?:[T ]\d.*)?")


def day_in_words(written: str, language: Language) -> str:
    """Say a day, however a document writes it: «26 novembre 2026», «novembre 2026» of a month.

    Where none can be told, it stays as it is, in the document's own words.
    """
    known = as_iso(written)
    parts = [int(part) for part in known.split("-")] if known else []
    if len(parts) < 2:
        return known or written.strip()
    from babel.dates import format_date, format_skeleton  # needed only to show a date

    day = date(*parts, *[1] * (3 - len(parts)))
    if len(parts) == 2:
        return str(format_skeleton("yMMMM", day, locale=_LOCALES[language]))
    return str(format_date(day, "long", locale=_LOCALES[language]))


@lru_cache(maxsize=2_000)
def as_iso(written: str) -> str:
    """Give a date as ISO 8601 writes it: a day, a month or a year, as much as is said.

    "" where none can be told: there is no year, or day and month may be the other way round
    (07/12/2023). Nothing is guessed. Of several dates the first counts.
    """
    if match := _WHOLE.fullmatch(written.strip()):
        return _joined(*(int(part or 0) for part in match.groups()))
    from retrieval.verification.dates import dates  # which takes a while to import

    for found in dates(written):
        if not found.year:
            continue
        day, month = found.day, found.month
        if found.swapped and month > 12 >= day:
            day, month = month, day
        if found.swapped and day <= 12 and day != month:
            return ""
        return _joined(found.year, month, day)
    return ""


def _joined(year: int, month: int, day: int) -> str:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return ""
    return "-".join(f"{part:02}" for part in (year, month, day) if part)
