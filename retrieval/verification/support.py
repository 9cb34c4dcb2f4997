"""Whether the words of a source support a claim: the first thing that doesn't agree. Pure.

Figures, dates, names, denials, certainty, who says it, what contradicts, who does what to whom,
and how much of the rest is there at all; in Italian and English alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from retrieval.verification.attribution import keeps_attribution
from retrieval.verification.concepts import means, same
from retrieval.verification.dates import Date, dates
from retrieval.verification.figures import Figure, figures
from retrieval.verification.names import Name, names
from retrieval.verification.opposites import contradicts, swaps
from retrieval.verification.polarity import agrees_on_certainty, agrees_on_negation
from retrieval.verification.prose import Pairing, Prose, pair, read
from retrieval.words import detect_language, fold, is_known

ENOUGH = 0.34
"""The share of a claim's words that its evidence must say, too: names and figures count."""

ENOUGH_ACROSS = 0.2
"""The same for evidence in the other language, where many words cannot be compared."""

_SIGNS = frozenset("%€$£¥")
_MANY = frozenset("molti molte many some nessuno tutti alcuni alcune gente people half".split())
_PEOPLE = frozenset("people persone persons individui individuals utenti users".split())
_ONE = frozenset("un uno una a an one solo sola single singolo singola unico unica only".split())


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


def mismatch(claim: str, evidence: str, around: str = "", topic: str = "") -> Mismatch | None:
    """Say what of a claim isn't supported by its evidence, or None if all of it is.

    ``around`` is the text of the source, which may complete a name that the evidence shortens;
    ``topic`` its title and headings, whose names may be left out where a source speaks of them.
    """
    said, shown = facts(claim), facts(evidence)
    equals: list[tuple[int, int]] = []
    if not all(_dated(date, shown) for date in said.dates):
        return Mismatch.DATE
    foreign = [name for name in said.names if not _named(name, said, shown, around, equals)]
    if foreign and not _is_topic(foreign, said, shown, topic):
        return Mismatch.NAME
    pairing = pair(said.prose, shown.prose, equals)
    held: set[int] = set()
    for figure in said.figures:
        where = _counted(figure, said, shown, pairing)
        if where is None:
            return Mismatch.FIGURE
        held |= where
    if not agrees_on_negation(pairing):
        return Mismatch.NEGATION
    if not agrees_on_certainty(pairing):
        return Mismatch.CERTAINTY
    if not keeps_attribution(pairing, frozenset(held)):
        return Mismatch.ATTRIBUTION
    if contradicts(pairing):
        return Mismatch.CONTRADICTION
    if swaps(pairing):
        return Mismatch.SWAP
    return None if _says_enough(said, pairing) and not _replaces(pairing) else Mismatch.WORDS


def _dated(date: Date, shown: Facts) -> bool:
    """Tell whether the evidence gives a date, or a number that is one."""
    years = {date.year for date in shown.dates if date.year}
    years |= {int(v) for f in shown.figures for v in f.values if 1000 <= v <= 2100 and not f.unit}
    for other in shown.dates:
        if other.says(date):
            return True
        bare = Date(date.start, date.end, date.day, date.month, 0, date.weekday, date.decade)
        if date.year and date.month and not other.year and other.says(bare) and years == {date.year}:
            return True
    if date.minutes and (date.minutes - 1) % 60 == 0:
        hour = (date.minutes - 1) // 60
        return any({float(hour), float(hour % 12)} & f.values for f in shown.figures)
    if date.year and not (date.month or date.day):
        return date.year in years
    return False


