"""What a sentence takes away from its words: nearly, a former, the brother of, a myth that. Pure.

«La squadra ha quasi vinto la finale» has all the words of «La squadra ha vinto la finale». What is
listed here is plain wherever it stands; where the claim says it too, nothing is taken away.
"""

from __future__ import annotations

import re

from retrieval.verification.certainty import is_done
from retrieval.verification.facts import Facts
from retrieval.verification.figures import Figure
from retrieval.verification.names import names
from retrieval.verification.offices import is_not_quite
from retrieval.verification.prose import Pairing, Prose
from retrieval.verification.segments import first_verb

_ALMOST = frozenset("quasi almost nearly aspirante mancato mancata".split())
"""Right before a word, they say that it isn't so, if only just."""

_SHORT_OF = re.compile(
    r"smess[oaie]|smett\w+|cess\w+|minacci\w+|tent\w+|rifiut\w+|evit\w+|rinunci\w+|rischi\w+"
    r"|stop(?:s|ped)?|ceas\w+|threaten\w*|tri(?:ed|es)|attempt\w*|fail\w*|refus\w+|avoid\w*|risk\w*|used"
)
_GOING_ON = frozenset("di d a from to".split())
_NOT_SO = re.compile(
    r"\b(?:fals[oa]|bufal[ae]|menzogn[ae]|mito|leggenda|dubbio|ipotesi|tesi|teoria|illusione"
    r"|credenza)\s(?:secondo\scui|che)\b|\bnon\s(?:è|e['’]|era)\s(?:\w+\s)?vero\sche\b"
    r"|\b(?:chied\w+|chiest\w+|domand\w+|capi\w+|verific\w+|stabil\w+|accert\w+|decid\w+|discut\w+"
    r"|valut\w+|sa|sanno|sapere|vedere)\sse\b(?!\sstess)"
    r"|\b(?:false|untrue|myth|hoax|lie|legend|doubt\w*|rumou?rs?|theory|hypothesis|belief|idea"
    r"|evidence|proof|illusion)\sthat\b|(?:\bnot|n['’]t)\strue\sthat\b|\blegend\shas\sit\b|\bwhether\b|\b(?:ask|wonder)\w*\sif\b",
    re.IGNORECASE,
)
_IN_PLACE_OF = re.compile(
    r"\b(?:invece\s(?:che|di|del\w*)|anziché|piuttosto\sche|instead\sof|rather\sthan"
    r"|(?:ma|e)\snon(?=\s(?:in|al?|alla|agli|nel\w*|il|la|i|le|gli|lo|di|del\w*|per|con)\b)"
    r"|(?:but|and)\snot(?=\s(?:in|at|on|the|to|for|of|with|an?)\b))(?=\W)",
    re.IGNORECASE,
)
_LESS_THAN = re.compile(
    r"\b(?:quasi|meno\sd(?:i|el\w*)|fino\sa|al\smassimo|sotto|almost|nearly|(?:less|fewer)\sthan"
    r"|up\sto|at\smost|under|below)\s(?:the\s|il\s|lo\s|la\s|i\s|gli\s|le\s|l['’])?\Z",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"(?:\s(?:d[ie]\s)?\w+)?\s(?:in\s)?(?:meno|più|more|less|fewer)\b", re.IGNORECASE
)
_POWER = re.compile(r"10[⁺⁻]?[⁰¹²³⁴-⁹]")
_IMPERFECT = re.compile(r"\w{2,}[aei]v(?:a|ano)|era|erano")
_IS = frozenset("e sono ha hanno is are has have".split())
_WAS = frozenset("era erano fu furono aveva avevano was were had".split())
_BE = frozenset("is are was were be been being".split())
_EACH_ITS_OWN = frozenset("rispettivamente respectively".split())

