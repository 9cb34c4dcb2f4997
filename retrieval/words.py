"""Words of Italian and English texts: found, folded, stemmed, and told apart by language. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from threading import local
from typing import Any

from retrieval.types import Language

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_THREAD = local()  # a Snowball stemmer must not be shared between threads

# Words that carry grammar, not subject. They also tell the two languages apart.
_ITALIAN = frozenset(
    """
    a ad al allo alla ai agli alle all anche ancora avere aveva avevano ha hanno ho hai abbiamo
    c che chi ci ciò come con cosa cui da dal dallo dalla dai dagli dalle dall de dei degli del
    dell della dello delle di dove dov e è ed era erano essere fa fu furono già gli ha i il in
    indicami dimmi io l la le lei li lo loro lui ma me mi mia mio ne nei negli nel nell nella nelle
    nello no noi non nostro o ogni per perché perciò più poi però può quale quali qual quando quanta
    quante quanti quanto quegli quella quelle quelli quello quel questa queste questi questo qui
    sarà saranno se sei si sia siamo siano sono sta stata state stati stato su sua sugli sui sul
    sull sulla sulle sullo suo suoi te ti tra fra tu tua tuo un una uno v vi voi qualche stesso
    ciao grazie salve
    quant com cos ecco eccetera viene vengono venne stanno secondo durante dopo prima fino
    """.split()
)
_ENGLISH = frozenset(
    """
    hello hey hi thanks
    a about after all also am an and any are as at be because been before being but by can could
    did do does doing during each for from had happen happened happens has have having he her
    here hers him his how i if in into is it its itself just many me much my no nor not of off
    on once only or other our ours out over own place s same she should so some such t take
    taken takes tell than that the their theirs them then there these they this those through to
    too took under until up was we were what when where which while who whom whose why will with
    would you your yours
    """.split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands in a text, ``text[start:end]``, and folded for comparing."""

    text: str
    folded: str
    start: int
    end: int


def fold(text: str) -> str:
    """Forget capitals and accents: «Perché» and «perche» are one."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    # A few letters, such as a lone «ﾞ», are nothing but an accent: no word may become empty.
    return "".join(c for c in decomposed if not unicodedata.combining(c)) or text


_FOLDED_ITALIAN = frozenset(fold(word) for word in _ITALIAN)
FUNCTION_WORDS = _FOLDED_ITALIAN | _ENGLISH
"""Folded."""


def words(text: str) -> tuple[Word, ...]:
    """Find the words and numbers of a text, in order."""
    return tuple(
        Word(match.group(), fold(match.group()), match.start(), match.end())
        for match in _WORD.finditer(text)
    )


def split(text: str) -> list[str]:
    """List the words and numbers of a text as they are written, quickly."""
    return _WORD.findall(text)


AFTER_LO = r"(?:s[^aeiou\W]|z|gn|p[sn]|x|y|i[aeou])"
"""A pattern: what «lo» is an article before, in Italian. Before anything else it is a pronoun."""


@lru_cache(maxsize=100_000)
def stem(word: str, language: Language) -> str:
    """Reduce a word to the folded Snowball stem of its lemma; numbers stay as they are.

    «nacque» and «nato» have no stem in common, but one lemma.
    """
    if word[0].isdigit():
        return word
    import simplemma  # reads its dictionaries at first use

    folded = fold(simplemma.lemmatize(word.lower(), lang=language)) or fold(word)
    stemmers: dict[str, Any] = _THREAD.__dict__
    if language not in stemmers:
        import Stemmer

        name = "italian" if language == "it" else "english"
        stemmers[language] = Stemmer.Stemmer(name, 0)
    return str(stemmers[language].stemWord(folded))


def is_known(word: str) -> bool:
    """Tell whether a word is in an Italian or an English dictionary."""
    import simplemma

    if fold(word) in FUNCTION_WORDS:
        return True
    return simplemma.is_known(word, lang=("it", "en")) or simplemma.is_known(
        word.lower(), lang=("it", "en")
    )


def detect_language(text: str, default: Language = "it") -> Language:
    """Tell Italian from English by the function words of a text; ``default`` if they don't say."""
    balance = sum(_leaning(word) for word in split(text[:1_000]))
    if balance == 0:
        return default
    return "it" if balance > 0 else "en"


@lru_cache(maxsize=100_000)
def _leaning(word: str) -> float:
    """Say how Italian (above zero) or English (below) a word is."""
    folded = fold(word)
    leaning = float(folded in _FOLDED_ITALIAN) - float(folded in _ENGLISH)
    if word.islower() and len(folded) > 2 and folded not in FUNCTION_WORDS:
        # Italian words end in vowels, English words seldom do; names may do either.
        leaning += 0.2 * (folded[-1] in "aio") - 0.2 * (folded[-1] not in "aeiou")
    if word.lower() != folded:
        leaning += 0.5  # an accent
    return leaning
