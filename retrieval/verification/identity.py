"""Who or what something is said to be, and whether the evidence says so of the same. Pure.

«Il segretario generale, Anna Ricci, ha visto il ministro Ugo Neri» holds all the words of «Ugo Neri
è il segretario generale»: what tells them apart is what stands beside what.
"""

from __future__ import annotations

from collections.abc import Iterable

from retrieval.verification.attribution import speaks
from retrieval.verification.concepts import is_english_verb, is_italian_verb
from retrieval.verification.names import TITLES, names
from retrieval.verification.prose import Pairing, Prose
from retrieval.verification.segments import first_verb

_IS = frozenset("è era erano sono fu furono sarà is are was were diventa becomes became".split())
_ARTICLES = frozenset("il lo la i gli le l un uno una a an the".split())
_BEEN = frozenset("stato stata stati state been being".split())
_THERE = frozenset("c ci there".split())
_LONGEST = 5  # words that say what something is
_OF = frozenset("di del della dello dell dei degli delle of".split())


def misidentifies(pairing: Pairing, *, strictly: bool = False) -> bool:
    """Tell whether a claim that one thing is another finds the two apart in its evidence.

    Nothing is said of claims of another form, nor where the evidence has not both. ``strictly``
    looks at what something is like, too: «è giapponese».
    """
    claim, evidence = pairing.claim, pairing.evidence
    at = _copula(claim, strictly=strictly)
    if at is None or speaks(claim):
        return False
    one = _places(pairing, (n for n in claim.content if n < at))
    other = _places(pairing, (n for n in claim.content if n > at))
    if not one or not other:
        return False
    mine = one | other
    return not any(
        _are_beside(evidence, a, b, mine) and not _is_anothers(evidence, a, b, mine)
        for a in _blocks(evidence, one)
        for b in _blocks(evidence, other)
    )


def _copula(claim: Prose, *, strictly: bool) -> int | None:
    """Give the "is" of a claim that says what something is: «è il sindaco», and, strictly, "tall".

    What goes on for long says more than that, and «c'è» only that there is something.
    """
    at = first_verb(claim)
    if not at or claim.tokens[at].word not in _IS or at + 1 == len(claim.tokens):
        return None
    if claim.folded(at - 1) in _THERE or sum(n > at for n in claim.content) > _LONGEST:
        return None
    after = claim.tokens[at + 1]
    if after.folded in _BEEN:
        return None
    if after.folded in _ARTICLES or after.text[0].isupper() or after.folded in TITLES:
        return at
    is_verb = is_italian_verb(after.word) or is_english_verb(after.word)
    return at if strictly and after.is_content and not is_verb else None


def _places(pairing: Pairing, words: Iterable[int]) -> frozenset[int]:
    return frozenset(m for n in words for m in pairing.found.get(n, ()))


def _blocks(prose: Prose, places: frozenset[int]) -> list[tuple[int, int]]:
    """Give the stretches that such words make: first and last."""
    blocks: list[tuple[int, int]] = []
    for n in sorted(places):
        last = blocks[-1][1] if blocks else n
        apart = any(prose.tokens[m].is_content for m in range(last + 1, n))
        if blocks and not apart and prose.tokens[n].clause == prose.tokens[last].clause:
            blocks[-1] = (blocks[-1][0], n)
        else:
            blocks.append((n, n))
    return blocks


def _are_beside(
    prose: Prose, one: tuple[int, int], other: tuple[int, int], mine: frozenset[int]
) -> bool:
    """Tell whether two stretches stand side by side, or with "is" between them and nobody else."""
    first, last = sorted((one, other))
    between = [
        n for n in range(first[1] + 1, last[0]) if n not in mine | _rest_of_names(prose, mine)
    ]
    if any(prose.folded(n) in _OF for n in between):
        return False
    telling = [n for n in between if prose.tokens[n].is_content]
    if all(prose.folded(n) in TITLES for n in telling):
        # «Il sindaco e Anna Ricci» are two.
        return bool(telling) or not any(_is_and(prose, n) for n in between)
    at = last[0] - 1
    while at in between and prose.tokens[at].word not in _IS and not prose.tokens[at].is_content:
        at -= 1  # over «molto», "the"
    return (
        at in between
        and prose.tokens[at].word in _IS
        and not any(name.first in between and not name.is_word for name in names(prose))
    )


def _is_and(prose: Prose, n: int) -> bool:
    return prose.folded(n) in ("e", "ed", "and") and prose.tokens[n].word != "è"


def _rest_of_names(prose: Prose, mine: frozenset[int]) -> frozenset[int]:
    """Give the words that only complete a name: the «Anna» of «Anna Ricci», said to be «Ricci»."""
    named = {n for name in names(prose) for n in range(name.first, name.last + 1)}
    return frozenset(
        n
        for n in named - mine
        if n + 1 in mine & named and prose.tokens[n].clause == prose.tokens[n + 1].clause
    )


def _is_anothers(
    prose: Prose, one: tuple[int, int], other: tuple[int, int], mine: frozenset[int]
) -> bool:
    """Tell whether the later of two stretches goes on into a name that the claim doesn't have.

    «… Anna Ricci, è stato il ministro Ugo Neri»: the minister is who comes after.
    """
    later = max(one, other)
    after = later[1] + 1
    if after >= len(prose.tokens) or prose.tokens[after].clause != prose.tokens[later[1]].clause:
        return False
    return any(
        name.first <= after <= name.last and after not in mine and not name.is_word
        for name in names(prose)
    )
