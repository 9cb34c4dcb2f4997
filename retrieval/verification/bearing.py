"""Of what a number is said, where a text says several. Pure."""

from __future__ import annotations

import re

from retrieval.verification.facts import Facts
from retrieval.verification.figures import Figure
from retrieval.verification.prose import Pairing, Prose
from retrieval.verification.segments import Segment, segment_of, segments


def is_said_of_the_same(
    figure: Figure, other: Figure, said: Facts, shown: Facts, pairing: Pairing
) -> bool:
    """Tell whether a number of the claim isn't said of what another of the evidence is said of.

    «La Norvegia 90, l'Islanda 60»: what stands in the clause of each tells them apart.
    """
    clause = _clause(figure, said)
    mine = [n for n in range(len(said.prose.tokens)) if _region(said.prose, n) == clause]
    own = _clause(other, shown)
    against = [
        rival
        for rival in shown.figures
        if not rival.equals(figure)
        and may_be_a_year(rival) == may_be_a_year(other)
        and (
            rival.unit == other.unit
            or (
                figure.unit
                and (leaves_out(other, rival.unit, shown) or leaves_out(rival, other.unit, shown))
            )
        )
        and (
            rival.unit
            or other.unit
            or leaves_out(rival, "", shown)
            or noun_of(rival, shown) is None
        )
    ]
    rivals = {_clause(rival, shown) for rival in against} - {own}
    if not rivals:
        return True
    named = {n for name in said.names for n in range(name.first, name.last + 1)}
    years = {f.start: f for f in said.figures if f is not figure and may_be_a_year(f)}

    def drawn(on: Region, among: set[int]) -> int:
        return sum(
            any(_region(shown.prose, m) == on for m in pairing.found.get(n, ()))
            for n in mine
            if n in among
        )

    def years_on(on: Region) -> int:
        return sum(
            any(f.equals(year) and _clause(f, shown) == on for f in shown.figures)
            for year in years.values()
            if _clause(year, said) == clause
        )

    tokens = said.prose.tokens
    exact = {on: drawn(on, named) + years_on(on) for on in (own, *rivals)}
    bare = {on: drawn(on, set(mine) - named) for on in (own, *rivals)}
    dated_alike = years_on(own) >= max(map(years_on, rivals))
    goes_on = _goes_on(other, shown) and bare[own] > max(bare[on] for on in rivals)
    if dated_alike and (goes_on or _names_subject(other, against, shown, pairing)):
        return True
    best = max(exact.values())
    if exact[own] < best:
        return False
    if best:
        if all(exact[on] < best for on in rivals):
            return True
        near = min(
            named & set(mine), key=lambda n: abs(tokens[n].start - figure.start), default=None
        )
        clauses = (
            {_region(shown.prose, m) for m in pairing.found.get(near, ())}
            if near is not None
            else {own}
        )
        return own in clauses or not clauses & rivals
    loose = {on: drawn(on, set(mine)) for on in (own, *rivals)}
    return loose[own] >= max(loose[on] for on in rivals)


def _part(figure: Figure, where: Facts) -> Segment | None:
    tokens = where.prose.tokens
    at = next((n for n, token in enumerate(tokens) if token.end > figure.start), None)
    parts = segments(where.prose)
    return None if at is None else parts[segment_of(where.prose, at)]


def _goes_on(figure: Figure, where: Facts) -> bool:
    """Tell whether a number stands in a clause that says more of whom the sentence is about."""
    part = _part(figure, where)
    if part is None:
        return False
    return not part.is_own or where.prose.tokens[part.start].clause != _clause(figure, where)[0]


def _names_subject(figure: Figure, rivals: list[Figure], where: Facts, pairing: Pairing) -> bool:
    """Tell whether the claim names all of whom the part of a number is about, before its verb.

    Other numbers must stand in parts about others.
    """
    part = _part(figure, where)
    others = [_part(rival, where) for rival in rivals]
    if part is None or not all(p and p.is_own and p != part for p in (part, *others) if p != part):
        return False
    if not part.is_own or part in others:
        return False
    about = [n for n in range(part.start, part.verb) if where.prose.tokens[n].is_content]
    return bool(about) and all(
        any(
            n in matches and all(part.start <= m < part.end for m in matches)
            for matches in pairing.found.values()
        )
        for n in about
    )


Region = tuple[int, int]
_OF_WHICH = re.compile(r"\s(?:of\s(?:which|whom)|de[il]\w*\squali|di\scui)\s", re.IGNORECASE)


def _clause(figure: Figure, where: Facts) -> Region:
    """Give where a number stands: its clause, and its part of the sentence."""
    of_which = _OF_WHICH.match(where.prose.text, figure.end)
    at = of_which.end() if of_which else figure.start
    return next(
        (
            _region(where.prose, n)
            for n, token in enumerate(where.prose.tokens)
            if token.start <= at < token.end or token.start >= at
        ),
        (-1, -1),
    )


def _region(prose: Prose, n: int) -> Region:
    return prose.tokens[n].clause, segment_of(prose, n)


def may_be_a_year(figure: Figure) -> bool:
    """Tell a number that may be a year."""
    return not figure.unit and any(1000 <= value <= 2100 for value in figure.values)


def leaves_out(figure: Figure, unit: str, shown: Facts) -> bool:
    """Tell whether a number goes without its unit because another has it: «80 euro, non 130»."""
    if figure.unit or noun_of(figure, shown) is not None or may_be_a_year(figure):
        return False
    return any(other.unit == unit for other in shown.figures)


def noun_of(figure: Figure, said: Facts) -> int | None:
    """Give the word that a figure counts: the one right after it."""
    for n, token in enumerate(said.prose.tokens):
        if token.start >= figure.end:
            beside = not said.prose.text[figure.end : token.start].strip()
            return n if beside and token.is_content else None
    return None
