"""What a word may answer: a time, a number, a reason, a person, a place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from retrieval.lexical import Flags, Integers, Lexicon
from retrieval.words import FUNCTION_WORDS, fold, split


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


_TIMES = _folded(
    """
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    lunedì martedì mercoledì giovedì venerdì sabato domenica secolo anni anno oggi ieri domani
    scorso scorsa prossimo prossima mese settimana estate inverno primavera autunno
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday century year years today yesterday tomorrow
    last next month week summer winter spring autumn
    """
)
_NUMERALS = _folded(
    """
    uno una due tre quattro cinque sei sette otto nove dieci undici dodici venti trenta quaranta
    cinquanta cento mille mila milione milioni miliardo miliardi metà doppio terzo solo sola
    one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty
    hundred thousand million billion half double third single
    """
)
_REASONS = _folded(
    """
    perché poiché siccome causa motivo dovuto grazie affinché quindi pertanto scopo fine obiettivo
    because since due reason cause therefore thus hence so purpose aim
    """
)
_BEFORE_PLACES = _folded(
    """
    a ad in nel nella nell nei nelle negli al alla all presso da dal dalla dall verso di del della
    dell at near from to of
    """
)


class TokenKinds:
    """What each token of a lexicon may answer. One flag a token, in the lexicon's order."""

    def __init__(self, lexicon: Lexicon) -> None:
        known = lexicon.known_types()

        def flags(test: Callable[[str], bool]) -> Flags:
            return _flags(known, test)[lexicon.types]

        self.number = flags(lambda w: w[0].isdigit() or w in _NUMERALS)
        self.time = flags(lambda w: w in _TIMES or _is_year(w))
        self.reason = flags(lambda w: w in _REASONS)
        self.content = flags(lambda w: w not in FUNCTION_WORDS)
        self.name = lexicon.capital & self.content
        self._before_place = flags(lambda w: w in _BEFORE_PLACES)

    def persons(self, tokens: Integers, follows: Flags) -> Flags:
        """Tell which of these tokens are names beside another name, as persons' mostly are.

        ``follows`` tells which tokens go on with the sentence of the token before them.
        """
        name = self.name[tokens]
        after, before = np.zeros_like(name), np.zeros_like(name)
        after[1:] = name[:-1] & follows[1:]
        before[:-1] = name[1:] & follows[1:]
        return np.asarray(name & (after | before), dtype=np.bool_)

    def places(self, tokens: Integers, follows: Flags) -> Flags:
        """Tell which of these tokens are names after a word like «in», as places mostly are."""
        name = self.name[tokens]
        after = np.zeros_like(name)
        after[1:] = self._before_place[tokens][:-1] & follows[1:]
        return np.asarray(name & after, dtype=np.bool_)


def mentions_time(text: str) -> bool:
    """Tell whether a text has a figure or a word of time in it: what a date cannot do without."""
    return any(word[0].isdigit() or fold(word) in _TIMES for word in split(text))


def _flags(known: Sequence[str], test: Callable[[str], bool]) -> Flags:
    return np.array([test(word) for word in known], dtype=np.bool_)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and "1000" <= word <= "2100"
