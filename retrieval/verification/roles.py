"""Who does what to whom, and whether they changed places in a claim. Pure.

Told by the order of words around a verb and by «da» or "by", with nothing parsed: where that is not
enough, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.verification.attribution import reports
from retrieval.verification.concepts import is_english_verb, is_italian_verb, is_verbal
from retrieval.verification.dates import dates
from retrieval.verification.names import TITLES, names
from retrieval.verification.prose import Pairing, Prose

_PASSIVE_BY = frozenset("da dal dalla dallo dall dai dagli dalle by".split())
_ARTICLES = frozenset("il lo la i gli le l the".split())
_PREPOSITIONS = frozenset(
    """
    di del della dello dell dei degli delle a al alla allo all ai agli alle in nel nella nello nell
    nei negli nelle con su sul sulla sullo sull per tra fra da dal dalla dallo dall dai dagli dalle
    secondo presso of to at in on with for from by about between among into under over
    """.split()
)


def swaps(pairing: Pairing) -> bool:
    """Tell whether those who act and those acted upon changed places around the same verb."""
    claim, evidence = pairing.claim, pairing.evidence
    reporting = {report.verb for report in reports(claim)}
    for verb, places in pairing.found.items():
        if not _is_verb(claim, verb):
            continue
        reports_it = claim.tokens[verb].start in reporting
        actor, object_ = _roles(claim, verb)
        others: list[bool] = []
        for place in places:
            if evidence.folded(place - 1) in _BEFORE_NOUNS or not place:
                continue
            own_actor, own_object = _roles(evidence, place)
            if own_actor is None:
                continue
            acts = own_actor in pairing.found.get(_or(object_), ())
            is_acted_on = own_object in pairing.found.get(_or(actor), ())
            keeps = own_actor in pairing.found.get(_or(actor), ()) or (
                own_object in pairing.found.get(_or(object_), ())
            )
            crossed = acts and is_acted_on
            if _phrases_cross(pairing, verb, place) or (
                not reports_it and _names_cross(pairing, verb, place)
            ):
                return True
            crossed |= acts and _is_name(evidence, own_actor)
            crossed |= is_acted_on and _is_name(evidence, own_object)
            if crossed and not keeps:
                return True
            if (
                _is_name(claim, actor)
                and _is_name(evidence, own_actor)
                and _is_beside(evidence, own_actor, place)
            ):
                others.append(_share_name(pairing, actor, own_actor) or _lacks_verb(pairing, actor))
        if others and not any(others):
            return True
    return False


_THAN = frozenset("than before after prima dopo ahead behind".split())


def compares_crosswise(pairing: Pairing) -> bool:
    """Tell whether what is compared changed places: "the house closes before the garden"."""
    for mine in _compared(pairing.claim):
        for theirs in _compared(pairing.evidence):
            first, second = (pairing.found.get(n, ()) for n in mine)
            if theirs[1] in first and theirs[0] in second and theirs[0] not in first:
                return True
    return False


def _compared(prose: Prose) -> Iterator[tuple[int, int]]:
    """Yield what stands first in a clause and what stands after a word such as "than"."""
    for n, token in enumerate(prose.tokens):
        if token.folded in _THAN:
            inside = [m for m in prose.content if prose.tokens[m].clause == token.clause]
            before, after = [m for m in inside if m < n], [m for m in inside if m > n]
            if before and after:
                yield before[0], after[0]


def _names_cross(pairing: Pairing, verb: int, place: int) -> bool:
    """Tell whether the names before and after a verb changed sides, with neither passive."""
    claim, evidence = pairing.claim, pairing.evidence
    for prose, at in ((claim, verb), (evidence, place)):
        near = [token for token in prose.tokens[max(at - 2, 0) : at + 7] if token.word != "e"]
        if any(token.folded in _BE or token.folded in _PASSIVE_BY for token in near):
            return False

    def of(prose: Prose, start: int, end: int) -> set[int]:
        return {n for n in range(start, end) if _is_name(prose, n)}

    before = {m for n in of(claim, 0, verb) for m in pairing.found.get(n, ())}
    after = {m for n in of(claim, verb, len(claim.tokens)) for m in pairing.found.get(n, ())}
    ahead, behind = of(evidence, 0, place), of(evidence, place, len(evidence.tokens))
    return bool(before & behind and after & ahead) and not before & ahead


def _phrases_cross(pairing: Pairing, verb: int, place: int) -> bool:
    """Tell whether all that stands before a verb stands after the other, and the reverse."""
    mine, theirs = _phrases(pairing.claim, verb), _phrases(pairing.evidence, place)
    if mine is None or theirs is None:
        return False

    def meet(some: set[int], others: set[int]) -> bool:
        return any(not others.isdisjoint(pairing.found.get(n, ())) for n in some)

    return (
        meet(mine[0], theirs[1])
        and meet(mine[1], theirs[0])
        and not meet(mine[0], theirs[0])
        and not meet(mine[1], theirs[1])
    )


def _phrases(prose: Prose, verb: int) -> tuple[set[int], set[int]] | None:
    """Give the words of who acts and of who is acted upon: those around a verb in its clause."""
    clause = prose.tokens[verb].clause
    near = range(max(verb - 6, 0), min(verb + 6, len(prose.tokens)))
    inside = [n for n in near if prose.tokens[n].is_content and prose.tokens[n].clause == clause]
    before, after = {n for n in inside if n < verb}, {n for n in inside if n > verb}
    if not before or not after:
        return None
    first = min(after)
    if {prose.folded(n) for n in range(verb + 1, first)} & _PASSIVE_BY:
        return after, before
    if {prose.folded(n) for n in range(verb + 1, first)} & _PREPOSITIONS - _TO_SOMEBODY:
        return None
    if {prose.folded(n) for n in range(max(verb - 2, 0), verb)} & _BE:
        return None
    return before, after


def _lacks_verb(pairing: Pairing, actor: int | None) -> bool:
    """Tell whether an actor has left out its verb: «la Norvegia pesca 90, l'Islanda 60»."""
    evidence = pairing.evidence
    clauses = {
        evidence.tokens[m].clause
        for m in pairing.found.get(_or(actor), ())
        if evidence.folded(m - 1) not in _PREPOSITIONS  # «accanto all'Islanda» acts on nothing
    }
    return bool(clauses) and not any(
        token.clause in clauses and _is_verb(evidence, n) for n, token in enumerate(evidence.tokens)
    )


