"""Words of a claim that stand where its evidence has others, with another meaning. Pure.

What claim and evidence share on either side tells that one stands in the other's place: «l'acqua
copre i danni» and "covers fire damage". The order may be turned, as it is between languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.verification.certainty import MOODS
from retrieval.verification.concepts import means, same
from retrieval.verification.likeness import nearest
from retrieval.verification.names import names
from retrieval.verification.prose import Pairing, Prose
from retrieval.words import is_known

FAR = 0.68
"""Words less alike than this have different meanings."""

FAR_IF_UNKNOWN = 0.5
"""The same where a word is in no table: then its vector is all that is known of it."""

_LONGEST = 3  # words in the place of others


@dataclass(frozen=True, slots=True)
class _Gap:
    """Words ``inside`` between two that claim and evidence share; -1 is an end of the clause."""

    before: int
    after: int
    inside: tuple[int, ...]


def replaces(pairing: Pairing, anchors: dict[int, frozenset[int]]) -> bool:
    """Tell whether words of a claim stand in the place of others that mean something else.

    ``anchors`` are the words of the claim, figures among them, with those of the evidence that
    say the same.
    """
    claim, evidence = pairing.claim, pairing.evidence
    shared = frozenset(m for matches in anchors.values() for m in matches)
    there = tuple(_gaps(evidence, shared))
    missing = {n for n in claim.content if n not in anchors and _says_something(claim, n)}
    for gap in _gaps(claim, frozenset(anchors)):
        if not 0 < len(gap.inside) < _LONGEST or not missing.issubset(gap.inside):
            continue
        before, after = anchors.get(gap.before), anchors.get(gap.after)
        if before is None and after is None:
            continue
        for other in there:
            if _same_place(before, after, other) and _differs(pairing, gap.inside, other.inside):
                return True
    return False


_BEFORE_NOUNS = frozenset(
    """
    il lo la i gli le l un uno una dell della del dei delle degli al alla ai alle agli nel nella
    the a an of
    """.split()
)


def takes_place(pairing: Pairing) -> bool:
    """Tell whether a claim is its evidence but for a word that the evidence says of another.

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


def _says_something(prose: Prose, n: int) -> bool:
    return prose.tokens[n].folded not in MOODS and prose.tokens[n].folded not in _VAGUE


_VAGUE = frozenset(
    """
    people person persone persona gente number numero anni anno year years signor signora mr mrs ms
    dice dicono scrive say says said tell tells writes reports like andare andra andranno
    """.split()
)


def _same_place(before: frozenset[int] | None, after: frozenset[int] | None, other: _Gap) -> bool:
    ends = (other.before, other.after)
    return any(_meets(before, first) and _meets(after, last) for first, last in (ends, ends[::-1]))


def _meets(matches: frozenset[int] | None, end: int) -> bool:
    return end < 0 if matches is None else end in matches


def _differs(pairing: Pairing, mine: tuple[int, ...], theirs: tuple[int, ...]) -> bool:
    claim, evidence = pairing.claim, pairing.evidence
    named = {n for name in names(evidence) for n in range(name.first, name.last + 1)}
    if not named.isdisjoint(theirs) or len(theirs) > _LONGEST:
        return False
    others = [evidence.tokens[m].word for m in theirs if evidence.tokens[m].is_content]
    if not others or not all(means(other) or is_known(other) for other in others):
        return False
    sure = all(map(means, others))
    anywhere = [evidence.tokens[m].word for m in evidence.content]
    for n in mine:
        word = claim.tokens[n].word
        if not _says_something(claim, n) or not (means(word) or is_known(word)):
            return False
        far = FAR if sure and means(word) else FAR_IF_UNKNOWN
        if any(same(word, other) for other in anywhere) or nearest(word, anywhere) >= far:
            return False
    return True


def _gaps(prose: Prose, shared: frozenset[int]) -> Iterator[_Gap]:
    """Yield what stands between shared words, and at the ends of clauses."""
    before, clause = -1, -1
    inside: list[int] = []
    for n, token in enumerate(prose.tokens):
        if token.clause != clause:
            if inside:
                yield _Gap(before, -1, tuple(inside))
            before, clause, inside = -1, token.clause, []
        if n in shared:
            if inside:
                yield _Gap(before, n, tuple(inside))
            before, inside = n, []
        elif token.is_content or token.folded[0].isdigit():
            inside.append(n)
    if inside:
        yield _Gap(before, -1, tuple(inside))
