"""Whether a source says something else than a claim, rather than nothing about it. Pure.

Not to be supported is not to be contradicted: two texts differ only where they are about the same
thing and one fact of the claim, a figure, a date, a name or a denial, has another in its place.
"""

from __future__ import annotations

import re

from retrieval.verification.concepts import same
from retrieval.verification.dates import Date
from retrieval.verification.facts import Facts, facts
from retrieval.verification.figures import Figure
from retrieval.verification.names import Name
from retrieval.verification.naming import is_named
from retrieval.verification.offices import is_held_by_another
from retrieval.verification.prose import pair
from retrieval.verification.saying import says_only_has
from retrieval.verification.segments import first_verb
from retrieval.verification.support import Mismatch
from retrieval.verification.weakening import is_over

SAME_SUBJECT = 0.8
"""The share of a claim's words, its names and figures aside, that evidence about the same has.

Of a short claim that is all of them: «l'ufficio costerà 10 milioni» is not contradicted by how many
work there.
"""

_YEARS = (1000, 2100)
_LEADING_TO_A_YEAR = frozenset("nel dal del al fino in since from of until by".split())
_INSTEAD = re.compile(r"\b(?:non|not)\b[^.;]*\b(?:ma|bensì|but)\b", re.IGNORECASE)
_NEAR = 3  # words after a figure, among which is what it counts
_FEWEST = 2  # words that both have: one alone proves nothing


def differs(wrong: Mismatch, claim: str, evidence: str, around: str = "", before: str = "") -> bool:
    """Tell whether evidence that doesn't support a claim, for a reason, says something else.

    ``around`` is the text of the source, as for :func:`~retrieval.verification.support.mismatch`;
    ``before`` what stands ahead of the evidence and may name what that is about.
    """
    said, shown = facts(claim), facts(evidence)
    foreign = [name for name in said.names if not is_named(name, said, shown, around, [])]
    if not _same_subject(said, shown, facts(before + evidence), foreign, around):
        return False
    match wrong:
        case Mismatch.FIGURE:
            plain = tuple(figure for figure in said.figures if not _is_in_a_name(figure, said))
            lacking = _lacking(plain, shown.figures)
            # What was so once, or at its founding, may be otherwise by now.
            once = is_over(pair(said.prose, shown.prose))
            return not (foreign or once) and _has_another_figure(lacking, said, shown)
        case Mismatch.DATE:
            return not foreign and _has_another_date(said.dates, shown.dates)
        case Mismatch.NAME:
            agree = not _lacking(said.figures, shown.figures)
            # Whoever has one thing may have another: an office in Rome denies none in Paris.
            return (
                agree
                and not says_only_has(said.prose)
                and all(
                    _is_replaced(name, said, shown) or is_held_by_another(name, said, shown)
                    for name in foreign
                )
            )
        case Mismatch.NEGATION | Mismatch.CONTRADICTION:
            return not (foreign or _is_said_instead(said, shown))
        case _:
            swapped = wrong is Mismatch.SWAP
            return swapped and any(is_held_by_another(name, said, shown) for name in said.names)


def _is_said_instead(said: Facts, shown: Facts) -> bool:
    """Tell whether a claim names what the evidence has instead: «non a Roma ma a Milano»."""
    instead = _INSTEAD.search(shown.prose.text)
    named = {n for name in said.names for n in range(name.first, name.last + 1)}
    found = pair(said.prose, shown.prose).found
    places = {m for n in named for m in found.get(n, ())}
    tokens = shown.prose.tokens
    return instead is not None and any(tokens[m].start >= instead.end() for m in places)


def _same_subject(
    said: Facts, shown: Facts, with_before: Facts, foreign: list[Name], around: str
) -> bool:
    """Tell whether most of what a claim says, but for its facts, is in the evidence.

    What it is about may stand before that.
    """
    names = {n for name in foreign for n in range(name.first, name.last + 1)}
    numbers = [(figure.start, figure.end) for figure in said.figures]
    numbers += [(date.start, date.end) for date in said.dates]
    rest = {
        n
        for n in said.prose.content
        if n not in names
        and not any(start <= said.prose.tokens[n].start < end for start, end in numbers)
    }
    there = rest & _found(said, shown, around)
    verb = first_verb(said.prose) or 0
    ahead = {n for n in rest & _found(said, with_before, around) if n < verb}
    shared = len(there | ahead) if 2 * len(there) >= len(rest) else len(there)
    return shared >= _FEWEST and shared >= SAME_SUBJECT * len(rest)


def _found(said: Facts, shown: Facts, around: str) -> set[int]:
    equals: list[tuple[int, int]] = []
    for name in said.names:
        is_named(name, said, shown, around, equals)
    return set(pair(said.prose, shown.prose, equals).found)


def _lacking(said: tuple[Figure, ...], shown: tuple[Figure, ...]) -> list[Figure]:
    return [figure for figure in said if not any(figure.equals(other) for other in shown)]


def _has_another_figure(lacking: list[Figure], said: Facts, shown: Facts) -> bool:
    """Tell whether a figure of the evidence is none of the claim's, and counts the same."""
    others = [
        figure for figure in shown.figures if not any(figure.equals(mine) for mine in said.figures)
    ]
    return any(
        mine.kind == other.kind
        and mine.unit == other.unit
        and (_is_year(other) if _is_year_of(mine, said) else True)
        and _count_alike(_counted(mine, said), _counted(other, shown))
        for mine in lacking
        for other in others
    ) or any(
        _is_year_of(mine, said) and any(date.year not in (0, *mine.values) for date in shown.dates)
        for mine in lacking
    )


def _is_year(figure: Figure) -> bool:
    plain = not figure.spelt and not figure.unit
    return plain and all(_YEARS[0] <= value <= _YEARS[1] for value in figure.values)


def _is_year_of(figure: Figure, said: Facts) -> bool:
    """Tell a year by what leads to it: «nel 2018». No other number takes the place of one."""
    before = [token.folded for token in said.prose.tokens if token.end <= figure.start]
    return _is_year(figure) and before[-1:] != [] and before[-1] in _LEADING_TO_A_YEAR


def _counted(figure: Figure, where: Facts) -> list[str]:
    """Give what a figure counts: words that say something, right after it."""
    after = [token for token in where.prose.tokens if token.start >= figure.end][:_NEAR]
    return [token.word for token in after if token.is_content]


def _count_alike(mine: list[str], others: list[str]) -> bool:
    """Tell whether two figures count the same; one that counts nothing may count anything."""
    return not mine or any(same(mine[0], other) for other in others)


def _is_in_a_name(figure: Figure, said: Facts) -> bool:
    """Tell a number that only completes a name: «il Brisa 40»."""
    before = [n for n, token in enumerate(said.prose.tokens) if token.end <= figure.start]
    return bool(before) and any(name.first <= before[-1] <= name.last for name in said.names)


def _has_another_date(said: tuple[Date, ...], shown: tuple[Date, ...]) -> bool:
    return any(not any(other.says(mine) or mine.says(other) for mine in said) for other in shown)


def _is_replaced(name: Name, said: Facts, shown: Facts) -> bool:
    """Tell whether a name of the evidence stands after the same word as one of the claim.

    A name that opens a claim is what it is about: another there is another subject.
    """
    if not any(n < name.first for n in said.prose.content):
        return False
    before = said.prose.folded(name.first - 1)
    mine = {other.canonical for other in said.names}
    return any(
        other.canonical not in mine and shown.prose.folded(other.first - 1) == before
        for other in shown.names
    )
