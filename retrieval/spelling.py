"""Typing errors, put right where one letter is wrong and the word meant is one that exists.

Only tried where a question found no answer, and said to whoever asked: nothing is put right in
secret, and no question that is answered as it stands is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, pairwise

from retrieval.types import Language
from retrieval.words import FUNCTION_WORDS, Word, is_known, words

_SHORTEST = 4  # letters; of fewer, too many words are one letter apart
_SHORTEST_NAME = 6
_LONGEST = 20
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def respelled(text: str, language: Language, written: Callable[[str], str]) -> str:
    """Rewrite what is in no dictionary as the word that it is likely meant for.

    ``written`` gives a folded word as the sources write it, "" where they don't have it: theirs
    come first, and a name that they always write with a capital gets one.
    """
    for word in reversed(words(text)):
        text = text[: word.start] + _meant(word, language, written) + text[word.end :]
    return text


def _meant(word: Word, language: Language, written: Callable[[str], str]) -> str:
    is_name = word.text[0].isupper() and word.start > 0
    shortest = _SHORTEST_NAME if is_name else _SHORTEST
    if any(letter.isdigit() for letter in word.text):
        return word.text  # a year or a number is another one, not a wrong one
    if not shortest <= len(word.folded) <= _LONGEST or is_known(word.text):
        return word.text
    near = (word.folded, *dict.fromkeys(_one_letter_off(word.folded)))
    theirs = (form for other in near if (form := written(other)))
    others = (other for other in near[1:] if not is_name and _exists(other, language))
    meant = next(chain(theirs, others), word.text)
    return meant[0].upper() + meant[1:] if word.text[0].isupper() else meant


def _exists(word: str, language: Language) -> bool:
    import simplemma

    return word in FUNCTION_WORDS or simplemma.is_known(word, lang=language)


def _one_letter_off(word: str) -> Iterator[str]:
    """Give what a word may have been meant for, the likeliest kinds of errors first."""
    splits = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    for n, (one, other) in enumerate(pairwise(word)):
        yield word[:n] + other + one + word[n + 2 :]
    yield from (before + letter + after for before, after in splits for letter in _LETTERS)
    yield from (before + after[1:] for before, after in splits if after)
    yield from (
        before + letter + after[1:] for before, after in splits if after for letter in _LETTERS
    )
