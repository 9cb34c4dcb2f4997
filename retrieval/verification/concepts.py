"""What a word means, as far as it can be compared: across inflections and both languages. Pure.

A word is a set of keys, and two words mean the same if they share one: stems of its lemmas, and
lines of a small table of Italian and English words. Words of one origin («decisione», "decision")
are told by their letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from retrieval.types import Language
from retrieval.verification.tables import lines
from retrieval.words import FUNCTION_WORDS, fold, stem

_LIGHT = frozenset(
    """
    avere essere fare venire andare dare stare potere dovere volere cosa cose modo parte caso
    fatto fa fanno far ecco proprio cioe ossia vari varie diversi alcuni alcune alcun tutto tutti
    tutta tutte ogni molto molti molte molta altro altra altri altre tale tali entrambi stessi
    tempo circa oltre quasi almeno piu meno gia ora nonche ovvero attraverso presso verso senza
    contro sotto sopra entro grazie solo soltanto sempre mai oggi infatti inoltre invece tuttavia
    quindi cosi bene allo essa esso essi esse ne vi ci si cui
    make made get got give go went come have be do let one ones thing things way both several
    various every each another others any all many more most less least such also already still
    now about around over almost nearly least within without against via per onto upon
    always never today however instead therefore thus well itself themselves himself herself
    yet even very quite rather since although though whether among between across along
    """.split()
)
_DIGRAPHS = (
    ("ph", "f"), ("th", "t"), ("ch", "c"), ("ck", "c"), ("qu", "cu"), ("k", "c"), ("y", "i"),
    ("x", "s"), ("j", "g"), ("w", "v"), ("z", "s"), ("h", ""), ("ct", "t"), ("pt", "t"),
    ("dm", "m"), ("bs", "s"), ("ns", "s"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1")
_FALSE_FRIENDS = frozenset(
    frozenset(pair.split("-"))
    for pair in """
    camera-camera argomento-argument fabbrica-fabric libreria-library attualmente-actually
    parenti-parents pretendere-pretend eventualmente-eventually sensibile-sensible
    """.split()
)
_LANGUAGES: tuple[Language, ...] = ("it", "en")
_VOWELS = re.compile("[aeiou]")
_COGNATE = 0.66  # the share of the shorter word's letters that both begin with


def is_content(word: str) -> bool:
    """Tell a folded word that says something from one that is grammar or says next to nothing."""
    return len(word) > 1 and word not in FUNCTION_WORDS and word not in _LIGHT


@lru_cache(maxsize=50_000)
def keys(word: str) -> frozenset[str]:
    """Give all that a word in small letters may mean."""
    stems = _stems(word)
    return stems.union(*(_meanings().get(key, ()) for key in stems))


@lru_cache(maxsize=200_000)
def same(one: str, other: str) -> bool:
    """Tell whether two words in small letters may mean the same."""
    return one == other or not keys(one).isdisjoint(keys(other)) or _cognate(one, other)


@lru_cache(maxsize=200_000)
def opposed(one: str, other: str) -> bool:
    """Tell whether two words in small letters contradict each other: «aprire» and "closed"."""
    mine, theirs = sides(one), sides(other)
    if any(a[0] == b[0] and a[1] != b[1] for a in mine for b in theirs):
        return not mine & theirs
    return _denies(one, other) or _denies(other, one)


def means(word: str) -> frozenset[str]:
    """Give the meanings that the table has for a word: none if it isn't there."""
    return frozenset(key for key in keys(word) if key[0] == "#")


@lru_cache(maxsize=50_000)
def is_italian_verb(word: str) -> bool:
    """Tell a form of an Italian verb: its lemma is an infinitive."""
    import simplemma

    return re.search(r"(?:are|ere|ire|rre)$", simplemma.lemmatize(word, lang="it")) is not None


@lru_cache(maxsize=50_000)
def is_english_verb(word: str) -> bool:
    """Tell a form of an English verb, as far as its ending and the table of words tell."""
    import simplemma

    if word == simplemma.lemmatize(word, lang="en"):
        return False
    if re.search(r"(?:ed|wn|ft)$", word):
        return True
    return word.endswith("s") and not means(word).isdisjoint(_verbal())


