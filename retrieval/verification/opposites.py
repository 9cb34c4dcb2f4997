"""Words of a claim that contradict its evidence, and parts that changed places. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.verification.concepts import has_opposite, opposed, same
from retrieval.verification.polarity import negations
from retrieval.verification.prose import Pairing, Prose

_MORE = re.compile(
    r"\b(?:oltre|più\sdi|più\sdel|almeno|superior[ei]\sa|minimo|più\sche|more\sthan|over|at\sleast"
    r"|above|exceed\w*|no\s(?:less|fewer)\sthan|upwards\sof|non\smeno\sdi)\b(?=\D{0,24}[\d]|\s\w+)",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:meno\sdi|meno\sdel|quasi|inferior[ei]\sa|al\smassimo|fino\sa|less\sthan|fewer\sthan"
    r"|almost|nearly|at\smost|up\sto|below|under|no\smore\sthan)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:prima\s(?:di|del|della|dell|dello|dei|degli|delle|che)|entro|before|ahead\sof|prior\sto|by)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:dopo|in\sseguito\sa\w*|successiv[oaie]\sa\w*|after|following|since)\b", re.IGNORECASE
)
_ALL = re.compile(
    r"\b(?:tutt[iae]\s(?:i|gli|le)|tutti|tutte|ogni|ciascun[oa]?|qualsiasi|sempre|all|every|each"
    r"|everyone|everybody|always|any)\b",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:alcun[ie]|qualche|cert[ie]|part[ei]\sde\w+|la\smaggior\sparte|molt[ie]|divers[ie]|spesso"
    r"|a\svolte|quasi\stutt\w|some|most|many|several|certain|few|often|sometimes|a\spart\sof|partly)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\b(?:sol[oaie]|soltanto|solamente|unic[oaie]|unicamente|esclusivamente|only|sole|solely|single"
    r"|exclusively|just|alone|nessun\saltr\w+|no\sother)\b",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:(?:il|la|i|le|gli|del|della|dei)\s(?:\w+\s)?(?:più|meno|maggior\w*|minor\w*|miglior\w*|peggior\w*)"
    r"|\w+issim[oaie]|the\s(?:most|least|largest|biggest|smallest|greatest|highest|lowest|oldest|youngest"
    r"|longest|best|worst|\w{3,}est)|massim[oaie]|minim[oaie])\b",
    re.IGNORECASE,
)
_PASSIVE_BY = frozenset("da dal dalla dallo dall dai dagli dalle by".split())
_PREPOSITIONS = frozenset(
    """
    di del della dello dell dei degli delle a al alla allo all ai agli alle in nel nella nello nell
    nei negli nelle con su sul sulla sullo sull per tra fra da dal dalla dallo dall dai dagli dalle
    secondo presso of to at in on with for from by about between among into under over
    """.split()
)


def contradicts(pairing: Pairing) -> bool:
    """Tell whether a word or a bound of a claim contradicts its evidence."""
    claim, evidence = pairing.claim, pairing.evidence
    if _bounds_differ(claim.text, evidence.text):
        return True
    turned = bool(negations(claim)) != bool(negations(evidence))
    for n in claim.content:
        word = claim.tokens[n].folded
        if n in pairing.found or not has_opposite(word):
            if n not in pairing.found or not has_opposite(word):
                continue
        matched = {evidence.tokens[m].folded for m in pairing.found.get(n, ())}
        if matched and not all(opposed(word, other) for other in matched):
            continue
        against = [
            m for m in evidence.content if opposed(word, evidence.tokens[m].folded)
        ]
        if against and not turned and not _said_too(claim, evidence, against):
            return True
    return False


def _said_too(claim: Prose, evidence: Prose, against: list[int]) -> bool:
    """Tell whether a claim says the contradicting words, too: then it tells both sides."""
    words = [claim.tokens[n].folded for n in claim.content]
    return all(any(same(word, evidence.tokens[m].folded) for word in words) for m in against)


def _bounds_differ(claim: str, evidence: str) -> bool:
    for one, other in ((_MORE, _LESS), (_LESS, _MORE), (_BEFORE, _AFTER), (_AFTER, _BEFORE)):
        if one.search(claim) and not one.search(evidence) and other.search(evidence):
            return True
    if _MORE.search(claim) and re.search(r"\d", evidence) and _strictly_more(claim, evidence):
        return True
    if _ALL.search(claim) and not _ALL.search(evidence) and _SOME.search(evidence):
        return True
    if _MOST.search(claim) and not _MOST.search(evidence) and not _ONLY.search(evidence):
        return not re.search(r"\b(?:più|meno|most|least|prim[oaie]|first|\w+er than)\b", evidence, re.IGNORECASE)
    return bool(
        re.search(r"\b(?:solo|soltanto|solamente|unicamente|esclusivamente|only|solely)\b", claim, re.IGNORECASE)
        and not _ONLY.search(evidence)
        and not negations_in(evidence)
    )


def negations_in(text: str) -> bool:
    """Tell whether a text denies anything: «non … che» means «solo»."""
    return bool(re.search(r"\b(?:non|not|no|nessun\w*|una?|one)\b", text, re.IGNORECASE))


def _strictly_more(claim: str, evidence: str) -> bool:
    found = re.search(
        r"\b(?:oltre|più\sdi|almeno|more\sthan|over|at\sleast)\s(?=\d)", claim, re.IGNORECASE
    )
    return bool(found) and not _MORE.search(evidence)


def swaps(pairing: Pairing) -> bool:
    """Tell whether those who act and those acted upon changed places around the same verb."""
    claim, evidence = pairing.claim, pairing.evidence
    for verb, sides in pairing.found.items():
        if not _may_be_verb(claim, verb):
            continue
        mine = _sides(claim, verb)
        if mine is None:
            continue
        for place in sides:
            theirs = _sides(evidence, place)
            if theirs is None:
                continue
            (a, b), (c, d) = mine, theirs
            ac, ad = c in pairing.found.get(a, ()), d in pairing.found.get(a, ())
            bc, bd = c in pairing.found.get(b, ()), d in pairing.found.get(b, ())
            if ad and bc and not ac and not bd:
                return True
    return False


def _may_be_verb(prose: Prose, n: int) -> bool:
    return 0 < n < len(prose.tokens) - 1 and prose.tokens[n].text[0].islower()


def _sides(prose: Prose, verb: int) -> tuple[int, int] | None:
    """Give who acts and who is acted upon around a verb, as far as the order of words tells."""
    before = next(_near(prose, verb, -1), None)
    after = next(_near(prose, verb, 1), None)
    if before is None or after is None:
        return None
    between = {prose.folded(n) for n in range(verb + 1, after)}
    if between & _PASSIVE_BY:
        return after, before
    if between & _PREPOSITIONS - {"a", "al", "alla", "allo", "all", "ai", "agli", "alle", "to", "with", "con"}:
        return None
    return before, after


def _near(prose: Prose, verb: int, step: int) -> Iterator[int]:
    clause = prose.tokens[verb].clause
    at = verb + step
    while 0 <= at < len(prose.tokens) and prose.tokens[at].clause == clause and abs(at - verb) <= 5:
        token = prose.tokens[at]
        if token.is_content and not (step < 0 and prose.folded(at - 1) in _PREPOSITIONS):
            if step < 0 and prose.folded(at - 2) in _PREPOSITIONS and prose.folded(at - 1) in ("il", "la", "the", "l"):
                at += step
                continue
            yield at
        at += step
