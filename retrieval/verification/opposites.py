"""Words of a claim that contradict its evidence. Pure."""

from __future__ import annotations

import re

from retrieval.verification.concepts import opposed, same, sides
from retrieval.verification.dates import dates
from retrieval.verification.negation import negations
from retrieval.verification.prose import Pairing, Prose

_UP = re.compile(
    r"\b(?:in\spiù|(?:%|percent|per\scent|cento)\smore|higher|rose|risen|rises?|rising|grew|grown|increas\w*"
    r"|aument\w*|cresc\w+|cresciut\w+|guadagn\w+|gain\w*|salit[oaie]|salg\w+)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:in\smeno|(?:less|fewer)\sthan|lower|fell|fallen|falls?|drop\w*|decreas\w*|declin\w*|diminu\w*"
    r"|cal[oa]|calat[oaie]|calano|pers[oaie]|perd\w+|lost|los(?:e|es|ing)|sces[oaie]|scend\w+|ridott[oaie]|riduc\w+|reduc\w+)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:prima\s(?:di|del|della|dell|dello|dei|degli|delle|che)|entro|before|ahead\sof|prior\sto|by(?=\s(?:\d|[A-Z][a-z]+\s\d|the\send)))\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:dopo|in\sseguito\sa\w*|successiv[oaie]\sa\w*|after|following|since)\b", re.IGNORECASE
)
_ALL = re.compile(
    r"\b(?:tutt[iae]\s(?:i|gli|le)|tutti|tutte|ogni|ciascun[oa]?|qualsiasi|sempre|all(?!['’])|every|each"
    r"|everyone|everybody|always)\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\b(?:(?:al|all['’]|alla)\s?(?:giorno|mese|anno|settimana|ora)|l['’]anno|an?\s(?:day|month|year|week|hour)"
    r"|daily|monthly|yearly|weekly|annual\w*|quotidian\w*|giornalier\w*|mensil\w*|per\s(?:person\w*|capita|head|day|month|year|abitante|giorno|mese|anno)|whole|entire"
    r"|inter[oaie]|entramb[ie]|both|nessun\w*|no|none)\b",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:alcun[ie]|qualche|cert[ie]|part[ei]\sde\w+|la\smaggior\sparte|molt[ie]|divers[ie]|spesso"
    r"|a\svolte|quasi\stutt\w|some|most|many|several|certain|few|often|sometimes|metà|half|terzo|third|quarto|quarter|a\spart\sof|partly)\b",
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
    r"|longest|best|worst|(?!harvest|forest|interest|request|guest|priest|contest|protest|conquest|chest|arrest|tempest|manifest|northwest|southwest)\w{3,}est)|massim[oaie]|minim[oaie])\b",
    re.IGNORECASE,
)


def contradicts(pairing: Pairing) -> bool:
    """Tell whether a word or a bound of a claim contradicts its evidence."""
    claim, evidence = pairing.claim, pairing.evidence
    if _bounds_differ(claim.text, evidence.text):
        return True
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
            1 + any(start <= claim.tokens[m].start < end for start, end in dated)
            for m, matches in pairing.found.items()
            if m != n
            and claim.tokens[m].clause == claim.tokens[n].clause
            and clauses.issuperset(evidence.tokens[k].clause for k in matches)
        )

    return weight(other) > weight(own)


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
    return any(prose.folded(m) in _MAIN_AFTER for m in (n - 1, n - 2) if m >= 0)


_MAIN_AFTER = frozenset(
    """
    ha hanno aveva avevano e sono era erano fu furono stato stata stati state
    has have had was were is are been will
    """.split()
)


def _bounds_differ(claim: str, evidence: str) -> bool:
    for one, other in ((_UP, _DOWN), (_DOWN, _UP), (_BEFORE, _AFTER), (_AFTER, _BEFORE)):
        if one.search(claim) and not one.search(evidence) and other.search(evidence):
            return True
    adds_all = _ALL.search(claim) and not (_ALL.search(evidence) or _EACH.search(evidence))
    if adds_all and (_SOME.search(evidence) or "%" in evidence or "per cent" in evidence):
        return True
    if _MOST.search(claim) and not _MOST.search(evidence) and not _ONLY.search(evidence):
        return not re.search(
            r"\b(?:più|meno|most|least|prim[oaie]|first|\w{3,}er)\b", evidence, re.IGNORECASE
        )
    return bool(
        re.search(
            r"\b(?:solo|soltanto|solamente|unicamente|esclusivamente|only|solely)\b",
            claim,
            re.IGNORECASE,
        )
        and not _ONLY.search(evidence)
        and not _denies_any(evidence)
    )


def _denies_any(text: str) -> bool:
    """Tell whether a text denies anything: «non … che» means «solo»."""
    return bool(re.search(r"\b(?:non|not|no|nessun\w*|una?|one)\b", text, re.IGNORECASE))
