"""Whether the words of a source support a claim: the first thing that doesn't agree. Pure.

Figures, dates, names, denials, certainty, who says it, what contradicts, who does what to whom,
and how much of the rest is there at all; in Italian and English alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum

from retrieval.types import Language
from retrieval.verification.attribution import keeps_attribution, speaks
from retrieval.verification.bounds import oversteps
from retrieval.verification.certainty import agrees_on_certainty
from retrieval.verification.conditions import keeps_conditions
from retrieval.verification.counting import counted, dated
from retrieval.verification.dates import Date
from retrieval.verification.facts import Facts, facts
from retrieval.verification.figures import Figure
from retrieval.verification.identity import misidentifies
from retrieval.verification.mixing import misdates, mixes
from retrieval.verification.naming import are_topic, is_named
from retrieval.verification.negation import agrees_on_negation
from retrieval.verification.opposites import contradicts
from retrieval.verification.prose import Pairing, pair
from retrieval.verification.replacing import replaces, takes_place
from retrieval.verification.roles import compares_crosswise, swaps
from retrieval.words import detect_language

ENOUGH = 0.34
"""The share of a claim's words that its evidence must say, too: names and figures count."""

ENOUGH_ACROSS = 0.2
"""The same for evidence in the other language, where many words cannot be compared."""


class Mismatch(StrEnum):
    """What of a claim its evidence doesn't say."""

    FIGURE = "figure"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    CERTAINTY = "certainty"
    ATTRIBUTION = "attribution"
    CONTRADICTION = "contradiction"
    SWAP = "swap"
    WORDS = "words"


LACKING = frozenset(
    (Mismatch.FIGURE, Mismatch.DATE, Mismatch.NAME, Mismatch.ATTRIBUTION, Mismatch.WORDS)
)
"""What more of the source may make good."""


# What says one thing is shorter. Comparing takes time that grows with words and figures together,
# and a model, or somebody who doubts, could ask for minutes of it.
_LONGEST = 800
_LONGEST_EVIDENCE = 6_000
_MOST_PAIRS = 400


def mismatch(
    claim: str,
    evidence: str,
    around: str = "",
    topic: str = "",
    language: Language = "it",
    *,
    may_report: bool = False,
) -> Mismatch | None:
    """Say what of a claim isn't supported by its evidence, or None if all of it is.

    ``around`` is the text of the source, which may complete a name that the evidence shortens;
    ``topic`` its title and headings, whose names may be left out where a source speaks of them.
    ``language`` is the claim's where its words don't tell. With ``may_report``, a claim in nobody's
    name is supported by what the evidence says in somebody's.
    """
    if len(claim) > _LONGEST or len(evidence) > _LONGEST_EVIDENCE:
        return Mismatch.WORDS
    said, shown = facts(claim), facts(evidence)
    if len(said.figures) * len(shown.figures) > _MOST_PAIRS:
        return Mismatch.FIGURE
    equals: list[tuple[int, int]] = []
    if not all(dated(date, shown) for date in said.dates):
        return Mismatch.DATE
    foreign = [name for name in said.names if not is_named(name, said, shown, around, equals)]
    if foreign and not are_topic(foreign, said, shown, topic):
        return Mismatch.NAME
    equals.extend(_same_days(said, shown))
    pairing = pair(said.prose, shown.prose, equals)
    held: set[int] = set()
    for figure in said.figures:
        where = counted(figure, said, shown, pairing)
        if where is None:
            return Mismatch.FIGURE
        held |= where
    anchors = _anchors(said, shown, pairing)
    full = replace(pairing, found={n: tuple(sorted(ms)) for n, ms in anchors.items()})
    checks: tuple[tuple[Mismatch, Callable[[], bool]], ...] = (
        (Mismatch.NEGATION, lambda: agrees_on_negation(pairing)),
        (Mismatch.CERTAINTY, lambda: agrees_on_certainty(pairing)),
        (Mismatch.CERTAINTY, lambda: keeps_conditions(pairing)),
        (
            Mismatch.ATTRIBUTION,
            lambda: (
                (may_report and not speaks(said.prose))
                or keeps_attribution(pairing, frozenset(held))
            ),
        ),
        (Mismatch.CONTRADICTION, lambda: not contradicts(full)),
        (Mismatch.CONTRADICTION, lambda: not oversteps(full)),
        (Mismatch.SWAP, lambda: not (swaps(pairing) or compares_crosswise(pairing))),
        (Mismatch.SWAP, lambda: not misidentifies(full)),
        (Mismatch.SWAP, lambda: not mixes(full, _dated(said))),
        (Mismatch.SWAP, lambda: not misdates(full, _days(said, shown))),
        (Mismatch.WORDS, lambda: _says_enough(said, pairing, language)),
        (Mismatch.WORDS, lambda: not (replaces(pairing, anchors) or takes_place(pairing))),
    )
    return next((kind for kind, agrees in checks if not agrees()), None)