def _counted(figure: Figure, said: Facts, shown: Facts, pairing: Pairing) -> frozenset[int] | None:
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
        and (rival.unit == other.unit or (figure.unit and _leaves_out(other, rival.unit, shown)))
        and (rival.unit or other.unit or _leaves_out(rival, "", shown) or _noun(rival, shown) is None)
    } - {own}
    if not rivals:
        return True
    named = {n for name in said.names for n in range(name.first, name.last + 1)}
    years = {f.start: f for f in said.figures if f is not figure and not f.unit}

    def drawn(on: int, among: set[int]) -> int:
        return sum(
            any(shown.prose.tokens[m].clause == on for m in pairing.found.get(n, ()))
            for n in mine
            if n in among
        )

    def dated(on: int) -> int:
        return sum(
            any(f.equals(year) and _clause(f, shown) == on for f in shown.figures)
            for year in years.values()
            if _clause(year, said) == clause
        )

    tokens = said.prose.tokens
    exact = {on: drawn(on, named) + dated(on) for on in (own, *rivals)}
    best = max(exact.values())
    if exact[own] < best:
        return False
    if best:
        if all(exact[on] < best for on in rivals):
            return True
        near = min(named & set(mine), key=lambda n: abs(tokens[n].start - figure.start), default=None)
        clauses = {shown.prose.tokens[m].clause for m in pairing.found.get(near, ())} if near is not None else {own}
        return own in clauses or not clauses & rivals
    loose = {on: drawn(on, set(mine)) for on in (own, *rivals)}
    return loose[own] >= max(loose[on] for on in rivals)


def _clause(figure: Figure, where: Facts) -> int:
    """Give the clause that a number stands in."""
    return next(
        (t.clause for t in where.prose.tokens if t.start <= figure.start < t.end or t.start >= figure.start),
        -1,
    )


def _bounded_alike(figure: Figure, other: Figure, said: Facts, shown: Facts) -> bool:
    """Tell whether a number isn't a least in the claim and a most in the evidence, or the like."""
    mine, theirs = _bound(figure, said), _bound(other, shown)
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
_NOT_MORE = re.compile(r"(?:\bnon|\b(?:can)?not?|n['’]t)\s(?:\w+\s){0,3}(?:più|more|oltre|over|super|exceed)", re.IGNORECASE)
_LESS = re.compile(
    r"\b(?:meno\sd\w+|quasi|inferior[ei]\sa\w*|al\smassimo|fino\sa\w*|less\sthan|fewer\sthan|almost|nearly"
    r"|at\smost|up\sto|below|under|sotto|minori\sdi)['’]?\s?(?:(?:i|gli|le|la|il|the|a)\s)?$",
    re.IGNORECASE,
)


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
    """Give the word that a figure counts: the first that says something right after it."""
    after = [n for n, token in enumerate(said.prose.tokens) if token.start >= figure.end][:2]
    for n in after:
        token = said.prose.tokens[n]
        if said.prose.text[figure.end : token.start].strip(" \u00a0"):
            return None
        if token.is_content:
            return n
    return None


def _counts_the_same(noun: int, other: Figure, shown: Facts, pairing: Pairing) -> bool:
    """Tell whether a number of the evidence counts what the claim counts with it."""
    matches = pairing.found.get(noun, ())
    tokens = shown.prose.tokens
    own = _noun(other, shown)
    if own in matches:
        return True
    if own is None:
        return not any(
            _noun(rival, shown) in matches and not rival.equals(other) and _says_barely(rival, pairing)
            for rival in shown.figures
        )
    near = [m for m in matches if abs(tokens[m].start - other.end) < 40]
    counted_elsewhere = {
        _noun(figure, shown) for figure in shown.figures if figure.start != other.start
    }
    if near and not counted_elsewhere & set(near):
        return True
    if matches:
        return not counted_elsewhere & set(matches)
    # Another word for the same may stand here, unless both are known to mean different things.
    word = pairing.claim.tokens[noun]
    if word.folded in _PEOPLE:
        return True
    if own in pairing.used:
        return False
    return other.kind == "ordinal" or not (means(word.word) and means(tokens[own].word))


def _says_barely(figure: Figure, pairing: Pairing) -> bool:
    """Tell whether a claim has a figure, too, but counts nothing with it."""
    said = facts(pairing.claim.text)
    return any(figure.equals(other) and _noun(other, said) is None for other in said.figures)


