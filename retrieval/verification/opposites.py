"""Words of a claim that contradict its evidence. Pure."""

from __future__ import annotations

from retrieval.verification.concepts import opposed, same, sides
from retrieval.verification.dates import dates
from retrieval.verification.negation import negations
from retrieval.verification.numerals import UNITS, values_of
from retrieval.verification.prose import Pairing, Prose


def contradicts(pairing: Pairing) -> bool:
    """Tell whether a word or a bound of a claim contradicts its evidence."""
    claim, evidence = pairing.claim, pairing.evidence
    turned = _denied(claim), _denied(evidence)
    there = [token.word for token in evidence.tokens if sides(token.word)]
    said = frozenset(place for word in there for place in sides(word))
    mine = [token.word for token in claim.tokens]
    for n, token in enumerate(claim.tokens):
        word = token.word
        if _turns_verb(claim, n, evidence) or _stands_elsewhere(pairing, n):
            return True
        if sides(word) & said or (not token.is_content and not sides(word)):
            continue
        against = [
            other.word
            for m, other in enumerate(evidence.tokens)
            if opposed(word, other.word) and (n in turned[0]) == (m in turned[1])
        ]
        # A claim that says the contradicting word, too, tells both sides.
        if (
            n
            and claim.folded(n - 1) not in _ARTICLES
            and is_number(claim.folded(n - 1))
            and UNITS.get(token.folded)
        ):
            continue  # numbers are compared with their units elsewhere
        if against and not all(any(same(one, other) for one in mine) for other in against):
            return True
    return False


def _stands_elsewhere(pairing: Pairing, n: int) -> bool:
    """Tell whether a word is said of what its opposite is said of: «il lunedì è chiusa».

    Where the evidence says both, each in a clause of its own, what else the claim says of either
    clause tells. Dates tell most.
    """
    claim, evidence = pairing.claim, pairing.evidence
    word = claim.tokens[n].word
    if not sides(word):
        return False
    own = {token.clause for token in evidence.tokens if sides(token.word) & sides(word)}
    other = {token.clause for token in evidence.tokens if opposed(word, token.word)}
    says_both = any(opposed(word, token.word) for token in claim.tokens)
    if not own or not other or own & other or says_both:
        return False
    dated = [(date.start, date.end) for date in dates(claim.text)]

    def weight(clauses: set[int]) -> int:
        return sum(
            1
            + any(start <= claim.tokens[m].start < end for start, end in dated)
            + 2 * is_number(claim.folded(m))
            for m, matches in pairing.found.items()
            if m != n
            and claim.tokens[m].clause == claim.tokens[n].clause
            and clauses.issuperset(evidence.tokens[k].clause for k in matches)
        )

    return weight(other) > weight(own)


_ARTICLES = frozenset("un uno una one a".split())


def is_number(word: str) -> bool:
    """Tell a folded number, in digits or spelt."""
    return word[:1].isdigit() or bool(values_of(word))


def _denied(prose: Prose) -> set[int]:
    """Give the words that a negation may turn: the next few."""
    return {
        n
        for cue in negations(prose)
        for n in range(cue.at, cue.at + 6)
        if n < len(prose.tokens) and prose.tokens[n].clause == prose.tokens[cue.at].clause
    }


def _turns_verb(claim: Prose, n: int, evidence: Prose) -> bool:
    """Tell whether a verb after «ha» or "will" is the opposite of the only one like it."""
    if not _is_main(claim, n) or not sides(claim.tokens[n].word):
        return False
    word = claim.tokens[n].word
    verbs = [token.word for m, token in enumerate(evidence.tokens) if _is_main(evidence, m)]
    if any(sides(word) & sides(other) for other in verbs):
        return False
    return (
        any(opposed(word, other) for other in verbs)
        and not negations(claim)
        and not negations(evidence)
    )


def _is_main(prose: Prose, n: int) -> bool:
    return any(
        prose.folded(m) in _MAIN_AFTER and prose.tokens[m].word != "e"
        for m in (n - 1, n - 2)
        if m >= 0
    )


_MAIN_AFTER = frozenset(
    """
    ha hanno aveva avevano e sono era erano fu furono stato stata stati state
    has have had was were is are been will
    """.split()
)
