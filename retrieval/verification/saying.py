"""Whether one sentence says all of a claim, as somebody who asks «è vero?» has a right to. Pure.

A model's claim stands beside the quote it was made from, so the gate lets words be its own. Whoever
asks about a claim hears "the sources say so" and may read no further: here every word counts.
"""

from __future__ import annotations

from retrieval.verification.certainty import MOODS, is_done, is_future, is_plain
from retrieval.verification.facts import Facts, facts
from retrieval.verification.identity import misidentifies
from retrieval.verification.naming import is_named
from retrieval.verification.prose import Pairing, Prose, pair
from retrieval.verification.segments import first_verb

_BACK = frozenset("ne ci vi lui lei essa esso loro li le it them they there its their this".split())
"""Words that stand for something said before."""

_WEIGHTY = frozenset("parte part contro against senza without".split())
"""Words that say little by themselves, and yet are all that some claims say."""

_HAS = frozenset("ha hanno has have had aveva avevano avra avranno".split())
_HAVING = _HAS | frozenset(
    """
    suo sua suoi sue loro its their his her possiede possiedono owns dispone dispongono
    conta contano trova trovano esiste esistono there ci c conta dotato dotata
    """.split()
)


def says_all(claim: str, sentence: str, before: str = "", around: str = "") -> bool:
    """Tell whether a sentence says every word of a claim that says something, in its own.

    ``before`` is what the sentence leans on, such as the one ahead of it: what a claim is about may
    stand there. ``around`` is the text of the source, which may complete a name. Figures, dates and
    who does what are compared by :func:`~retrieval.verification.support.mismatch`.
    """
    said = facts(claim)
    pairing = _pair(said, facts(sentence), around)
    counting = _counting(said)
    if not (counting or said.figures or said.dates):
        return False
    missing = [n for n in counting if n not in pairing.found]
    if missing:
        leans = any(token.folded in _BACK for token in pairing.evidence.tokens)
        verb = first_verb(said.prose) or 0
        pairing = _pair(said, facts(before + sentence), around)
        if 2 * len(missing) > len(counting) or not all(
            n in pairing.found and (n < verb or leans) for n in missing
        ):
            return False
    return not (
        _is_less_than_fact(pairing)
        or _is_yet_to_come(pairing)
        or _lacks_having(pairing)
        or misidentifies(pairing, strictly=True)
    )


def _pair(said: Facts, shown: Facts, around: str) -> Pairing:
    equals: list[tuple[int, int]] = []
    for name in said.names:
        is_named(name, said, shown, around, equals)
    pairing = pair(said.prose, shown.prose, equals)
    weighty = {
        n: tuple(m for m, token in enumerate(shown.prose.tokens) if token.folded in _WEIGHTY)
        for n, token in enumerate(said.prose.tokens)
        if token.folded in _WEIGHTY
    }
    found = {**{n: ms for n, ms in weighty.items() if ms}, **pairing.found}
    return Pairing(pairing.claim, pairing.evidence, found, pairing.used)


def _counting(said: Facts) -> list[int]:
    """Give the words of a claim that have to be there: not what is compared as a figure or date."""
    apart = [(figure.start, figure.end) for figure in said.figures]
    apart += [(date.start, date.end) for date in said.dates]
    named = {n for name in said.names for n in range(name.first, name.last + 1)}
    return [
        n
        for n, token in enumerate(said.prose.tokens)
        if (token.is_content or n in named or token.folded in _WEIGHTY)
        and token.folded not in MOODS
        and not any(start <= token.start < end for start, end in apart)
    ]


def _is_less_than_fact(pairing: Pairing) -> bool:
    """Tell whether a claim of plain fact finds its words only in what is wanted, or perhaps."""
    if not is_plain(pairing.claim):
        return False
    evidence = pairing.evidence
    clauses = {evidence.tokens[m].clause for ms in pairing.found.values() for m in ms}
    return any(not is_plain(evidence, clause) for clause in clauses)


def says_only_has(claim: Prose) -> bool:
    """Tell a claim whose verb is "has", and no part of another: «ha due sedi», not «ha aperto»."""
    verb = first_verb(claim)
    if verb is None or claim.folded(verb) not in _HAS:
        return False
    return not any(is_done(claim, n) for n in range(verb + 1, min(verb + 3, len(claim.tokens))))


def _is_yet_to_come(pairing: Pairing) -> bool:
    """Tell whether what a claim tells as it is, or was, will be in the evidence."""
    claim, evidence = pairing.claim, pairing.evidence
    if any(is_future(claim, n) for n in range(len(claim.tokens))):
        return False
    return any(is_future(evidence, m) for ms in pairing.found.values() for m in ms)


def _lacks_having(pairing: Pairing) -> bool:
    """Tell whether somebody has something in a claim, and nobody has anything in the evidence."""
    claim, evidence = pairing.claim, pairing.evidence
    return says_only_has(claim) and not any(token.folded in _HAVING for token in evidence.tokens)