def _is_beside(prose: Prose, actor: int | None, verb: int) -> bool:
    """Tell whether nothing but grammar parts an actor from its verb: then it is sure."""
    if actor is None:
        return False
    first, last = sorted((actor, verb))
    between = range(first + 1, last)
    return len(between) <= 3 and not any(
        prose.tokens[n].is_content and not _is_name(prose, n) for n in between
    )


def _share_name(pairing: Pairing, actor: int | None, own: int | None) -> bool:
    """Tell whether two actors have a name in common, near them."""
    if actor is None or own is None:
        return False
    near = {m for m in range(own - 3, own + 4) if _is_name(pairing.evidence, m)}
    return any(
        not near.isdisjoint(pairing.found.get(n, ()))
        for n in range(actor - 3, actor + 4)
        if _is_name(pairing.claim, n)
    )


def _is_name(prose: Prose, n: int | None) -> bool:
    return n is not None and any(
        name.first <= n <= name.last
        and not (
            name.is_word and (prose.folded(n + 1) in _PREPOSITIONS or prose.folded(n) in TITLES)
        )
        for name in names(prose)
    )


def _or(n: int | None) -> int:
    return -1 if n is None else n


def _is_verb(prose: Prose, n: int) -> bool:
    """Tell a verb from a noun by its form, as far as that goes: doubtful words are none."""
    token = prose.tokens[n]
    if not token.text[0].islower() or not n > 0:
        return False
    if prose.folded(n - 1) in _BEFORE_NOUNS:
        return False
    after = prose.folded(n - 1) in ("to", "will")
    beyond = n + 2 if prose.folded(n + 1) in _ARTICLES else n + 1
    if is_verbal(token.word) and _is_name(prose, n - 1) and _is_name(prose, beyond):
        return True
    return after or is_italian_verb(token.word) or is_english_verb(token.word)


