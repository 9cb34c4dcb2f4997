"""Who holds an office, and who only held it, stands in for it, or isn't the one who does. Pure."""

from __future__ import annotations

from retrieval.verification.facts import Facts
from retrieval.verification.names import TITLES, Name
from retrieval.verification.prose import Pairing, Prose, pair
from retrieval.verification.segments import first_verb

_NOT_QUITE = frozenset(
    """
    ex precedente precedenti uscente uscenti vice viceministro sostituto supplente predecessore
    predecessora former previous outgoing deputy acting predecessor interim onorario honorary
    """.split()
)
_IS = frozenset("è era sarà is was".split())


def is_not_quite(pairing: Pairing) -> bool:
    """Tell whether what a claim says of somebody its evidence says of one who was before, or after.

    "The previous director" isn't "the director", nor «il vice presidente» «il presidente».
    """
    evidence = pairing.evidence
    return any(
        n not in pairing.used and not pairing.used.isdisjoint((n - 1, n + 1))
        for n, token in enumerate(evidence.tokens)
        if token.folded in _NOT_QUITE
    )


def is_held_by_another(name: Name, said: Facts, shown: Facts) -> bool:
    """Tell whether a claim gives somebody an office that another has in the evidence.

    «Il ministro degli Esteri giapponese è Kishida», where that one is called «Yoshimasa Hayashi».
    """
    office = _office(name, said.prose)
    pairing = pair(said.prose, shown.prose, [])
    if not office or not all(n in pairing.found for n in office):
        return False
    if is_not_quite(pairing):
        return False
    places = {m for n in office for m in pairing.found[n]}
    mine = {other.canonical for other in said.names}
    for other in shown.names:
        last = _last_of(shown.prose, other)
        called = {one.canonical for one in shown.names if other.first <= one.first <= last}
        if other.is_word or not called.isdisjoint(mine):
            continue
        if _is_of(shown.prose, other.first, last, places, len(office)):
            return True
    return False


def _office(name: Name, claim: Prose) -> list[int]:
    """Give the words of the office that a claim says a name has, none where it says more."""
    verb = first_verb(claim)
    if verb is None or claim.tokens[verb].word not in _IS:
        return []
    before = [n for n in claim.content if n < verb]
    after = [n for n in claim.content if n > verb]
    office, whom = (before, after) if name.first > verb else (after, before)
    if not whom or any(not name.first - 1 <= n <= name.last + 1 for n in whom):
        return []
    return office if any(claim.folded(n) in TITLES for n in office) else []


def _last_of(prose: Prose, name: Name) -> int:
    """Give the last word of the capitals that a name begins: «Yoshimasa Hayashi» is one."""
    tokens, last = prose.tokens, name.last
    while last + 1 < len(tokens) and prose.text[tokens[last].end : tokens[last + 1].start] == " ":
        if not tokens[last + 1].text[0].isupper():
            break
        last += 1
    return last


def _is_of(prose: Prose, first: int, last: int, places: set[int], words: int) -> bool:
    """Tell whether a name follows the whole of an office at once, or between commas."""
    tokens, n = prose.tokens, first - 1
    block = set[int]()
    while n >= 0 and (n in places or not tokens[n].is_content):
        block |= {n} & places
        n -= 1
    if len(block) < words or first - 1 not in block:
        return False
    gap = prose.text[tokens[first - 1].end : tokens[first].start]
    closes = prose.text[tokens[last].end :][:1] == ","
    return not gap.strip() or (gap.strip() == "," and closes)
