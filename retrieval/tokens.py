"""The words of all passages, numbered, in flat arrays: what a lexicon is made from."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.types import Language, Passage
from retrieval.words import detect_language, fold, split, stem

Integers = NDArray[np.int32]
Flags = NDArray[np.bool_]

_NO_WORDS = ["·"]  # every sentence has a token, so that arrays line up


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of passages, sentence by sentence.

    ``types`` is the word of each token, by its number in ``words`` (folded), and ``capital`` tells
    whether it has a capital that isn't for opening a sentence. ``starts`` is where each sentence's
    tokens begin, ``firsts`` the number of each passage's first sentence; both have the end of the
    last. ``titles`` are the words of what stands above passages, and ``title_owners`` whose they
    are. ``stem_of`` is the stem of each word, by its number in ``stems``.
    """

    types: Integers
    capital: Flags
    starts: Integers
    firsts: Integers
    titles: Integers
    title_owners: Integers
    words: Mapping[str, int]
    stems: Mapping[str, int]
    stem_of: Integers
    languages: frozenset[Language]


def tokens_of(passages: Sequence[Passage], titles: Mapping[str, str]) -> Tokens:
    """Take passages apart; ``titles`` are those of their sources, by id."""
    forms = _Forms()
    found, counts = array("i"), array("i")  # of sentences
    above, above_counts = array("i"), array("i")  # of titles and headings
    languages: dict[str, Language] = {}
    for passage in passages:
        if passage.source not in languages:
            languages[passage.source] = detect_language(passage.text)
        forms.language = languages[passage.source]
        for sentence in passage.sentence_texts():
            words = split(sentence) or _NO_WORDS
            counts.append(len(words))
            found.extend(map(forms.__getitem__, words))
        words = split(f"{titles.get(passage.source, '')} {passage.heading}")
        above_counts.append(len(words))
        above.extend(map(forms.__getitem__, words))
    types = np.array(forms.type_of, dtype=np.int32)
    written = np.array(found, dtype=np.int32)
    starts = _bounds(counts)
    capital = np.array([word[0].isupper() for word in forms], dtype=np.bool_)[written]
    capital[starts[:-1]] = False  # a sentence's first word has its capital for another reason
    return Tokens(
        types=types[written],
        capital=capital,
        starts=starts,
        firsts=_bounds(len(passage.sentences) for passage in passages),
        titles=types[np.array(above, dtype=np.int32)],
        title_owners=np.repeat(np.arange(len(passages), dtype=np.int32), above_counts),
        words=forms.types,
        stems=forms.stems,
        stem_of=np.array(forms.stem_of, dtype=np.int32),
        languages=frozenset(languages.values()),
    )


class _Forms(dict[str, int]):
    """Numbers words as they are written.

    Folded, they are the different words there are (``types``), each with the stem that it has in
    the language in which it is met first.
    """

    def __init__(self) -> None:
        super().__init__()
        self.language: Language = "it"
        self.types: dict[str, int] = {}
        self.stems: dict[str, int] = {}
        self.type_of: list[int] = []
        self.stem_of: list[int] = []  # of each type

    def __missing__(self, word: str) -> int:
        folded = fold(word)
        number = self.types.setdefault(folded, len(self.types))
        if number == len(self.stem_of):
            stemmed = stem(word, self.language)
            self.stem_of.append(self.stems.setdefault(stemmed, len(self.stems)))
        self.type_of.append(number)
        return self.setdefault(word, len(self))


def _bounds(counts: Iterable[int]) -> Integers:
    """Tell where each of some stretches begins, and where the last ends."""
    return np.cumsum([0, *counts], dtype=np.int32)