_BEFORE_NOUNS = frozenset(
    """
    il lo la i gli le l un uno una del della dello dei delle degli dell al alla allo ai alle agli
    nel nella nello nei nelle negli di a da in con su per the a an of its his her their this that
    suo sua suoi sue loro questo questa quel quella
    """.split()
)
_BE = frozenset(
    """
    e era erano fu furono sono stato stata stati state viene vengono venne vennero sara saranno
    is are was were be been being
    """.split()
)


def _roles(prose: Prose, verb: int) -> tuple[int | None, int | None]:
    """Give who acts and who is acted upon around a verb, as far as the order of words tells."""
    before, after = _near(prose, verb, -1), _near(prose, verb, 1)
    if prose.folded(verb).endswith(("ando", "endo")):
        before = None  # whoever the sentence is about
    between = {prose.folded(n) for n in range(verb + 1, after)} if after is not None else set()
    ahead = {prose.folded(n) for n in range(max(verb - 2, 0), verb)}
    participle = re.search(r"(?:[ts][oaie]|ed|en|wn|ft)$", prose.folded(verb)) is not None
    if participle and between & _PASSIVE_BY:
        return after, before
    if participle and ahead & _BE:
        return None, before
    if between & _PREPOSITIONS - _TO_SOMEBODY:
        after = None
    return before, after


def _near(prose: Prose, verb: int, step: int) -> int | None:
    """Give the nearest word that says something before or after a verb, in its clause.

    Before it, words that depend on another («il capo della NATO») are passed over.
    """
    clause = prose.tokens[verb].clause
    at = verb + step
    while 0 <= at < len(prose.tokens) and prose.tokens[at].clause == clause and abs(at - verb) <= 5:
        token = prose.tokens[at]
        led = {prose.folded(at - 1), prose.folded(at - 2) if prose.folded(at - 1) == "the" else ""}
        if (
            token.is_content
            and not (step < 0 and led & _PREPOSITIONS)
            and token.folded not in _HELPING
            and not any(date.start <= token.start < date.end for date in dates(prose.text))
        ):
            return at
        at += step
    return _elsewhere(prose, verb) if step < 0 else None


def _elsewhere(prose: Prose, verb: int) -> int | None:
    """Give who acts where nobody stands before the verb in its clause.

    What «che» stands for, or who the sentence opens with.
    """
    clause = prose.tokens[verb].clause
    first = next(n for n, token in enumerate(prose.tokens) if token.clause == clause)
    if prose.folded(first) in ("che", "who", "which", "that"):
        return next((n for n in range(first - 1, -1, -1) if prose.tokens[n].is_content), None)
    start = max(prose.text.rfind(stop, 0, prose.tokens[verb].start) for stop in ".!?\n") + 1
    for n, token in enumerate(prose.tokens[:verb]):
        if token.start >= start and token.is_content:
            opens = n == 0 or prose.tokens[n - 1].start < start
            return n if opens or prose.folded(n - 1) not in _PREPOSITIONS else None
    return None


_TO_SOMEBODY = frozenset("a al allo alla all ai agli alle to".split())
_HELPING = frozenset(
    """
    vuole vogliono vorrebbe intende intendono progetta progettano want wants wanted plan plans
    planned intends intend aims hope hopes able fatto rimasto rimasti
    """.split()
)
