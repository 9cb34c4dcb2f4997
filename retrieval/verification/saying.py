"""Whether one sentence says all of a claim, as somebody who asks «è vero?» has a right to. Pure.

A model's claim stands beside the quote it was made from, so the gate lets words be its own. Whoever
asks about a claim hears "the sources say so" and may read no further: here every word counts.
"""

from __future__ import annotations

from retrieval.verification.certainty import MOODS, is_done, is_future, is_plain
from retrieval.verification.crossing import crosses
from retrieval.verification.facts import Facts, facts
from retrieval.verification.identity import misidentifies
from retrieval.verification.names import names
from retrieval.verification.naming import is_named
from retrieval.verification.negation import draws_on, negations
from retrieval.verification.prose import Pairing, Prose, pair
from retrieval.verification.segments import first_verb, segment_of
from retrieval.verification.weakening import weakens

_BACK = frozenset("ne ci vi lui lei essa esso loro li le it them they there its their this".split())
"""Words that stand for something said before."""

_AGAINST = frozenset("contro against senza without".split())
_WEIGHTY = _AGAINST | {"parte", "part"}
"""Words that say little by themselves, and yet are all that some claims say."""

_PLACE = frozenset("sede luogo".split())  # «ha sede», «ha luogo»: is somewhere

_CLOSING = " \n»”\"')"  # what may follow the mark that ends a sentence

_DENIED_AT = 0.3
"""The share of what follows a "not" that a claim says, and from which it says that."""

_HAS = frozenset("ha hanno has have had aveva avevano avra avranno".split())
_HAVING = _HAS | frozenset(
    """
    suo sua suoi sue loro its their his her possiede possiedono owns dispone dispongono
    conta contano trova trovano esiste esistono there ci c conta dotato dotata
    """.split()
)


def says_all(
    claim: str, sentence: str, before: str = "", around: str = "", title: str = ""
) -> bool:
    """Tell whether a sentence says every word of a claim that says something, in its own.

    ``before`` is what the sentence leans on, such as the one ahead of it: what a claim is about may
    stand there. ``around`` is the text of the source, which may complete a name, and ``title`` says
    what all of it is about. Figures, dates and who does what are compared by
    :func:`~retrieval.verification.support.mismatch`.
    """
    said = facts(claim)
    shown = facts(sentence)
    pairing = _pair(said, shown, around)
    counting = _counting(said)
    if not (counting or said.figures or said.dates) or sentence.rstrip(_CLOSING).endswith("?"):
        return False
    missing = [n for n in counting if n not in pairing.found]
    if missing:
        leans = any(token.folded in _BACK for token in pairing.evidence.tokens)
        verb = first_verb(said.prose) or 0
        others = set(_named(pairing.evidence)) - pairing.used  # which may stand in its place
        topic = set(_named(said.prose)) & set(_pair(said, facts(title), around).found)
        topic = set() if others else topic
        shown = facts(before + sentence)
        pairing = _pair(said, shown, around)
        if 2 * len(missing) > len(counting) or not all(
            n in topic or (n in pairing.found and (n < verb or leans)) for n in missing
        ):
            return False
    return not (
        _is_less_than_fact(pairing)
        or _is_of_another(pairing)
        or crosses(said, shown, pairing)
        or weakens(said, shown, pairing)
        or _is_denied(pairing)
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
        and said.prose.folded(n + 1) != "t"  # "doesn't", "isn't"
        and token.folded not in MOODS
        and not any(start <= token.start < end for start, end in apart)
    ]


def _is_of_another(pairing: Pairing) -> bool:
    """Tell whether a claim's verb stands in the evidence with other names than the claim's.

    «La guida è di Anna Ricci, mentre le foto le ha scattate Ugo Neri»: it isn't she who took them.
    """
    claim, evidence = pairing.claim, pairing.evidence
    start = first_verb(claim)
    verb = next((n for n in claim.content if start is not None and n >= start), None)
    if verb is None or verb not in pairing.found or verb in _named(claim):
        return False
    if verb != start and not is_done(claim, verb):
        return False
    ahead = {m for n in _named(claim) if n < verb for m in pairing.found.get(n, ())}
    behind = [pairing.found.get(n, ()) for n in _named(claim) if n > verb]

    def is_apart(place: int) -> bool:
        k = segment_of(evidence, place)
        inside = {m for m in _named(evidence) if segment_of(evidence, m) == k}
        if not inside - pairing.used:
            return False
        return (bool(ahead) and not ahead & inside) or any(
            ms and not inside.intersection(ms) for ms in behind
        )

    return all(map(is_apart, pairing.found[verb]))


def _named(prose: Prose) -> list[int]:
    return [
        n for name in names(prose) if not name.is_word for n in range(name.first, name.last + 1)
    ]


def _is_denied(pairing: Pairing) -> bool:
    """Tell whether a claim that denies nothing draws on what the evidence denies."""
    if negations(pairing.claim):
        return False  # compared elsewhere
    against = {n for n, token in enumerate(pairing.evidence.tokens) if token.folded in _AGAINST}
    if not against <= pairing.used and not any(
        token.folded in _AGAINST for token in pairing.claim.tokens
    ):
        parts = {segment_of(pairing.evidence, m) for m in pairing.used}
        if any(segment_of(pairing.evidence, n) in parts for n in against):
            return True
    return any(draws_on(pairing, cue, _DENIED_AT) for cue in negations(pairing.evidence))


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
    after = range(verb + 1, min(verb + 3, len(claim.tokens)))
    return not any(is_done(claim, n) or claim.folded(n) in _PLACE for n in after)


def _is_yet_to_come(pairing: Pairing) -> bool:
    """Tell whether what a claim tells as it is, or was, will be in the evidence."""
    claim, evidence = pairing.claim, pairing.evidence
    if any(is_future(claim, n) for n in range(len(claim.tokens))):
        return False
    verb = first_verb(claim) or 0
    said = {m for n, ms in pairing.found.items() if n >= verb for m in ms}
    clauses = {evidence.tokens[m].clause for m in said}
    return any(
        (token.folded == "being" or is_future(evidence, n)) and token.clause in clauses
        for n, token in enumerate(evidence.tokens)
    )


def _lacks_having(pairing: Pairing) -> bool:
    """Tell whether somebody has something in a claim, and nobody has anything in the evidence."""
    claim, evidence = pairing.claim, pairing.evidence
    return says_only_has(claim) and not any(token.folded in _HAVING for token in evidence.tokens)
