"""Whether a claim denies what its evidence denies, and nothing else. Pure.

A negation belongs to the word that follows it. Where claim and evidence share that word, both must
deny it or neither; where they don't, what the claim draws on decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from retrieval.verification.numerals import values_of
from retrieval.verification.prose import Pairing, Prose
from retrieval.verification.segments import segment_of

_NOT = frozenset(
    """
    non nessun nessuno nessuna senza neanche nemmeno neppure nulla niente mica mai privo priva
    privi not no never none nobody nothing neither nor without cannot hardly unable fail fails
    failed fallito lack lacks lacking manca mancano incapace
    """.split()
)
_SHORT_NOT = frozenset(
    "don doesn didn isn wasn aren weren won wouldn couldn shouldn hasn haven hadn can mustn".split()
)
_AGAINST = re.compile(
    r"(?:neg(?:a|ano|ato|ata|o|are)|smenti\w+|rifiut(?:a|ano|ato|ata|are|o)|resping\w+|respint\w+"
    r"|oppo(?:ne|ngono|sto|sta|sti|se|rsi|rre|ngo)|contrari[oaie]?|contrast(?:a|ano|are|ato|ando)"
    r"|esclu(?:de|dono|so|sa|si|se|dere)|viet\w+|proib\w+|impedi\w+|bocci(?:a|ato|ata|ano|are)"
    r"|divieto|annull\w+|revoc\w+|sospe(?:so|sa|nde|ndono|si|se|ndere)"
    r"|den(?:y|ies|ied|ying)|refus(?:es?|ed|ing|al)|reject(?:s|ed|ing|ion)?|oppos(?:es?|ed|ing)"
    r"|exclud(?:es?|ed|ing)|rul(?:ed|es|ing)\sout|forbid(?:s|den)?|forbade|bans?|banned|prohibit\w*"
    r"|prevent(?:s|ed|ing)?|remov(?:e|es|ed|al)|rimoss\w+|cancel(?:s|l?ed|l?ing|lation)?|revok\w*|suspend\w*|disagree\w*|contrary|counter(?:s|ing)?"
    r"|declin(?:ed|es)|object(?:s|ed)|resist(?:s|ed)?|halt(?:s|ed)?)"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that turns or weakens what is said: where it stands, and the word it turns."""

    at: int
    target: int | None


def agrees_on_negation(pairing: Pairing) -> bool:
    """Tell whether claim and evidence deny the same."""
    claim, evidence = pairing.claim, pairing.evidence
    mine, theirs = _of_facts(claim, evidence), _of_facts(evidence, claim)
    against_mine, against_theirs = _against(claim), _against(evidence)
    if not (mine or against_mine):
        denied = {cue.target for cue in theirs}
        plain = any(denied.issuperset(matches) for matches in pairing.found.values())
        return not plain and not any(draws_on(pairing, cue) for cue in (*theirs, *against_theirs))
    if not (theirs or against_theirs):
        return False
    if against_mine and against_theirs and _turned(claim) != _turned(evidence):
        return False
    return _agrees_word_by_word(pairing) and (not mine or _has_ground(pairing))


_UNLESS = re.compile(r"\b(?:unless|a\smeno\sche|salvo\sche|tranne\sche)\b", re.IGNORECASE)


def _of_facts(prose: Prose, other: Prose) -> tuple[Cue, ...]:
    """Give what a text denies, but for the conditions that the other has with "unless"."""
    cues = negations(prose)
    if not _UNLESS.search(other.text):
        return cues
    return tuple(
        cue
        for cue in cues
        if not {"se", "if"} & {prose.folded(n) for n in range(max(cue.at - 5, 0), cue.at)}
    )


def _agrees_word_by_word(pairing: Pairing) -> bool:
    """Tell whether each word that both say is denied in both or in neither."""
    claim, evidence = pairing.claim, pairing.evidence
    denied = {cue.target for cue in _of_facts(claim, evidence)}
    denied_there = {cue.target for cue in negations(evidence)}
    clauses = {claim.tokens[cue.at].clause for cue in negations(claim)}
    clauses_there = {evidence.tokens[cue.at].clause for cue in negations(evidence)}
    clauses_there |= {
        evidence.tokens[cue.at].clause - 1
        for cue in negations(evidence)
        if evidence.folded(cue.at) in ("senza", "without") and cue.target is None
    }  # «Keep the receipt: without it, ...»
    for n, matches in pairing.found.items():
        if n in denied:
            if not any(_is_denied_there(evidence, m, clauses_there) for m in matches) and not (
                _AGAINST.fullmatch(claim.tokens[n].folded) is None
                and _denied_by_meaning(pairing, matches)
            ):
                return False
        elif denied_there.issuperset(matches) and claim.tokens[n].clause not in clauses:
            return bool(_against(claim))
    return True


def _is_denied_there(evidence: Prose, m: int, clauses: set[int]) -> bool:
    """Tell whether a denial in the clause of a word may be of it: «senza» is of what follows."""
    clause = evidence.tokens[m].clause
    cues = [cue for cue in negations(evidence) if evidence.tokens[cue.at].clause == clause]
    return clause in clauses and not (
        cues and all(evidence.folded(cue.at) in ("senza", "without") and m < cue.at for cue in cues)
    )


def _has_ground(pairing: Pairing) -> bool:
    """Tell whether a claim's denial may be one that the evidence makes."""
    claim, evidence = pairing.claim, pairing.evidence
    if any(_touches(pairing, cue) for cue in negations(evidence)):
        return True
    if any(
        draws_on(pairing, cue) or not pairing.used.isdisjoint(_reach(evidence, cue.at))
        for cue in _against(evidence)
    ):
        return True
    return any(
        cue.target is None or _alike(claim.folded(cue.at), evidence.folded(other.at))
        for cue in negations(claim)
        for other in negations(evidence)
    )


