"""Whether a claim puts together what one sentence says of two things. Pure.

«Assolto in primo grado e condannato in appello» has all the words of «condannato in primo grado».
So a sentence is cut where it goes on to something else, and one part has to say the whole claim;
only what it is all about may stand in an earlier one.
"""

from __future__ import annotations

import re

from retrieval.verification.attribution import reports
from retrieval.verification.dates import Date
from retrieval.verification.facts import Facts
from retrieval.verification.figures import Figure
from retrieval.verification.prose import Pairing, Prose
from retrieval.verification.segments import first_verb, is_verb

_CUT = re.compile(r"[,;:]\s|\s(?:e|ed|ma|mentre|poi|and|but|while|then)\s")


def crosses(said: Facts, shown: Facts, pairing: Pairing) -> bool:
    """Tell whether no part of the evidence says all that a claim says."""
    found = {n: set(matches) for n, matches in pairing.found.items()}
    for n, places in _values(said, shown).items():
        found.setdefault(n, set()).update(places)
    found = {n: places for n, places in found.items() if _counts(said.prose, n)}
    used = frozenset[int]().union(*found.values())
    parts = _parts(shown)
    verb = first_verb(shown.prose) or 0
    about = {m for m in range(verb) if not _has_value(shown, range(m, m + 1))}

    def says(part: int) -> bool:
        own = {m for m, number in enumerate(parts) if number == part}
        # A part that says nothing else only goes on: all before it may be meant.
        goes_on = not any(_counts(shown.prose, m) for m in own - used)
        return all(
            places & own or any(parts[m] < part and (goes_on or m in about) for m in places)
            for places in found.values()
        )

    return not any(says(part) for part in set(parts))


def _parts(shown: Facts) -> list[int]:
    """Give the part of each word: how often the sentence has gone on to something else before it.

    It does where both sides have a figure or a date; at an "and", where both have a verb, too.
    """
    prose, parts, number, opened = shown.prose, [], 0, 0
    cuts = {_first(prose, cut.end()): cut.group().strip() for cut in _CUT.finditer(prose.text)}
    ends = [*sorted(cuts), len(prose.tokens)]
    for n in range(len(prose.tokens)):
        if n in cuts:
            end = next(end for end in ends if end > n)
            ahead, behind = range(opened, n), range(n, end)
            joined = cuts[n].isalpha() and _has_verb(prose, ahead) and _has_verb(prose, behind)
            if joined or (_has_value(shown, ahead) and _has_value(shown, behind)):
                number, opened = number + 1, n
        parts.append(number)
    return parts


def _first(prose: Prose, start: int) -> int:
    return next((n for n, token in enumerate(prose.tokens) if token.start >= start), 0)


def _has_verb(prose: Prose, among: range) -> bool:
    reporting = {report.verb for report in reports(prose)}
    return any(is_verb(prose, n) and prose.tokens[n].start not in reporting for n in among)


def _has_value(shown: Facts, among: range) -> bool:
    values: list[Figure | Date] = [*shown.figures, *shown.dates]
    return any(_holds(value, shown.prose, n) for value in values for n in among)


def _values(said: Facts, shown: Facts) -> dict[int, set[int]]:
    """Give the words of a claim's figures and dates with those of the same in the evidence."""
    pairs: list[tuple[Figure | Date, Figure | Date]] = [
        (mine, other) for mine in said.figures for other in shown.figures if mine.equals(other)
    ]
    pairs += [(mine, other) for mine in said.dates for other in shown.dates if other.says(mine)]
    found: dict[int, set[int]] = {}
    for mine, other in pairs:
        there = {m for m in range(len(shown.prose.tokens)) if _holds(other, shown.prose, m)}
        for n in range(len(said.prose.tokens)):
            if _holds(mine, said.prose, n):
                found.setdefault(n, set()).update(there)
    return found


def _holds(value: Figure | Date, prose: Prose, n: int) -> bool:
    return value.start <= prose.tokens[n].start < value.end


def _counts(prose: Prose, n: int) -> bool:
    """Tell a word that says something, or a number."""
    token = prose.tokens[n]
    return token.is_content or any(letter.isdigit() for letter in token.folded)
