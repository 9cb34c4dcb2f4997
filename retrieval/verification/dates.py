"""Dates and times of day in Italian and English prose, read to what they say. Pure.

«12 luglio 2023», "July 12, 2023" and 12/07/2023 are one day; «anni '90», «anni Novanta» and
"1990s" are one decade; «15:30» and "3.30 pm" are one time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from retrieval.words import fold

_MONTHS = {
    form: n
    for n, forms in enumerate(
        """gennaio january jan|febbraio february feb|marzo march mar|aprile april apr
        |maggio may|giugno june jun|luglio july jul|agosto august aug|settembre september sept sep
        |ottobre october oct|novembre november nov|dicembre december dec""".split("|"),
        1,
    )
    for form in forms.split()
}
_FULL = "|".join(m for m in _MONTHS if len(m) > 4 or m in ("june", "july"))
_ANY = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAYS = {
    form: n
    for n, forms in enumerate(
        """lunedi monday mondays|martedi tuesday tuesdays|mercoledi wednesday wednesdays
        |giovedi thursday thursdays|venerdi friday fridays|sabato saturday saturdays
        |domenica sunday sundays""".split("|"),
        1,
    )
    for form in forms.split()
}
_DECADES = {
    "venti": 20, "trenta": 30, "quaranta": 40, "cinquanta": 50, "sessanta": 60, "settanta": 70,
    "ottanta": 80, "novanta": 90, "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50,
    "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90,
}  # fmt: skip
_YEAR = r"(?:1\d{3}|20\d{2})"
_PATTERN = re.compile(
    rf"""(?<!\w)(?:
    (?P<iso>{_YEAR})-(?P<iso_month>\d{{2}})-(?P<iso_day>\d{{2}})
    |(?P<n1>\d{{1,2}})[/.-](?P<n2>\d{{1,2}})[/.-](?P<n_year>{_YEAR})
    |(?P<day>\d{{1,2}}|primo)(?:°|º|st|nd|rd|th)?\s(?:of\s|di\s)?(?P<month>{_ANY})\b\.?
        (?:,?\s(?:del\s|of\s)?(?P<year>{_YEAR}))?
    |(?P<en_month>{_ANY})\b\.?\s(?:the\s)?(?P<en_day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,]\d)
        (?:,?\s(?P<en_year>{_YEAR}))?
    |(?P<m_month>{_ANY})\b\.?,?\s(?:del\s|of\s)?(?P<m_year>{_YEAR})
    |(?P<alone>{_FULL}|may)
    |(?P<weekday>{"|".join(_DAYS)})
    |anni\s['’]?\s?(?:\d\d)?(?P<decade>\d0)(?!\d)
    |anni\s(?P<decade_word>venti|\w+anta)
    |(?:\d\d|['’])?(?P<s_decade>\d0)['’]?s
    |(?P<ties>\w+ties)
    |(?P<from_year>{_YEAR})[-–/](?P<to_year>\d\d)(?!\d)
    )(?!\w)""",
    re.VERBOSE,
)
_TIME = re.compile(
    r"""(?<![\w.,])(?:(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?![\d%])\s?(?P<half>[ap]\.?m\b\.?)?
    |(?P<bare>\d{1,2})\s?(?P<bare_half>[ap]\.?m\b\.?)
    |(?:alle|dalle|ore|at|le)\s(?P<said>\d{1,2})(?![\d:/]|[.,]\d|\s?[%€$°]|\s\w))""",
    re.VERBOSE,
)
_CLOCK = re.compile(r"\b(?:ore|alle|dalle|le|at|from|by|until|to|fino\salle|e)\s$")
_BEFORE_MAY = re.compile(
    r"(?:in|of|since|by|until|till|last|next|this|early|late|from|to|and|mid)[\s-]$"
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date of a text, ``text[start:end]``: each field is 0 where it isn't said.

    ``weekday`` counts from 1 (Monday), ``decade`` is 90 for the nineties of any century, and
    ``minutes`` are those since midnight plus one. ``swapped`` says that day and month may be the
    other way round (07/12/2023).
    """

    start: int
    end: int
    day: int = 0
    month: int = 0
    year: int = 0
    weekday: int = 0
    decade: int = 0
    minutes: int = 0
    swapped: bool = False
    half_day: bool = False

    def says(self, other: Date) -> bool:
        """Tell whether all that ``other`` says is said here too."""
        if other.minutes:
            apart = abs(self.minutes - other.minutes)
            vague = self.half_day or other.half_day
            return bool(self.minutes) and (apart == 0 or (vague and apart == 720))
        mine = {(self.day, self.month)}
        theirs = {(other.day, other.month)}
        if self.swapped:
            mine.add((self.month, self.day))
        if other.swapped:
            theirs.add((other.month, other.day))
        agrees = any(
            (not day or day == own_day) and (not month or month == own_month)
            for day, month in theirs
            for own_day, own_month in mine
        )
        return (
            agrees
            and (not other.year or other.year == self.year)
            and (not other.weekday or other.weekday == self.weekday)
            and (not other.decade or other.decade == self.decade)
        )


def dates(text: str) -> Iterator[Date]:
    """Find the dates and times of a text. A bare year is none: it is a number like others."""
    low = _even(text)
    for match in _PATTERN.finditer(low):
        start, end = match.span()
        got = {name: value for name, value in match.groupdict().items() if value}
        if "alone" in got:
            if _is_month(text, low, start, end):
                yield Date(start, end, month=_MONTHS[got["alone"]])
        elif "weekday" in got:
            yield Date(start, end, weekday=_DAYS[got["weekday"]])
        elif decade := _decade(got):
            yield Date(start, end, decade=decade)
        elif "from_year" in got:
            first = int(got["from_year"])
            yield Date(start, end, year=first)
            yield Date(start, end, year=first - first % 100 + int(got["to_year"]))
        elif not got.keys() & {"decade_word", "ties"}:
            found = _day(got, start, end)
            if found:
                yield found
    yield from _times(low)


def _even(text: str) -> str:
    """Fold letter by letter, so that offsets hold."""
    return text.lower() if text.isascii() else "".join(map(_even_letter, text))


@lru_cache(maxsize=5_000)
def _even_letter(letter: str) -> str:
    if letter.isdigit() and not letter.isdecimal():
        return " "  # it stands raised, such as a note's mark
    folded = fold(letter)
    return folded if len(folded) == 1 else letter


def _is_month(text: str, low: str, start: int, end: int) -> bool:
    word = low[start:end]
    if word == "may":
        return text[start].isupper() and bool(_BEFORE_MAY.search(low[max(start - 8, 0) : start]))
    if word == "march":
        return text[start].isupper()
    return not (word == "august" and text[start].islower())


def _decade(got: dict[str, str]) -> int:
    if "decade" in got or "s_decade" in got:
        return int(got.get("decade") or got["s_decade"]) or 100
    return _DECADES.get(got.get("decade_word") or got.get("ties", ""), 0)


def _day(got: dict[str, str], start: int, end: int) -> Date | None:
    if "iso" in got:
        return Date(start, end, int(got["iso_day"]), int(got["iso_month"]), int(got["iso"]))
    if "n_year" in got:
        day, month = int(got["n1"]), int(got["n2"])
        if not (1 <= day <= 31 and 1 <= month <= 31):
            return None
        return Date(start, end, day, month, int(got["n_year"]), swapped=True)
    month = _MONTHS[got.get("month") or got.get("en_month") or got["m_month"]]
    written = got.get("day") or got.get("en_day") or "0"
    year = int(got.get("year") or got.get("en_year") or got.get("m_year") or 0)
    return Date(start, end, 1 if written == "primo" else int(written), month, year)


def _times(low: str) -> Iterator[Date]:
    for match in _TIME.finditer(low):
        got = match.groupdict()
        hour = int(got["hour"] or got["bare"] or got["said"])
        minute = int(got["minute"] or 0)
        half = got["half"] or got["bare_half"]
        dotted = got["hour"] and low[match.start("hour") + len(got["hour"])] == "."
        said = _CLOCK.search(low[max(match.start() - 12, 0) : match.start()])
        if hour > 24 or minute > 59 or (dotted and not half and not said):
            continue
        if half and half[0] == "p" and hour < 12:
            hour += 12
        vague = not half and hour <= 12
        yield Date(match.start(), match.end(), minutes=hour * 60 + minute + 1, half_day=vague)
