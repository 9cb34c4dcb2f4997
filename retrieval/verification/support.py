"""Whether the words of a source support a claim: the first thing that doesn't agree. Pure.

Figures, dates, names, denials, certainty, who says it, what contradicts, who does what to whom,
and how much of the rest is there at all; in Italian and English alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

from retrieval.types import Language
from retrieval.verification.attribution import keeps_attribution
from retrieval.verification.certainty import agrees_on_certainty
from retrieval.verification.concepts import means
from retrieval.verification.counting import counted, dated
from retrieval.verification.facts import Facts, facts
from retrieval.verification.naming import are_topic, is_named
from retrieval.verification.negation import agrees_on_negation
from retrieval.verification.opposites import contradicts
from retrieval.verification.prose import Pairing, pair
from retrieval.verification.roles import swaps
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


def mismatch(
    claim: str, evidence: str, around: str = "", topic: str = "", language: Language = "it"
) -> Mismatch | None:
    """Say what of a claim isn't supported by its evidence, or None if all of it is.

    ``around`` is the text of the source, which may complete a name that the evidence shortens;
    ``topic`` its title and headings, whose names may be left out where a source speaks of them.
    ``language`` is the claim's where its words don't tell.
    """
    said, shown = facts(claim), facts(evidence)
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
    checks: tuple[tuple[Mismatch, Callable[[], bool]], ...] = (
        (Mismatch.NEGATION, lambda: agrees_on_negation(pairing)),
        (Mismatch.CERTAINTY, lambda: agrees_on_certainty(pairing)),
        (Mismatch.ATTRIBUTION, lambda: keeps_attribution(pairing, frozenset(held))),
        (Mismatch.CONTRADICTION, lambda: not contradicts(pairing)),
        (Mismatch.SWAP, lambda: not swaps(pairing)),
        (Mismatch.WORDS, lambda: _says_enough(said, pairing, language) and not _replaces(pairing)),
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
        if n in pairing.found and (
            claim.folded(n - 3) != evidence.folded(m - 3)
            or any(m < other <= m + 4 for other in pairing.found[n])
        ):
            continue
        if claim.folded(n - 1) not in _BEFORE_NOUNS:
            continue
        if means(claim.tokens[n].word) and means(evidence.tokens[m].word):
            return True
    return False


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
