"""The day that a document says it is of: whatever way it writes it, and in people's words. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import permutations

from retrieval.types import Language

_LOCALES: dict[Language, str] = {"it": "it", "en": "en_GB"}
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?!\d))?)?")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_PACKED = re.compile(r"^([12]\d{3})(\d{2})(\d{2})$")
_YEARS = re.compile(r"\d{4}[-–/]\d\d")
_MONTH = (
    r"(?:genn|febb|mar|apr|magg|giu|lugl|ago|sett|ott|nov|dic|jan|feb|may|june?|july?|aug|sep|oct|dec)"
    r"[a-z]*\b"
)
# What makes a date an end of several: «dal 3 al», "3–", and « al 20 dicembre», but no hour of day.
_FROM = re.compile(
    rf"(?:\d|\b{_MONTH})\s*(?:[-–—/]|\b(?:al?|e|to|until|and)\b)\s*(?:(?:il|the)\s)?$",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\s*(?:[-–—/]|\b(?:al?|e|fino\sal?|to|until|till|and)\b)\s*(?:(?:il|the)\s)?"
    rf"(?:\d(?!\d?[:.]\d\d\b)|{_MONTH})",
    re.IGNORECASE,
)
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

    "" where none can be told: there is no year, it is a span (2023/24), or day and month may be the
    other way round (07/12/2023). Nothing is guessed. Of several dates the first counts.
    """
    text = _PACKED.sub(r"\1-\2-\3", written.strip())
    text = _YEAR_FIRST.sub(lambda m: f"{m[1]}-{int(m[3]):02}-{int(m[4]):02}", text)
    if match := _WHOLE.fullmatch(text):
        return _joined(*(int(part or 0) for part in match.groups()))
    from retrieval.verification.dates import dates  # which takes a while to import

    for found in dates(text):
        if not found.year:
            continue
        if _is_span(text, found.start, found.end):
            return ""
        day, month = found.day, found.month
        if found.swapped and month > 12 >= day:
            day, month = month, day
        if found.swapped and day <= 12 and day != month:
            return ""
        return _joined(found.year, month, day)
    return ""


def are_in_order(days: Sequence[str]) -> bool:
    """Tell whether dates by :func:`as_iso` can be ordered: 2024 may be before or after 2024-03."""
    whole = len("2024-03-01")
    return all(days) and not any(
        b.startswith(a) and (a != b or len(a) < whole) for a, b in permutations(days, 2)
    )


def _is_span(text: str, start: int, end: int) -> bool:
    """Tell whether the date of a text is the first or the last of several that are meant."""
    if _YEARS.fullmatch(text, start, end) or _FROM.search(text, 0, start):
        return True
    return bool(_TO.match(text, end))


def _joined(year: int, month: int, day: int) -> str:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return ""
    return "-".join(f"{part:02}" for part in (year, month, day) if part)
