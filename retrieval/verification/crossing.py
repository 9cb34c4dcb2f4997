"""Whether a claim puts together what one sentence says of two things. Pure.

«Assolto in primo grado e condannato in appello» has all the words of «condannato in primo grado».
So a sentence is cut where it goes on to something else, and one part has to say the whole claim;
only what it is all about may stand in an earlier one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from operator import attrgetter

from retrieval.verification.attribution import reports
from retrieval.verification.dates import Date
from retrieval.verification.facts import Facts
from retrieval.verification.figures import Figure
from retrieval.verification.prose import Pairing, Prose
from retrieval.verification.segments import first_verb, is_verb

_CUT = re.compile(r"[,;:]\s|\s(?:e|ed|ma|mentre|poi|and|but|while|then)\s")


def crosses(said: Facts, shown: Facts, pairing: Pairing) -> bool:
    """Tell whether no part of the evidence says all that a claim, or a part of it, says."""
    found = {n: set(matches) for n, matches in pairing.found.items()}
    for n, places in _values(said, shown).items():
        found.setdefault(n, set()).update(places)
    found = {n: places for n, places in found.items() if _counts(said.prose, n)}
    # Of a claim, only figures and dates are taken apart: what else it puts together is one thing.
    mine, parts = _parts(said, at_verbs=False), _parts(shown)
    about = set(range(first_verb(shown.prose) or 0)) - _valued(shown)
    return not all(
        _is_in_one(
            [places for n, places in found.items() if mine[n] == part], parts, about, shown.prose
        )
        for part in set(mine)
    )


def _is_in_one(found: list[set[int]], parts: list[int], about: set[int], shown: Prose) -> bool:
    """Tell whether one part of the evidence says all that is ``found`` of a part of a claim."""
    used = set[int]().union(*found)
    # The others say nothing else: they only go on, and all before them may be meant.
    telling = {parts[m] for m in range(len(parts)) if m not in used and _counts(shown, m)}
    said_in = [
        (
            {parts[m] for m in places},
            min((parts[m] for m in places), default=len(parts)),
            min((parts[m] for m in places & about), default=len(parts)),
        )
        for places in found
    ]

    def says(part: int) -> bool:
        return all(
            part in there or (opening if part in telling else first) < part
            for there, first, opening in said_in
        )

    return any(says(part) for part in set(parts))


def _parts(shown: Facts, *, at_verbs: bool = True) -> list[int]:
    """Give the part of each word: how often the sentence has gone on to something else before it.

    It does where both sides have a figure or a date; with ``at_verbs``, at an "and" where both have
    a verb, too.
    """
    prose = shown.prose
    cuts = {_first(prose, cut.end()): cut.group().strip() for cut in _CUT.finditer(prose.text)}
    ends = sorted({*cuts, len(prose.tokens)} - {0})
    values, verbs = sorted(_valued(shown)), _verbs(prose)
    parts, number, opened = list[int](), 0, 0
    for start, end in pairwise([0, *ends]):
        ahead, behind = (opened, start), (start, end)
        joined = (
            at_verbs
            and cuts.get(start, "").isalpha()
            and _has(verbs, *ahead)
            and _has(verbs, *behind)
        )
        if joined or (_has(values, *ahead) and _has(values, *behind)):
            number, opened = number + 1, start
        parts += [number] * (end - start)
    return parts


def _first(prose: Prose, start: int) -> int:
    return bisect_left(prose.tokens, start, key=attrgetter("start"))


def _has(places: list[int], start: int, end: int) -> bool:
    """Tell whether one of some places, in order, lies from ``start`` to before ``end``."""
    return bisect_left(places, start) < bisect_left(places, end)


def _verbs(prose: Prose) -> list[int]:
    reporting = {report.verb for report in reports(prose)}
    return [
        n
        for n, token in enumerate(prose.tokens)
        if is_verb(prose, n) and token.start not in reporting
    ]


def _valued(shown: Facts) -> set[int]:
    values: list[Figure | Date] = [*shown.figures, *shown.dates]
    return {n for value in values for n in _words(value, shown.prose)}


def _values(said: Facts, shown: Facts) -> dict[int, set[int]]:
    """Give the words of a claim's figures and dates with those of the same in the evidence."""
    figures = [(other, set(_words(other, shown.prose))) for other in shown.figures]
    dates = [(other, set(_words(other, shown.prose))) for other in shown.dates]
    values: list[tuple[Figure | Date, list[set[int]]]] = [
        *((mine, [at for other, at in figures if mine.equals(other)]) for mine in said.figures),
        *((mine, [at for other, at in dates if other.says(mine)]) for mine in said.dates),
    ]
    found: dict[int, set[int]] = {}
    for mine, places in values:
        for n in _words(mine, said.prose) if places else ():
            found.setdefault(n, set()).update(*places)
    return found


def _words(value: Figure | Date, prose: Prose) -> range:
    """Give the words that a figure or a date is written with."""
    return range(_first(prose, value.start), _first(prose, value.end))


def _counts(prose: Prose, n: int) -> bool:
    """Tell a word that says something, or a number."""
    token = prose.tokens[n]
    return token.is_content or any(letter.isdigit() for letter in token.folded)
