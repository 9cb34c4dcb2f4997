"""Whether the numbers and dates of a claim are those of its evidence, and count the same. Pure."""

from __future__ import annotations

import re

from retrieval.verification.concepts import means
from retrieval.verification.dates import Date
from retrieval.verification.facts import Facts, facts
from retrieval.verification.figures import Figure
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
    if figure.unit:
        alike = [o for o in alike if o.unit == figure.unit or _leaves_out(o, figure.unit, shown)]
    else:
        # A number that has lost its unit may be a count of something else now.
        alike = [
            o
            for o in alike
            if not o.unit
            or (o.unit not in _SIGNS and _is_vague(figure, said))
            or _leaves_out(figure, o.unit, said)
        ]
    if not alike:
        return frozenset() if _is_one(figure, shown) else None
    noun = _noun(figure, said)
    if noun is not None and not figure.unit:
        alike = [other for other in alike if _counts_the_same(noun, other, shown, pairing)]
    alike = [other for other in alike if _bounded_alike(figure, other, said, shown)]
    alike = [other for other in alike if _is_said_of_the_same(figure, other, said, shown, pairing)]
    if not alike:
        return None
    return frozenset(
        n
        for other in alike
        for n, token in enumerate(shown.prose.tokens)
        if other.start <= token.start < other.end
    )


def _is_said_of_the_same(
    figure: Figure, other: Figure, said: Facts, shown: Facts, pairing: Pairing
) -> bool:
    """Tell whether a number of the claim isn't said of what another of the evidence is said of.

    «La Norvegia 90, l'Islanda 60»: what stands in the clause of each tells them apart.
    """
    clause = _clause(figure, said)
    mine = [n for n, token in enumerate(said.prose.tokens) if token.clause == clause]
    own = _clause(other, shown)
    rivals = {
        _clause(rival, shown)
        for rival in shown.figures
        if not rival.equals(figure)
        and _may_be_a_year(rival) == _may_be_a_year(other)
        and (
            rival.unit == other.unit
            or (
                figure.unit
                and (_leaves_out(other, rival.unit, shown) or _leaves_out(rival, other.unit, shown))
            )
        )
        and (
            rival.unit or other.unit or _leaves_out(rival, "", shown) or _noun(rival, shown) is None
        )
    } - {own}
    if not rivals:
        return True
    named = {n for name in said.names for n in range(name.first, name.last + 1)}
    years = {f.start: f for f in said.figures if f is not figure and _may_be_a_year(f)}

    def drawn(on: int, among: set[int]) -> int:
        return sum(
            any(shown.prose.tokens[m].clause == on for m in pairing.found.get(n, ()))
            for n in mine
            if n in among
        )

    def years_on(on: int) -> int:
        return sum(
            any(f.equals(year) and _clause(f, shown) == on for f in shown.figures)
            for year in years.values()
            if _clause(year, said) == clause
        )

    tokens = said.prose.tokens
    exact = {on: drawn(on, named) + years_on(on) for on in (own, *rivals)}
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
            {shown.prose.tokens[m].clause for m in pairing.found.get(near, ())}
            if near is not None
            else {own}
        )
        return own in clauses or not clauses & rivals
    loose = {on: drawn(on, set(mine)) for on in (own, *rivals)}
    return loose[own] >= max(loose[on] for on in rivals)


def _clause(figure: Figure, where: Facts) -> int:
    """Give the clause that a number stands in."""
    return next(
        (
            t.clause
            for t in where.prose.tokens
            if t.start <= figure.start < t.end or t.start >= figure.start
        ),
        -1,
    )


def _bounded_alike(figure: Figure, other: Figure, said: Facts, shown: Facts) -> bool:
    """Tell whether a number isn't a least in the claim and a most in the evidence, or the like."""
    mine, theirs = _bound(figure, said), _bound(other, shown)
    takes_part = _PART.match(said.prose.text, figure.end)
    if takes_part and _WHOLE.search(shown.prose.text[: other.start]):
        return False  # «otto dei suoi infermieri» of «tre dei suoi otto infermieri»
    return not mine or mine == theirs


def _bound(figure: Figure, where: Facts) -> str:
    """Say whether a number is said to be exceeded or not reached: "more", "less" or ""."""
    before = where.prose.text[max(figure.start - 40, 0) : figure.start]
    if _MORE.search(before):
        return "less" if _NOT_MORE.search(before) else "more"
    return "less" if _LESS.search(before) else ""


_MORE = re.compile(
    r"\b(?:oltre|più\sd\w+|almeno|superior[ei]\sa\w*|minimo|more\sthan|over|at\sleast|above|exceed\w*|super\w+)"
    r"['’]?\s?(?:(?:i|gli|le|la|il|the|a|un)\s)?$",
    re.IGNORECASE,
)
_NOT_MORE = re.compile(
    r"(?:\bnon|\b(?:can)?not?|n['’]t)\s(?:\w+\s){0,3}(?:più|more|oltre|over|super|exceed)",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:meno\sd\w+|quasi|inferior[ei]\sa\w*|al\smassimo|fino\sa\w*|less\sthan|fewer\sthan|almost|nearly"
    r"|at\smost|up\sto|below|under|sotto|minori\sdi)['’]?\s?(?:(?:i|gli|le|la|il|the|a)\s)?$",
    re.IGNORECASE,
)


_PART = re.compile(r"\s(?:of|dei|degli|delle)\s", re.IGNORECASE)
_WHOLE = re.compile(r"\w\s(?:of|dei|degli|delle|su)\s(?:\w+\s)?$", re.IGNORECASE)


def _may_be_a_year(figure: Figure) -> bool:
    return not figure.unit and any(1000 <= value <= 2100 for value in figure.values)


def _leaves_out(figure: Figure, unit: str, shown: Facts) -> bool:
    """Tell whether a number goes without its unit because another has it: «80 euro, non 130»."""
    if figure.unit or _noun(figure, shown) is not None or _may_be_a_year(figure):
        return False
    return any(other.unit == unit for other in shown.figures)


def _is_vague(figure: Figure, said: Facts) -> bool:
    """Tell whether nothing is counted: «sono 31», "31 of them"."""
    return _noun(figure, said) is None or figure.spelt


def _is_one(figure: Figure, shown: Facts) -> bool:
    if figure.values != {1.0} or figure.unit:
        return False
    if figure.kind == "ordinal":
        return any(token.folded in ("prima", "primo") for token in shown.prose.tokens)
    return any(token.folded in _ONE for token in shown.prose.tokens)


def _noun(figure: Figure, said: Facts) -> int | None:
    """Give the word that a figure counts: the one right after it."""
    for n, token in enumerate(said.prose.tokens):
        if token.start >= figure.end:
            beside = not said.prose.text[figure.end : token.start].strip()
            return n if beside and token.is_content else None
    return None


def _counts_the_same(noun: int, other: Figure, shown: Facts, pairing: Pairing) -> bool:
    """Tell whether a number of the evidence counts what the claim counts with it."""
    matches = pairing.found.get(noun, ())
    own = _noun(other, shown)
    if own is None or own in matches:
        return own is not None or not any(
            _noun(rival, shown) in matches
            and not rival.equals(other)
            and _says_barely(rival, pairing)
            for rival in shown.figures
        )
    if matches:
        elsewhere = {_noun(figure, shown) for figure in shown.figures if figure != other}
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
    return any(figure.equals(other) and _noun(other, said) is None for other in said.figures)
