"""Whether more and less, before and after, all, some and none are in a claim as in its evidence.

Pure. Each is a class of words in both languages; what is compared is the part of the evidence that
the claim draws on.
"""

from __future__ import annotations

import re

from retrieval.verification.prose import Pairing
from retrieval.verification.segments import segment_of, segments

_UP = re.compile(
    r"\b(?:in\spiù|(?:%|percent|per\scent|cento)\smore|higher|rose|risen|rises?|rising|grew|grown|increas\w*"
    r"|aument\w*|cresc\w+|cresciut\w+|guadagn\w+|gain\w*|rincar\w+|salit[oaie]|salg\w+)\b",
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
    r"|longest|best|worst|(?!harvest|forest|interest|request|guest|priest|contest|protest|conquest|chest|arrest|tempest|manifest|northwest|southwest)\w{3,}est)|(?<!al\s)massim[oaie]|(?<!al\s)minim[oaie])\b",
    re.IGNORECASE,
)


_MORE = re.compile(
    r"(?<!non\s)(?<!not\s)(?<!\bno\s)\b(?:più|more|higher|greater|superior[ei]|oltre|over|above|sopra)\b"
    r"(?!\s(?:antic|vecchi|recent|grand|piccol|import|alt[oaie]|bass|expensive|important|recent))",
    re.IGNORECASE,
)
_FEWER = re.compile(
    r"(?<!\ba\s)(?<!\bper\s)(?<!lo\s)\b(?:meno|less|fewer|lower|inferior[ei])\b(?!\smale)",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:prima\s(?:di|del\w*|dei|degli|che)|in\santicipo|entro|earlier|before|ahead\sof|within|by(?=\s\d))\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:dopo|later|after|successiv\w+|oltre\sil|behind|in\sritardo|dietro)\b", re.IGNORECASE
)
_LEAST = re.compile(
    r"\b(?:almeno|at\sleast|minim\w+|come\sminimo|no\sless|no\sfewer)\b", re.IGNORECASE
)
_UTMOST = re.compile(
    r"\b(?:al\smassimo|at\smost|up\sto|fino\sa\w*|massim\w+|maximum|no\smore|non\soltre)\b",
    re.IGNORECASE,
)
_ALWAYS = re.compile(r"\b(?:sempre|always|invariabil\w+|ogni\svolta|every\stime)\b", re.IGNORECASE)
_OFTEN = re.compile(
    r"\b(?:spesso|di\ssolito|di\snorma|abitual\w+|in\sgenere|often|usually|normally|frequent\w*|as\sa\srule|mostly|mainly)\b",
    re.IGNORECASE,
)
_SELDOM = re.compile(
    r"\b(?:raramente|di\srado|a\svolte|talvolta|rarely|seldom|sometimes|occasional\w*|hardly\sever)\b",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\b(?:mai(?!\spiù)|never)\b", re.IGNORECASE)
_DENIED_EVER = re.compile(
    r"\b(?:mai|never|nessun\w*|none|nobody|no|neither|nor|né|senza|without|ever)\b", re.IGNORECASE
)
_NOBODY = re.compile(r"\b(?:nessun[oa]?|none|nobody|no\sone)\b|^No\s", re.IGNORECASE)
_DENIED_OF_ALL = re.compile(
    r"\b(?:nessun\w*|none|nobody|no|neither|nor|né|senza|without|alcun[oa]?|any|niente|nulla|nothing|never|mai)\b",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(
    r"\b(?:non|not|quasi|nearly|almost|virtually)\s(?:tutt[iaeo]|ogni|all|every\w*|each)\b",
    re.IGNORECASE,
)
_ONE_OR_OTHER = (
    (_MORE, _FEWER),
    (_EARLIER, _LATER),
    (_LEAST, _UTMOST),
    (_ALWAYS, _OFTEN),
    (_ALWAYS, _SELDOM),
    (_OFTEN, _SELDOM),
    (_NEVER, _OFTEN),
)
_SO_MANY_OF = re.compile(
    r"\b\d+\s(?:of|su|dei|degli|delle|out\sof)\s(?:the\s|i\s|its\s|suoi\s)?\d+", re.IGNORECASE
)
_WORDS = (_ALWAYS, _OFTEN, _SELDOM, _NEVER, _NOBODY, _ALL, _MORE, _FEWER)
_EVERYBODY = re.compile(
    r"\b(?:(?:per|a|di)\stutti|[Tt]utti\s(?:possono|devono|hanno|sono)|chiunque|everyone|everybody|anyone|anybody)(?!\s(?:i|gli)\b)",
)
_ANYBODY = re.compile(
    r"\b(?:chiunque|any\w*|nobody|nessuno|no\sone|unanim\w+|public\w*|only|sol[oaie])\b",
    re.IGNORECASE,
)
_UNANIMOUS = re.compile(r"\bunanim\w+", re.IGNORECASE)


_NEEDS_TO_BE_THERE = (
    (_NEVER, _DENIED_EVER),
    (_NOBODY, _DENIED_OF_ALL),
    (_EVERYBODY, re.compile(rf"{_ALL.pattern}|{_ANYBODY.pattern}", re.IGNORECASE)),
    (_UNANIMOUS, _UNANIMOUS),
)


def oversteps(pairing: Pairing) -> bool:
    """Tell whether a bound or a quantity of a claim is another than that of its evidence."""
    claim, evidence = pairing.claim.text, pairing.evidence.text
    near = _drawn_on(pairing)
    return (
        _differ(claim, evidence)
        or any(
            mine.search(claim)
            and not theirs.search(claim)
            and not mine.search(near)
            and theirs.search(near)
            for pair in _ONE_OR_OTHER
            for mine, theirs in (pair, pair[::-1])
        )
        or any(
            says.search(claim) and not shows.search(evidence) for says, shows in _NEEDS_TO_BE_THERE
        )
        or _adds_the_rest(claim, evidence, near)
    )


def _adds_the_rest(claim: str, evidence: str, near: str) -> bool:
    """Tell whether a claim says of all what its evidence says of some, or of nobody."""
    if _ALL.search(claim) and _NOT_ALL.search(near) and not _NOT_ALL.search(claim):
        return True
    if _ALL.search(claim) and not _ALL.search(evidence):
        nobody = _NOBODY.search(evidence) and not _NOBODY.search(claim)
        if nobody or _SO_MANY_OF.search(evidence):
            return True
    return bool(_EVERY.search(claim) and not _EVERY_THERE.search(near))


_EVERY = re.compile(
    r"\b(?:(?:per|a|di)\stutti|tutti\spossono|tutti\s(?:i|gli)|tutte\sle|everyone|everybody|all\sthe|all(?=\s\w+s\b))\b",
    re.IGNORECASE,
)
_EVERY_THERE = re.compile(
    rf"{_ALL.pattern}|{_EACH.pattern}|\b(?:all|any\w*|chiunque|compless\w+|total\w*|tutt[oa]|only|sol[oaie]|unic[oaie]|unanim\w+|gli|le|i|the)\b",
    re.IGNORECASE,
)


def _drawn_on(pairing: Pairing) -> str:
    """Give the parts of the evidence that the claim draws on by words that stand there alone."""
    evidence = pairing.evidence
    parts = segments(evidence)
    drawn = {
        segment_of(evidence, matches[0])
        for n, matches in pairing.found.items()
        if not any(bound.search(pairing.claim.tokens[n].text) for bound in _WORDS)
        and len({segment_of(evidence, m) for m in matches}) == 1
    }
    if not drawn:
        return evidence.text
    return "\n".join(
        evidence.text[evidence.tokens[parts[k].start].start : evidence.tokens[parts[k].end - 1].end]
        for k in sorted(drawn)
    )


def _differ(claim: str, evidence: str) -> bool:
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
