"""Whether a sentence says its figure or date of less than another does: of a part, in a case. Pure.

«5 euro per gli studenti» doesn't contradict «8 euro», nor «la seconda rata» «la prima». There are
more ways to say so than anybody could list. So whatever a sentence says more than the other, before
its figure and right after, narrows it, but for a few words of which it is known that they don't.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from retrieval.verification.concepts import same
from retrieval.verification.dates import Date
from retrieval.verification.figures import Figure
from retrieval.verification.numerals import UNITS
from retrieval.verification.prose import Token
from retrieval.verification.turns import Turn, moments, numbers
from retrieval.words import stem

# What has, holds, counts, costs; what moves a date; and what says nothing of when or of whom.
_NEUTRAL = """
    contare comprendere raggiungere ammontare misurare pesare valere costare durare ospitare
    contenere possedere disporre offrire trovare esistere risultare restare rimanere includere
    comporre formare impiegare occupare registrare prorogare rinviare spostare posticipare
    anticipare sviluppare articolare estendere rimasto rimasta rimasti rimaste sua sue suoi
    numero totale bilancio cifra complessivo complessivamente attualmente ormai adesso
    ufficialmente definitivamente finalmente infine esattamente precisamente ben appena soli sole
    porta battente door
    count number total comprise include reach amount measure weigh cost last host house hold contain
    offer provide seat boast feature employ own consist exist record remain find lie stand extend
    postpone delay toll figure altogether overall currently officially finally exactly precisely
"""
_EVERY = frozenset("l all un ogni per".split())  # «all’ora», which else is "now"
_PARTING = frozenset("altri altre altro altra ciascuno ciascuna other another each further".split())
_PAST = re.compile(
    r"\b(?:era|erano|(?:was|were)(?!\s\w+(?:ed|en)\b)|had"
    r"|[^\W\d_]{2,}(?:ava|avano|eva|evano|ivano))\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"\b(?:è|sono|ha|hanno|is|are|has|have)\b", re.IGNORECASE)
_BREAK = re.compile(r"[.;:]\s")
_COMMA = re.compile(r"[,(—–]")
_AND = frozenset("e ed ma and but".split())
_COPULAS = frozenset("is are was were".split())
_BY = frozenset("da dal dallo dalla dai dagli dalle dall by".split())
_FOR = frozenset(
    """
    a al allo alla ai agli alle all in nel nello nella nei negli nelle nell su sul sulla con senza
    per se quando solo soltanto salvo escluso esclusa incluso inclusa compreso compresa durante
    prima dopo oltre iva at on during before after with without for if when only unless except
    excluding including plus near per from da dal dalla
    """.split()
)
_ALWAYS = re.compile(r"\b(?:every\sday|daily|ogni\sgiorno|tutti\si\sgiorni)\b", re.IGNORECASE)
_ONCE = re.compile(
    r"\b(?:nat[oaie]|nacque|nascita|mort[oaie]|morì|born|birth|died?|death)\b", re.IGNORECASE
)


def narrows(turn: Turn, other: Turn, asked: Sequence[set[str]]) -> bool:
    """Tell whether a sentence says it of less than the ``other``, at another rate, or of before.

    ``asked`` are the words of the question that each of its own words is.
    """
    near = [n for n in _near(turn) if not asked[n]]
    if any(_is_more(n, turn, other) for n in near):
        return True
    tokens, told = turn.facts.prose.tokens, numbers(other.facts)
    for figure in numbers(turn.facts):  # «la seconda rata», «sotto i 12 anni»
        said = figure is turn.fact or any(figure.equals(known) for known in told)
        if not said and any(tokens[n].start <= figure.start < tokens[n].end for n in near):
            return True
    return isinstance(turn.fact, Figure) and _is_past(turn) and not _is_past(other)


def _is_more(n: int, turn: Turn, other: Turn) -> bool:
    """Tell whether a word may narrow what is said, and the other sentence hasn't got it."""
    tokens, others = turn.facts.prose.tokens, other.facts.prose.tokens
    token, before = tokens[n], turn.facts.prose.folded(n - 1)
    if token.folded in _PARTING or (token.folded == "ora" and before in _EVERY):
        return not any(token.folded == known.folded for known in others)
    if not token.is_content or _is_dated(turn, token):
        return False
    if isinstance(turn.fact, Figure) and UNITS.get(token.folded, "") == turn.fact.unit != "":
        return False
    if not _neutral().isdisjoint((stem(token.word, "it"), stem(token.word, "en"))):
        return False
    return not any(known.is_content and same(token.word, known.word) for known in others)


def _is_dated(turn: Turn, token: Token) -> bool:
    """Tell whether a word is of a date: those are compared elsewhere. «Ogni giorno» is any."""
    said = [(date.start, date.end) for date in (*turn.facts.dates, *moments(turn.facts))]
    if isinstance(turn.fact, Date):
        said += [found.span() for found in _ALWAYS.finditer(turn.saying.text)]
    return any(start <= token.start < end for start, end in said)


def _is_past(turn: Turn) -> bool:
    return bool(_PAST.search(turn.saying.text)) and not _PRESENT.search(turn.saying.text)


def _near(turn: Turn) -> Iterator[int]:
    """Yield which words may narrow a figure: those before it, and those after in its clause."""
    text, tokens, fact = turn.saying.text, turn.facts.prose.tokens, turn.fact
    start = max((found.end() for found in _BREAK.finditer(text, 0, fact.start)), default=0)
    aside = False
    for n, token in enumerate(tokens):
        gap = text[tokens[n - 1].end if n else 0 : token.start]
        if token.start < fact.start:
            if _COMMA.search(gap):  # «Elia Conti, pittore di corte, morì …», but not «, d’estate,»
                closes = _COMMA.search(text, token.end, fact.start)
                aside = bool(closes) and not aside and token.folded not in _FOR
            if token.start >= start and not aside:
                yield n
        elif token.start >= fact.end:
            if _ends(turn, n, gap):
                return
            yield n


def _ends(turn: Turn, n: int, gap: str) -> bool:
    """Tell whether what is said with the figure ends before a word, after a ``gap``."""
    token, is_date = turn.facts.prose.tokens[n], isinstance(turn.fact, Date)
    if _BREAK.search(gap) or (token.folded in _AND and token.word != "è"):
        return True
    aside = token.folded not in _FOR or _is_example(turn, token) or token.folded == "a"
    if _COMMA.search(gap) and aside:  # «…, a ingresso libero»
        return True
    if not is_date:  # «Con le sue 8 sale il cinema è il più grande»
        opening = turn.facts.prose.folded(0) in ("con", "with")
        return opening and (token.word == "è" or token.folded in _COPULAS)
    # Who did it, and where somebody was born or died, takes nothing from the date.
    return token.folded in _BY or bool(_ONCE.search(turn.saying.text))


def _is_example(turn: Turn, token: Token) -> bool:
    """Tell that one of what was counted is named: "22 languages, including Welsh"."""
    counts = isinstance(turn.fact, Figure) and not turn.fact.unit
    return counts and token.folded in ("including", "incluso", "inclusa", "compreso", "compresa")


@cache
def _neutral() -> frozenset[str]:
    words = _NEUTRAL.split()
    return frozenset(stem(word, "it") for word in words) | {stem(word, "en") for word in words}
