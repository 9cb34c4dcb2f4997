"""By what one figure or date a sentence answers a question. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.highlighting import highlights
from retrieval.question import Kind, Question
from retrieval.types import Span
from retrieval.verification.bearing import may_be_a_year
from retrieval.verification.dates import Date
from retrieval.verification.facts import Facts, facts
from retrieval.verification.figures import Figure
from retrieval.words import detect_language

_HOUR = re.compile(r"\bche\sor[ae]\b|\bwhat\stime\b", re.IGNORECASE)
_AMOUNT = re.compile(
    r"^\W*(?:how\s(?:high|deep|wide|heavy|fast|hot|steep|thick)"
    r"|(?:qual\sè\s(?:il|la|l['’]|lo)\s?|what(?:\sis|['’]s)\sthe\s)"
    r"(?:popolazione|prezzo|altezza|lunghezza|larghezza|profondità|superficie|durata|capienza|peso|velocità"
    r"|population|price|height|length|width|depth|area|duration|capacity|weight|speed))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of a source; ``around`` is what it stands in: title, heading, what it leans on."""

    text: str
    around: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What of a sentence answers: one figure or one date, of the ``text``."""

    saying: Saying
    facts: Facts
    fact: Figure | Date

    @property
    def place(self) -> Span:
        """Where it stands."""
        return Span(self.fact.start, self.fact.end)


def turns_on_a_fact(question: Question) -> bool:
    """Tell whether what answers a question is a figure or a date."""
    return question.kind is Kind.TIME or _is_amount(question) or bool(_HOUR.search(question.text))


def turn_of(question: Question, saying: Saying) -> Turn | None:
    """Find the one figure or date by which a sentence answers, if it does so by one."""
    found = facts(saying.text)
    if not (found.figures or found.dates):
        return None
    if _HOUR.search(question.text):
        inside: list[Figure | Date] = [date for date in found.dates if date.minutes]
    else:
        marked = highlights(question, saying.text)
        inside = [fact for fact in all_facts(found) if _touches(fact, marked)]
        if _is_amount(question) and not (marked and question.kind is Kind.NUMBER):
            inside = list(numbers(found))  # «trentuno» is marked by nobody
        elif not marked and detect_language(saying.text, question.language) != question.language:
            inside = list(moments(found))  # nor is much, where few words are the question's
    if len(inside) != 1:
        return None
    [fact] = inside
    is_date = isinstance(fact, Date) or may_be_a_year(fact)
    if (question.kind is Kind.TIME and not is_date) or (isinstance(fact, Date) and fact.decade):
        return None
    return Turn(saying, found, _moment(fact))


def says(text: str, turn: Turn) -> bool:
    """Tell whether a text says the same figure or date."""
    found = facts(text)
    if isinstance(turn.fact, Figure):
        return any(figure.equals(turn.fact) for figure in found.figures)
    return any(moment.says(turn.fact) or turn.fact.says(moment) for moment in moments(found))


def all_facts(found: Facts) -> Iterator[Figure | Date]:
    """Yield the figures and dates of a text."""
    yield from found.figures
    for n, date in enumerate(found.dates):
        after = found.dates[n + 1].start if n + 1 < len(found.dates) else -1
        if not (date.weekday and after - date.end in (1, 2)):  # «domenica 9 giugno» is one
            yield date


def moments(found: Facts) -> list[Date]:
    """List the dates of a text, bare years too."""
    return [moment for fact in all_facts(found) if isinstance(moment := _moment(fact), Date)]


def numbers(found: Facts) -> list[Figure]:
    """List the figures of a text but for its years."""
    return [fact for fact in found.figures if isinstance(_moment(fact), Figure)]


def _is_amount(question: Question) -> bool:
    return question.kind is Kind.NUMBER or bool(_AMOUNT.search(question.text))


def _touches(fact: Figure | Date, marked: tuple[Span, ...]) -> bool:
    return any(fact.start < span.end and span.start < fact.end for span in marked)


def _moment(fact: Figure | Date) -> Figure | Date:
    """Take a bare year for the date it is."""
    if isinstance(fact, Figure) and may_be_a_year(fact) and not fact.spelt:
        year = next(int(value) for value in fact.values if 1000 <= value <= 2100)
        return Date(fact.start, fact.end, year=year)
    return fact