_OF = frozenset("di d del dello della dell dei degli delle of".split())
_FROM = frozenset("da dal dallo dalla dall dai dagli dalle from".split())
_TO = frozenset("a ad al allo alla all ai agli alle verso to towards".split())
_LEADING = (
    _OF
    | _FROM
    | _TO
    | frozenset(
        """
    in nel nello nella nell nei negli nelle su sul sullo sulla sull sui sugli sulle con per tra fra
    at on by with for
    """.split()
    )
)
_ARTICLES = frozenset("il lo la l i gli le the".split())
_ITSELF = frozenset(
    """
    comune citta paese regione provincia isola stato repubblica regno mese anno nome squadra
    city town village region province island state republic kingdom month year name
    """.split()
)
"""What is nothing else than what it is of: «il comune di Lodi»."""

_ABOUT = frozenset("su sul sullo sulla sull sui sugli sulle contro on about against".split())
_OWN = re.compile(r"['’](?:s\b|\s)")
_LONGEST_NAME = 5  # words
_COMPARING = frozenset("piu meno more less".split())
_THAN = _OF | {"than"}


def weakens(said: Facts, shown: Facts, pairing: Pairing) -> bool:
    """Tell whether the evidence says less of a claim's words than the claim does."""
    return (
        _is_only_almost(pairing)
        or is_not_quite(pairing)
        or _falls_short(pairing)
        or _doubts(pairing, _NOT_SO, reach=len(shown.prose.tokens))
        or _doubts(pairing, _IN_PLACE_OF, reach=4)
        or _is_below(said, shown)
        or is_over(pairing)
        or _is_done_to(pairing)
        or _is_only_of(pairing)
        or _turns_round(pairing)
        or _has_any(shown.prose, _EACH_ITS_OWN) > _has_any(said.prose, _EACH_ITS_OWN)
    )


def _has_any(prose: Prose, among: frozenset[str]) -> bool:
    return any(token.folded in among for token in prose.tokens)


def _is_only_almost(pairing: Pairing) -> bool:
    evidence, used = pairing.evidence, pairing.used
    said = {token.folded for token in pairing.claim.tokens}
    return any(
        token.folded in _ALMOST - said and n + 1 in used for n, token in enumerate(evidence.tokens)
    )


def _falls_short(pairing: Pairing) -> bool:
    """Tell whether what is claimed to be done was only tried, refused, or is over."""
    evidence, used = pairing.evidence, pairing.used
    return any(
        n not in used
        and _SHORT_OF.fullmatch(token.folded)
        and (evidence.folded(n + 1) in _GOING_ON or evidence.folded(n + 1).endswith("ing"))
        and not used.isdisjoint(range(n + 1, n + 4))
        for n, token in enumerate(evidence.tokens)
    )


def _doubts(pairing: Pairing, cues: re.Pattern[str], *, reach: int) -> bool:
    """Tell whether a claim's words follow a cue that takes them back, within so many words."""
    evidence = pairing.evidence
    if cues.search(pairing.claim.text):
        return False
    for cue in cues.finditer(evidence.text):
        after = [n for n, token in enumerate(evidence.tokens) if token.start >= cue.end()][:reach]
        if not pairing.used.isdisjoint(after):
            return True
    return False


def _is_below(said: Facts, shown: Facts) -> bool:
    """Tell whether a figure of the claim isn't reached there, is a difference, or has a power."""
    for mine in said.figures:
        others = [other for other in shown.figures if mine.equals(other)]
        if others and not _is_limit(mine, said) and all(_is_limit(o, shown) for o in others):
            return True
    return False


def _is_limit(figure: Figure, where: Facts) -> bool:
    text = where.prose.text
    below = _LESS_THAN.search(text, max(0, figure.start - 30), figure.start)
    return bool(below or _DIFFERENCE.match(text, figure.end) or _POWER.match(text, figure.start))


def is_over(pairing: Pairing) -> bool:
    """Tell whether what a claim says is so only was so: «abitava a Torino»."""
    claim, evidence = pairing.claim, pairing.evidence
    verb = first_verb(claim)
    if verb is None or verb >= len(claim.tokens) or _IMPERFECT.fullmatch(claim.folded(verb)):
        return False
    places = pairing.found.get(verb, ())
    if places:
        return all(_IMPERFECT.fullmatch(evidence.folded(m)) for m in places)
    if claim.folded(verb) not in _IS or verb + 1 == len(claim.tokens) or is_done(claim, verb + 1):
        return False
    clauses = {evidence.tokens[m].clause for m in pairing.used}
    told = {token.folded for token in evidence.tokens if token.clause in clauses}
    return bool(told & _WAS) and not any(
        token.folded in _IS and token.word != "e" and token.clause in clauses
        for token in evidence.tokens
    )