def is_verbal(word: str) -> bool:
    """Tell a word that may be a form of a verb, as far as the table of words tells."""
    return not means(word).isdisjoint(_verbal())


@cache
def _verbal() -> frozenset[str]:
    """Give the lines of the table that hold an Italian infinitive."""
    return frozenset(
        f"#{number}"
        for number, (forms,) in enumerate(lines("words"))
        if any(re.search(r"(?:are|ere|ire|rre|rsi)$", form) for form in forms)
    )


@lru_cache(maxsize=50_000)
def _denies(one: str, other: str) -> bool:
    """Tell whether a word is another with a prefix that denies it: «insufficiente»."""
    import simplemma

    a, b = fold(one), fold(other)
    return len(b) > 4 and any(
        a.startswith(prefix)
        and len(a) > len(prefix) + 3
        and a.removeprefix(prefix)[:-1] == b[:-1]
        and simplemma.is_known(one, lang=language)
        and simplemma.is_known(other, lang=language)
        for prefix in ("in", "im", "il", "ir", "un", "dis", "non")
        for language in _LANGUAGES
    )


@lru_cache(maxsize=50_000)
def _stems(word: str) -> frozenset[str]:
    return frozenset((stem(word, "it"), stem(word, "en"), word))


@cache
def _meanings() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for number, (forms,) in enumerate(lines("words")):
        for key in _keys_of(forms):
            found.setdefault(key, []).append(f"#{number}")
    return {key: tuple(numbers) for key, numbers in found.items()}


def _keys_of(forms: Iterable[str]) -> set[str]:
    return {
        key for form in forms if " " not in form for one in _inflected(form) for key in _stems(one)
    }


def _inflected(form: str) -> Iterator[str]:
    """Yield a form with its feminine and its plurals, where it may be an Italian adjective."""
    yield form
    if form.endswith("tore"):
        yield f"{form[:-4]}trice"
    if len(form) > 4 and form.endswith("o"):
        yield from (form[:-1] + end for end in "aie")


Sides = frozenset[tuple[int, int]]


@cache
def _sides() -> dict[str, Sides]:
    """Give for each key the lines it stands in and on which side of them."""
    found: dict[str, set[tuple[int, int]]] = {}
    for number, parts in enumerate(lines("opposites")):
        for side, forms in enumerate(parts):
            for key in _keys_of(forms):
                found.setdefault(key, set()).add((number, side))
    return {key: frozenset(places) for key, places in found.items()}


_SIDED = frozenset("prima prime pay left less down".split())


@lru_cache(maxsize=50_000)
def sides(word: str) -> Sides:
    """Give the places of a word in the table of opposites: line and side."""
    folded = fold(word)
    if not is_content(folded) and folded not in _SIDED:
        return frozenset()
    return frozenset(place for key in _stems(word) for place in _sides().get(key, ()))


@lru_cache(maxsize=50_000)
def _spelt(word: str) -> str:
    spelt = fold(word)
    for written, heard in _DIGRAPHS:
        spelt = spelt.replace(written, heard)
    return _DOUBLE.sub(r"\1", spelt)


@lru_cache(maxsize=100_000)
def _cognate(one: str, other: str) -> bool:
    if one[0].isdigit() or other[0].isdigit() or frozenset((one, other)) in _FALSE_FRIENDS:
        return False
    a, b = _spelt(one), _spelt(other)
    shorter = min(len(a), len(b))
    if shorter < 4:
        return False
    common = next((n for n in range(shorter) if a[n] != b[n]), shorter)
    if common >= max(4, _COGNATE * shorter, 0.45 * max(len(a), len(b))):
        return True
    x, y = _VOWELS.sub("", a), _VOWELS.sub("", b)
    least, most = sorted((len(x), len(y)))
    return (
        a[0] == b[0] and least >= 4 and most - least <= 2 and (x.startswith(y) or y.startswith(x))
    )
