"""Whether a claim says of one what its evidence says of another. Pure.

«I gatti dormono, i cani abbaiano»: what stands in one part of a sentence is said of those named in
that part. Nothing is parsed: words that occur in one part alone tell which parts a claim draws on.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.verification.attribution import reports
from retrieval.verification.negation import negations
from retrieval.verification.numerals import values_of
from retrieval.verification.prose import Pairing, Prose
from retrieval.verification.segments import Segment, segment_of, segments

_FIGURE = 3  # a number tells more than a word does
_OF_ANOTHER = frozenset("it them him her lo la li ne gli le questo this that".split())


def mixes(pairing: Pairing, dated: frozenset[int]) -> bool:
    """Tell whether the subject of one part of the evidence has what is said in another part.

    ``dated`` are words of the claim's dates, which may be said of several parts.
    """
    claim, evidence = pairing.claim, pairing.evidence
    parts = segments(evidence)
    if len(parts) < 2:
        return False
    return any(_is_mixed(pairing, piece, parts, dated) for piece in segments(claim))


def misdates(pairing: Pairing, days: Sequence[tuple[tuple[int, ...], frozenset[int]]]) -> bool:
    """Tell whether a day of the claim is one that the evidence gives for something else.

    ``days`` are those of the claim: the words of each in the evidence, and those of other days of
    its kind there.
    """
    evidence = pairing.evidence
    dated = {m for own, others in days for m in (*own, *others)}
    drawn: dict[int, int] = {}
    for matches in pairing.found.values():
        where = {evidence.tokens[m].clause for m in matches}
        if len(where) == 1 and not dated.intersection(matches):
            clause = where.pop()
            drawn[clause] = drawn.get(clause, 0) + 1
    return any(
        own
        and others
        and not any(drawn.get(evidence.tokens[m].clause) for m in own)
        and max(drawn.get(evidence.tokens[m].clause, 0) for m in others) > 1
        for own, others in days
    )


def _is_mixed(
    pairing: Pairing, piece: Segment, parts: tuple[Segment, ...], dated: frozenset[int]
) -> bool:
    evidence = pairing.evidence
    named, said, tells = [0.0] * len(parts), [0] * len(parts), [False] * len(parts)
    for n in range(piece.start, piece.end):
        matches = [m for m in pairing.found.get(n, ()) if n not in dated]
        where = _where(evidence, matches, parts)
        for k, is_subject in where.items():
            if is_subject and n < piece.verb:
                named[k] += 1 / len(_subject(pairing, parts[k]))
                tells[k] |= len(where) == 1
            elif len(where) == 1 and not is_subject:
                word = evidence.folded(matches[0])
                number = word[0].isdigit() or values_of(word)
                said[k] += _FIGURE if number else 1
    most = max(said)
    if not most:
        return False
    best = [k for k in range(len(parts)) if said[k] == most]
    if any(not _subject_of(parts, k) for k in best):
        return False
    own = {_subject_of(parts, k)[0] for k in best}
    if most > 1 and _is_about_another(pairing, piece, parts, own):
        return True
    other = max(
        (k for k, part in enumerate(parts) if part.is_own and not _tells(pairing, part)),
        key=lambda k: named[k],
        default=None,
    )
    if other is None or other in own or not tells[other] or named[other] < 0.5:
        return False
    denied = any(parts[other].start <= cue.at < parts[other].end for cue in negations(evidence))
    if denied and negations(pairing.claim):
        return False
    refers = {evidence.folded(m) for m in range(parts[other].verb, parts[other].end)} & _OF_ANOTHER
    return not refers and all(named[k] < named[other] for k in own)


def _where(evidence: Prose, matches: list[int], parts: tuple[Segment, ...]) -> dict[int, bool]:
    """Say in which parts words stand, and whether among their subjects."""
    where: dict[int, bool] = {}
    for m in matches:
        k = segment_of(evidence, m)
        where[k] = where.get(k, False) or m < parts[k].verb
    return where


def _is_about_another(
    pairing: Pairing, piece: Segment, parts: tuple[Segment, ...], own: set[int]
) -> bool:
    """Tell whether those a claim is about stand in other parts alone, and not one in its own."""
    evidence = pairing.evidence
    about = [n for n in range(piece.start, piece.verb) if pairing.claim.tokens[n].is_content]
    where = [{segment_of(evidence, m) for m in pairing.found.get(n, ())} for n in about]
    spoken = {m for matches in pairing.found.values() for m in matches}
    named = any(spoken.intersection(_subject(pairing, parts[k])) for k in own)
    return (
        bool(where)
        and all(found and not found & own for found in where)
        and not named
        and not any(_tells(pairing, parts[k]) for found in where for k in found)
    )


def _subject(pairing: Pairing, part: Segment) -> list[int]:
    tokens = pairing.evidence.tokens
    inside = [n for n in range(part.start, part.verb) if tokens[n].is_content]
    return inside or [part.start]


def _subject_of(parts: tuple[Segment, ...], k: int) -> tuple[int, ...]:
    """Give the part that names whom a part is about: itself, or the nearest before."""
    return next(((n,) for n in range(k, -1, -1) if parts[n].is_own), ())


def _tells(pairing: Pairing, part: Segment) -> bool:
    """Tell whether a part names who reports something, not whom it is about."""
    verbs = {report.verb for report in reports(pairing.evidence)}
    tokens = pairing.evidence.tokens[part.start : part.end]
    return any(token.start in verbs for token in tokens)
