"""What of a text can be checked exactly: its figures, dates and names. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from retrieval.verification.dates import Date, dates
from retrieval.verification.figures import Figure, figures
from retrieval.verification.names import Name, names
from retrieval.verification.prose import Prose, read


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a text can be checked exactly."""

    prose: Prose
    figures: tuple[Figure, ...]
    dates: tuple[Date, ...]
    names: tuple[Name, ...]


@lru_cache(maxsize=1_000)
def facts(text: str) -> Facts:
    """Read a text's figures, dates and names."""
    prose = read(text)
    found = tuple(dates(text))
    spans = [(date.start, date.end) for date in found]
    numbers = tuple(
        figure
        for figure in figures(text)
        if not any(start <= figure.start < end for start, end in spans)
    )
    spans.extend((figure.start, figure.end) for figure in numbers)
    called = tuple(
        name
        for name in names(prose)
        if not any(start <= prose.tokens[name.first].start < end for start, end in spans)
    )
    return Facts(prose, numbers, found, called)