@lru_cache(maxsize=2_000)
def negations(prose: Prose) -> tuple[Cue, ...]:
    """Find what a text denies in so many words; «non … mai» is one denial."""
    found: dict[int, Cue] = {}
    for n, token in enumerate(prose.tokens):
        if not _denies(prose, n) or token.clause in found:
            continue
        found[token.clause] = Cue(n, prose.target(n))
    return tuple(found.values())


def _denies(prose: Prose, n: int) -> bool:
    word, before, after = prose.folded(n), prose.folded(n - 1), prose.folded(n + 1)
    if word == "ne":
        return prose.tokens[n].word == "né"
    if (word, after) in _FAR:
        return True
    if word in _SHORT_NOT:
        return after == "t"
    denies_nothing = (
        (word == "no" and (before.isdigit() or after in _AFTER_NO))
        or (word == "mai" and before in ("piu", "come"))
        or (word in ("non", "not") and after in _AFTER_NOT)
        or before in ("finche", "nonostante")
        or (word == "non" and _follows_unless(prose, n))
        or (word == "non" and after == "piu" and _compares(prose, n))
    )
    return word in _NOT and not denies_nothing


def _follows_unless(prose: Prose, n: int) -> bool:
    """Tell the «non» of «a meno che il proprietario non acconsenta»."""
    return any(
        prose.folded(m) == "meno" and prose.folded(m + 1) == "che" for m in range(max(n - 9, 0), n)
    )


def _compares(prose: Prose, n: int) -> bool:
    """Tell «non più vecchio di un anno», which is a bound, from «non più»."""
    return any(prose.folded(m) in ("di", "del", "dei", "della") for m in range(n + 2, n + 4))


_FAR = (("far", "from"), ("tutt", "altro"), ("lungi", "dall"))
_AFTER_NO = frozenset("less fewer more doubt later".split())
_AFTER_NOT = frozenset("solo soltanto solamente only just meno".split())


_TWO_WORDS = frozenset(
    (*((rule, "out") for rule in ("rule", "rules", "ruled")), ("turned", "down"), ("called", "off"))
)
_TAKES_SIDES = re.compile(
    r"is|are|was|were|be|been|not|e|era|sono|fu|non|vot\w+|argu\w+|campaign\w+|protest\w+|schierat\w+|espress\w+"
)


def _is_number(word: str) -> bool:
    return word.isdigit() or bool(values_of(word))


@lru_cache(maxsize=2_000)
def _against(prose: Prose) -> tuple[Cue, ...]:
    return tuple(
        Cue(n, prose.target(n))
        for n, token in enumerate(prose.tokens)
        if (_AGAINST.fullmatch(token.folded) and not _is_number(prose.folded(n - 1)))
        or (token.folded in ("contro", "against") and _TAKES_SIDES.fullmatch(prose.folded(n - 1)))
        or ((token.folded, prose.folded(n + 1)) in _TWO_WORDS)
    )


def _denied_by_meaning(pairing: Pairing, matches: tuple[int, ...]) -> bool:
    """Tell whether what is denied in so many words is refused in the evidence."""
    against = [cue.at for cue in _against(pairing.evidence) if cue.at not in pairing.used]
    reach = {n for at in against for n in _reach(pairing.evidence, at)}
    return not reach.isdisjoint(matches)


_KINDS = (
    frozenset("nessuno nessuna nessun nobody none no".split()),
    frozenset("mai never".split()),
    frozenset("senza without".split()),
)


def _alike(one: str, other: str) -> bool:
    return any(one in kind and other in kind for kind in _KINDS)


def _turned(prose: Prose) -> bool:
    """Tell whether a word such as «contrario» is denied itself: «non è contrario»."""
    return any(
        cue.at < other.at <= cue.at + 3 for cue in negations(prose) for other in _against(prose)
    )


def _reach(prose: Prose, at: int) -> range:
    """Give the words that a word such as «vieta» turns: those after it, and before «è vietato»."""
    passive = prose.folded(at - 1) in (
        "e",
        "is",
        "are",
        "sono",
        "was",
        "were",
        "been",
        "stata",
        "fu",
    )
    return range(max(at - 6, 0) if passive else at, at + 6)


def _touches(pairing: Pairing, cue: Cue) -> bool:
    """Tell whether a claim says what a denial turns, or of whom it is denied."""
    subject = range(max(cue.at - 2, 0), cue.at)
    return draws_on(pairing, cue) or any(map(pairing.draws_on, subject))


def draws_on(pairing: Pairing, cue: Cue, share: float = 0.5) -> bool:
    """Tell whether a claim draws on what a word of the evidence turns or weakens."""
    if cue.target is not None and pairing.draws_on(cue.target):
        return True
    if cue.at in pairing.used and pairing.evidence.tokens[cue.at].is_content:
        return False
    return _share_after(pairing, cue.at) >= share


def _share_after(pairing: Pairing, at: int) -> float:
    """Give the share of the words that follow, in their clause and part, that are drawn on."""
    evidence = pairing.evidence
    clause, part = evidence.tokens[at].clause, segment_of(evidence, at)
    inside = [
        n
        for n in evidence.content
        if n > at and evidence.tokens[n].clause == clause and segment_of(evidence, n) == part
    ]
    return sum(map(pairing.draws_on, inside)) / len(inside) if inside else 0.0
