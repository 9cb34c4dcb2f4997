"""Whether the numbers and dates of a claim are those of its evidence, and count the same. Pure."""

from __future__ import annotations

import re

from retrieval.verification.bearing import is_said_of_the_same, leaves_out, noun_of
from retrieval.verification.concepts import means
from retrieval.verification.dates import Date
from retrieval.verification.facts import Facts, facts
from retrieval.verification.figures import Figure
from retrieval.verification.limits import bounded_alike
from retrieval.verification.prose import Pairing

_SIGNS = frozenset("%€$£¥")
_PEOPLE = frozenset("people persone persons individui individuals utenti users".split())
_ONE = frozenset("un uno una a an one solo sola single singolo singola unico unica only".split())


def dated(date: Date, shown: Facts) -> bool:
    """Tell whether the evidence gives a date, or a number that is one."""
    years = {date.year for date in shown.dates if date.year}
    years |= {int(v) for f in shown.figures for v in f.values if 1000 <= v <= 2100 and not f.unit}
    for other in shown.dates:
        if other.says(date):
            return True
        bare = Date(date.start, date.end, date.day, date.month, 0, date.weekday, date.decade)
        if (
            date.year
            and date.month
            and not other.year
            and other.says(bare)
            and years == {date.year}
        ):
            return True
    if date.minutes and (date.minutes - 1) % 60 == 0:
        hour = (date.minutes - 1) // 60
        return any({float(hour), float(hour % 12)} & f.values for f in shown.figures)
    if date.year and not (date.month or date.day):
        return date.year in years
    return False


def counted(figure: Figure, said: Facts, shown: Facts, pairing: Pairing) -> frozenset[int] | None:
    """Find the words of the evidence that hold a figure of the claim, with its unit and noun.

    None if there are none.
    """
    year = len(figure.values) == 1 and min(figure.values)
    if any(date.year and date.year == year for date in shown.dates) and not figure.unit:
        return frozenset()
    alike = [other for other in shown.figures if other.equals(figure)]
    if not alike and _is_a_time(figure, said, shown):
        return frozenset()
    if not alike and figure.spelt and (meant := _is_a_word(figure, said, pairing)):
        return meant
    if figure.unit:
        alike = [
            o
            for o in alike
            if o.unit == figure.unit
            or leaves_out(o, figure.unit, shown)
            or (figure.unit == "year" and not o.unit and _is_age(o, shown))
        ]
    else:
        # A number that has lost its unit may be a count of something else now.
        alike = [
            o
            for o in alike
            if not o.unit
            or (o.unit not in _SIGNS and _is_vague(figure, said))
            or (o.unit == "year" and _is_age(figure, said))
            or (
                o.unit in _SIGNS - {"%"}
                and min(figure.values) >= 100_000
                and noun_of(figure, said) is None
            )
            or leaves_out(figure, o.unit, said)
        ]
    if not alike:
        return frozenset() if _is_one(figure, shown) else None
    noun = noun_of(figure, said)
    if noun is not None and not figure.unit:
        alike = [other for other in alike if _counts_the_same(noun, other, shown, pairing)]
    alike = [other for other in alike if bounded_alike(figure, other, said, shown)]
    alike = [other for other in alike if is_said_of_the_same(figure, other, said, shown, pairing)]
    if not alike:
        return None
    return frozenset(
        n
        for other in alike
        for n, token in enumerate(shown.prose.tokens)
        if other.start <= token.start < other.end
    )


_AGE = re.compile(
    r"\b(?:aged?|age\sof|over|under|above|below|sopra|sotto|età\sdi|over\si)\s(?:(?:i|gli|the)\s)?$",
    re.IGNORECASE,
)


def _is_age(figure: Figure, where: Facts) -> bool:
    """Tell a number that may be an age without «anni»: "under 11", "aged 91"."""
    before = where.prose.text[max(figure.start - 20, 0) : figure.start]
    return bool(_AGE.search(before)) and max(figure.values) < 120


_AT = re.compile(r"\b(?:alle|dalle|ore|at|from|to|until|and)\s$", re.IGNORECASE)


def _is_a_time(figure: Figure, said: Facts, shown: Facts) -> bool:
    """Tell whether a bare number is an hour that the evidence gives: "from 6 to 9"."""
    before = said.prose.text[max(figure.start - 12, 0) : figure.start]
    hours = {(date.minutes - 1) / 60 for date in shown.dates if date.minutes}
    return bool(_AT.search(before)) and not figure.unit and bool(figure.values & hours)


def _is_a_word(figure: Figure, said: Facts, pairing: Pairing) -> frozenset[int]:
    """Give what a word says that only looks like a number: «venti» are winds, too."""
    return frozenset(
        m
        for n, token in enumerate(said.prose.tokens)
        if figure.start <= token.start < figure.end and token.folded in ("venti", "sei", "cento")
        for m in pairing.found.get(n, ())
    )


def _is_vague(figure: Figure, said: Facts) -> bool:
    """Tell whether nothing is counted: «sono 31», "31 of them"."""
    return noun_of(figure, said) is None or figure.spelt


def _is_one(figure: Figure, shown: Facts) -> bool:
    if figure.values != {1.0} or figure.unit:
        return False
    if figure.kind == "ordinal":
        return any(token.folded in ("prima", "primo") for token in shown.prose.tokens)
    return any(token.folded in _ONE for token in shown.prose.tokens)


def _counts_the_same(noun: int, other: Figure, shown: Facts, pairing: Pairing) -> bool:
    """Tell whether a number of the evidence counts what the claim counts with it."""
    matches = pairing.found.get(noun, ())
    own = noun_of(other, shown)
    if own is None or own in matches:
        return own is not None or not any(
            noun_of(rival, shown) in matches
            and not rival.equals(other)
            and _says_barely(rival, pairing)
            for rival in shown.figures
        )
    if matches:
        elsewhere = {noun_of(figure, shown) for figure in shown.figures if figure != other}
        beside = {m for m in matches if abs(shown.prose.tokens[m].start - other.end) < 40}
        return elsewhere.isdisjoint(beside or matches)
    # Another word for the same may stand here, unless both are known to mean different things.
    word = pairing.claim.tokens[noun]
    differ = means(word.word) and means(shown.prose.tokens[own].word)
    return word.folded in _PEOPLE or (
        own not in pairing.used and (other.kind == "ordinal" or not differ)
    )


def _says_barely(figure: Figure, pairing: Pairing) -> bool:
    """Tell whether a claim has a figure, too, but counts nothing with it."""
    said = facts(pairing.claim.text)
    return any(figure.equals(other) and noun_of(other, said) is None for other in said.figures)