def _is_done_to(pairing: Pairing) -> bool:
    """Tell whether who does something in a claim has it done to them: "was bought by"."""
    claim, evidence = pairing.claim, pairing.evidence
    verb = first_verb(claim)
    if verb is None or any(token.folded in _BE for token in claim.tokens):
        return False
    objects = {m for n, ms in pairing.found.items() if n > verb for m in ms}
    return any(
        evidence.folded(m - 1) in _BE
        and evidence.folded(m + 1) == "by"
        and not objects.isdisjoint(range(m + 2, m + 5))
        for m in pairing.used
    )


def _is_only_of(pairing: Pairing) -> bool:
    """Tell whether whom a claim is about only has, or is a relation of, whom the evidence is about.

    «La sorella di Anna Ricci ha vinto», “Anna Ricci’s sister won”: it isn't she who did.
    """
    claim = pairing.claim
    verb = first_verb(claim) or 0
    for name in names(claim):
        first, last = _whole_name(claim, name.first)
        if (
            name.is_word
            or first >= verb
            or _owns(claim, last)
            or claim.folded(_before(claim, first)) in _LEADING
        ):
            continue
        places = pairing.found.get(name.first, ())
        if places and all(_owns_another(pairing, place) for place in places):
            return True
    return False


def _owns_another(pairing: Pairing, place: int) -> bool:
    evidence = pairing.evidence
    first, last = _whole_name(evidence, place)
    before = _before(evidence, first)
    if evidence.folded(before) in _OF:
        return _is_other(pairing, before - 1)
    after = last + 1 + (evidence.folded(last + 1) == "s")
    return _owns(evidence, last) and _is_other(pairing, after)


def _owns(prose: Prose, last: int) -> bool:
    """Tell whether a name that ends with a word has an apostrophe that says what is its own."""
    return _OWN.match(prose.text, prose.tokens[last].end) is not None


def _whole_name(prose: Prose, n: int) -> tuple[int, int]:
    """Give the first and the last of the words with capitals around a word of a name."""
    first = last = n
    while first > max(0, n - _LONGEST_NAME) and _is_capital(prose, first - 1):
        first -= 1
    while last + 1 < min(len(prose.tokens), n + _LONGEST_NAME) and _is_capital(prose, last + 1):
        last += 1
    return first, last


def _is_capital(prose: Prose, n: int) -> bool:
    return prose.tokens[n].text[0].isupper() and prose.tokens[n].is_content


def _is_other(pairing: Pairing, n: int) -> bool:
    evidence = pairing.evidence
    return (
        0 <= n < len(evidence.tokens)
        and evidence.tokens[n].is_content
        and n not in pairing.used
        and evidence.folded(n) not in _ITSELF
    )


def _before(prose: Prose, n: int) -> int:
    """Give the word before another, or before the article of that one."""
    return n - 2 if prose.folded(n - 1) in _ARTICLES else n - 1


def _turns_round(pairing: Pairing) -> bool:
    """Tell whether what is led by "from", "of" or "than" in a claim is led by another there."""
    claim, evidence = pairing.claim, pairing.evidence
    compares = _has_any(claim, _COMPARING) and _has_any(evidence, _COMPARING)
    led = {
        (claim.folded(_before(claim, _whole_name(claim, n)[0])), pairing.found[n])
        for name in names(claim)
        if (n := name.first) in pairing.found
    }
    leading = {
        m: evidence.folded(_before(evidence, _whole_name(evidence, m)[0])) for m in pairing.used
    }
    compared = {leading[m] for _, places in led for m in places if m in leading} & _THAN
    for word, places in led:
        there = {leading[m] for m in places if m in leading}
        if there and (
            (word in _FROM and there <= _TO)
            or (word in _TO and there <= _FROM)
            or (word in _OF and there <= _ABOUT)
            or (compares and compared and word in _THAN and not there & _THAN)
        ):
            return True
    return False
