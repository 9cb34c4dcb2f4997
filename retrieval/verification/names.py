"""Names of a text, the same in Italian and English where a table or their letters tell. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from retrieval.verification import tables
from retrieval.verification.dates import dates
from retrieval.verification.prose import Prose
from retrieval.words import FUNCTION_WORDS, fold, is_known, words

_LONGEST = 12  # words of a name in the table
_OPENS = re.compile(r"(?:^|[.!?:;…\n]\s*|[«“\"(]\s*)$")
_NEVER_LOWER = frozenset(
    """
    us un who nice reno senna po colonia latina latini latino luna terra sole marte venere moon
    earth sun lione turkey oms usa aia victoria vittoria alessandria mercurio natale pasqua
    jordan arno monaco polish nero carlo solar solare lunar lunare bern lombard sardi
    """.split()
)
TITLES = frozenset(
    """
    signor signora sig dott dottor dottoressa prof professor professore professoressa ministro
    ministra presidente sindaco re regina papa principe generale capitano senatore onorevole
    direttore segretario cardinale vescovo primo
    mr mrs ms miss dr sir lord lady professor minister president prime mayor king queen pope
    prince princess general captain senator director secretary chief executive head foreign
    ministry government bishop cardinal chancellor officer state
    alleanza governo stato comune chiesa parlamento paese paesi ministero regione universita museo
    provincia consiglio commissione corte camera senato esteri interni
    alliance church parliament university museum council committee court house department
    """.split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name, or a part of one: words ``first`` to ``last`` of a text.

    ``canonical`` is the same for all forms of a name that ``is_known``. ``is_word`` says that it
    may be a common word that merely begins a sentence or is written with a capital.
    """

    first: int
    last: int
    canonical: str
    is_word: bool
    is_known: bool = False


@lru_cache(maxsize=2_000)
def names(prose: Prose) -> tuple[Name, ...]:
    """Find the names of a text, in order."""
    return tuple(_names(prose))


def _names(prose: Prose) -> Iterator[Name]:
    dated = [(date.start, date.end) for date in dates(prose.text)]
    number = 0
    while number < len(prose.tokens):
        token = prose.tokens[number]
        known = _known(prose, number)
        if known:
            yield known
            number = known.last + 1
            continue
        in_date = any(start <= token.start < end for start, end in dated)
        if token.text[0].isupper() and not in_date and token.folded not in FUNCTION_WORDS:
            yield Name(number, number, token.folded, _may_be_a_word(prose, number))
        elif token.text.isupper() and len(token.text) > 1 and not in_date:
            yield Name(number, number, token.folded, is_word=False)
        number += 1


def _known(prose: Prose, number: int) -> Name | None:
    """Find a name of the table at a word: the longest."""
    starts = _starts()
    for length in starts.get(prose.tokens[number].folded, ()):
        end = number + length
        if end > len(prose.tokens):
            continue
        tokens = prose.tokens[number:end]
        canonical = _by_words().get(tuple(token.folded for token in tokens))
        if canonical is None or not _written_as_name(tokens[0].text, tokens[0].folded, length):
            continue
        gaps = [prose.text[a.end : b.start] for a, b in pairwise(tokens)]
        if all(re.fullmatch(r"\s*[-'’.–]?\s*", gap) for gap in gaps):
            return Name(number, end - 1, canonical, is_word=False, is_known=True)
    return None


def _written_as_name(text: str, folded: str, length: int) -> bool:
    if length > 1:
        return True
    if len(folded) <= 3 and folded not in ("po", "aia"):
        return text.isupper() or (text[0].isupper() and folded not in ("us", "un", "who"))
    return text[0].isupper() or (len(folded) > 4 and folded not in _NEVER_LOWER)


@cache
def _by_words() -> dict[tuple[str, ...], str]:
    return {
        tuple(word.folded for word in words(form)): canonical
        for form, canonical in tables.names().items()
    }


@cache
def _starts() -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for form in _by_words():
        found.setdefault(form[0], set()).add(len(form))
    return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in found.items()}


def _may_be_a_word(prose: Prose, number: int) -> bool:
    """Tell whether a capital need not make a name: a known word that opens a sentence, a title."""
    token = prose.tokens[number]
    if token.folded in TITLES:
        return True
    if len(token.text) > 1 and token.text.isupper():
        return False
    before = prose.text[: token.start]
    return bool(_OPENS.search(before[-4:])) and _is_common(token.text)


@lru_cache(maxsize=20_000)
def _is_common(text: str) -> bool:
    return is_known(text.lower()) or fold(text) in FUNCTION_WORDS