def _same_days(said: Facts, shown: Facts) -> Iterator[tuple[int, int]]:
    """Yield the words of dates that are the same in both, in pairs."""
    for date in said.dates:
        mine = [n for n, t in enumerate(said.prose.tokens) if date.start <= t.start < date.end]
        for other in shown.dates:
            if other.says(date):
                for m, token in enumerate(shown.prose.tokens):
                    if other.start <= token.start < other.end:
                        yield from ((n, m) for n in mine)


def _anchors(said: Facts, shown: Facts, pairing: Pairing) -> dict[int, frozenset[int]]:
    """Give the words of a claim with those of the evidence that say the same, figures too."""
    anchors = {n: frozenset(matches) for n, matches in pairing.found.items()}
    for figure in said.figures:
        equal = [other for other in shown.figures if other.equals(figure)]
        there = {m for other in equal for m in _inside(other, shown)}
        for n in _inside(figure, said):
            anchors[n] = anchors.get(n, frozenset()) | there
    return {n: matches for n, matches in anchors.items() if matches}


def _days(said: Facts, shown: Facts) -> list[tuple[tuple[int, ...], frozenset[int]]]:
    """Give the words of each day of a claim in the evidence, and those of the other days there."""

    def words(of: list[Date]) -> tuple[int, ...]:
        return tuple(
            m
            for m, token in enumerate(shown.prose.tokens)
            if any(date.start <= token.start < date.end for date in of)
        )

    found = []
    for date in said.dates:
        kind = [other for other in shown.dates if bool(other.weekday) == bool(date.weekday)]
        same = [other for other in kind if other.says(date)]
        rest = [
            other
            for other in kind
            if not other.says(date) and other.day == bool(date.day) * other.day
        ]
        found.append((words(same), frozenset(words(rest))))
    return found


def _dated(said: Facts) -> frozenset[int]:
    return frozenset(
        n
        for n, token in enumerate(said.prose.tokens)
        if any(date.start <= token.start < date.end for date in said.dates)
        or re.fullmatch(r"(?:1\d|20)\d\d", token.folded)
    )


def _inside(figure: Figure, where: Facts) -> Iterator[int]:
    for n, token in enumerate(where.prose.tokens):
        if figure.start <= token.start < figure.end:
            yield n


def _says_enough(said: Facts, pairing: Pairing, language: Language) -> bool:
    content = set(said.prose.content)
    for name in said.names:
        content |= set(range(name.first, name.last + 1))
    if not content:
        return bool(said.figures or said.dates)
    hits = sum(n in pairing.found for n in content) + len(said.figures) + len(said.dates)
    across = detect_language(pairing.claim.text, language) != detect_language(pairing.evidence.text)
    all_of_it = len(content) + len(said.figures) + len(said.dates)
    return hits / all_of_it >= (ENOUGH_ACROSS if across else ENOUGH)