def _named(
    name: Name, said: Facts, shown: Facts, around: str, equals: list[tuple[int, int]]
) -> bool:
    found = [other for other in shown.names if other.canonical == name.canonical]
    if found:
        for other in found:
            for n in range(name.first, name.last + 1):
                equals.extend((n, m) for m in range(other.first, other.last + 1))
        return True
    if name.is_known:
        return False
    token = said.prose.tokens[name.first]
    alike = [
        m
        for m, other in enumerate(shown.prose.tokens)
        if token.folded == other.folded or _same_common(token.word, other.word, other.text)
    ]
    if alike:
        equals.extend((name.first, m) for m in alike)
        return True
    if name.is_word:
        return not _is_bare_subject(name, said)
    return _completes(name, said, shown, around)


def _is_topic(foreign: list[Name], said: Facts, shown: Facts, topic: str) -> bool:
    """Tell whether names are those a source is about, and stand in for none of the evidence."""
    about = {name.canonical for name in facts(topic).names} if topic else set()
    spoken = {name.canonical for name in said.names}
    in_place = all(name.canonical in spoken for name in shown.names if not name.is_word)
    return in_place and all(name.canonical in about for name in foreign)


def _same_common(word: str, other: str, written: str) -> bool:
    """Tell whether two words that may be common ones, not names, mean the same."""
    if len(word) < 4 or not same(word, other):
        return False
    return is_known(word) and (is_known(other) or written[0].islower())


def _is_bare_subject(name: Name, said: Facts) -> bool:
    """Tell whether a capital that opens a claim can hardly be a common word: «Rossi ha detto»."""
    following = said.prose.folded(name.first + 1)
    before = said.prose.text[: said.prose.tokens[name.first].start].rstrip()
    opens = not before or before[-1] in ".!?:;«“(\""
    word = said.prose.folded(name.first)
    if word.endswith("s") or word.endswith(("body", "one", "thing")) or word in _MANY:
        return False  # what needs no article
    return opens and name.last == name.first and following in (
        "ha", "e", "aveva", "era", "fu", "sara", "dice", "disse", "has", "is", "was", "had",
        "said", "says", "will", "vuole", "wants",
    )  # fmt: skip


def _completes(name: Name, said: Facts, shown: Facts, around: str) -> bool:
    """Tell whether a name only completes one that the evidence has: «Jens» beside Stoltenberg."""
    canonical = {other.canonical for other in shown.names}
    tokens = said.prose.tokens
    for beside in (name.first - 1, name.last + 1):
        if not 0 <= beside < len(tokens) or tokens[beside].folded not in canonical:
            continue
        if not tokens[beside].text[0].isupper():
            continue
        first, last = sorted((beside, name.first))
        written = f"{tokens[first].folded} {tokens[last].folded}"
        if written in fold(around):
            return True
    return False


_BEFORE_NOUNS = frozenset(
    """
    il lo la i gli le l un uno una dell della del dei delle degli al alla ai alle agli nel nella
    the a an of
    """.split()
)


def _replaces(pairing: Pairing) -> bool:
    """Tell whether a claim is its evidence but for a word that means something else.

    The same two words before them tell that one stands in the other's place.
    """
    claim, evidence = pairing.claim, pairing.evidence
    if sum(n in pairing.found for n in claim.content) < 0.7 * len(claim.content):
        return False
    places = {
        (evidence.folded(m - 2), evidence.folded(m - 1)): m
        for m in evidence.content
        if m >= 2 and m not in pairing.used
    }
    for n in claim.content:
        m = places.get((claim.folded(n - 2), claim.folded(n - 1)))
        if m is None or n < 2 or m in pairing.found.get(n, ()):
            continue
        if n in pairing.found and claim.folded(n - 3) != evidence.folded(m - 3):
            continue
        if claim.folded(n - 1) not in _BEFORE_NOUNS:
            continue
        if means(claim.tokens[n].word) and means(evidence.tokens[m].word):
            return True
    return False


def _says_enough(said: Facts, pairing: Pairing) -> bool:
    content = set(said.prose.content)
    for name in said.names:
        content |= set(range(name.first, name.last + 1))
    if not content:
        return bool(said.figures or said.dates)
    hits = sum(n in pairing.found for n in content) + len(said.figures) + len(said.dates)
    across = detect_language(pairing.claim.text) != detect_language(pairing.evidence.text)
    all_of_it = len(content) + len(said.figures) + len(said.dates)
    return hits / all_of_it >= (ENOUGH_ACROSS if across else ENOUGH)
