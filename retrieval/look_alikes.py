"""Words that share letters: variants, typing errors, cognates of the other language."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]

_SOFT = 0.6  # two words with a smaller share of letter pairs in common aren't variants


class LookAlikes:
    """Which words share letter pairs: variants, typing errors, cognates of the other language.

    How alike two words are is Dice's coefficient of their letter pairs, squared; 0 where it is too
    little to be more than chance.
    """

    def __init__(self, known: Sequence[str]) -> None:
        self._numbers: dict[str, int] = {}  # of letter pairs
        held = [_pairs(word) for word in known]
        flat = [self._numbers.setdefault(p, len(self._numbers)) for pairs in held for p in pairs]
        self._pairs: Integers = np.array(flat, dtype=np.int32)  # those of all words, end to end
        self._sizes: Integers = np.array([len(pairs) for pairs in held], dtype=np.int32)
        self._firsts = np.concatenate([[0], np.cumsum(self._sizes)])
        by_pair = np.argsort(self._pairs, kind="stable")
        self._words = np.repeat(np.arange(len(held), dtype=np.int32), self._sizes)[by_pair]
        self._starts = np.searchsorted(self._pairs[by_pair], np.arange(len(self._numbers) + 1))

    def find(self, word: str) -> tuple[NDArray[np.intp], Floats]:
        """Find the look-alikes of a word among all that are known: their numbers, and how alike."""
        pairs = _pairs(word)
        shared = np.zeros(len(self._sizes), dtype=np.uint16)
        for number in self._known(pairs):
            shared[self._words[self._starts[number] : self._starts[number + 1]]] += 1
        # Two words that look alike share at least so many: no need to divide for all the others.
        alike = np.flatnonzero(shared > _SOFT / (2 - _SOFT) * len(pairs) - 0.5)
        degrees = _alike(shared[alike], self._sizes[alike], len(pairs))
        return alike[degrees > 0], degrees[degrees > 0]

    def compare(self, words: Sequence[str], known: Integers) -> Floats:
        """Tell how alike words are to some of the known ones (numbers): a row a word."""
        sizes = self._sizes[known]
        starts = np.cumsum(sizes) - sizes
        places = np.arange(sizes.sum()) + np.repeat(self._firsts[known] - starts, sizes)
        held = self._pairs[places]
        asked = np.zeros((len(words), len(self._numbers)), dtype=np.uint8)
        own = [_pairs(word) for word in words]
        for row, pairs in enumerate(own):
            asked[row, self._known(pairs)] = 1
        if not len(words) or not len(known):
            return np.zeros((len(words), len(known)), dtype=np.float32)
        shared = np.add.reduceat(asked.take(held, axis=1), starts, axis=1, dtype=np.uint16)
        return _alike(shared, sizes, np.array([[len(pairs)] for pairs in own], dtype=np.int32))

    def _known(self, pairs: set[str]) -> list[int]:
        return [self._numbers[pair] for pair in pairs if pair in self._numbers]


def _alike(shared: NDArray[np.uint16], sizes: Integers, size: int | Integers) -> Floats:
    dice = 2 * shared.astype(np.float32) / (sizes + size).astype(np.float32)
    return np.asarray(np.where(dice >= _SOFT, dice**2, 0), dtype=np.float32)


def _pairs(word: str) -> set[str]:
    padded = f"^{word}$"
    return {padded[i : i + 2] for i in range(len(padded) - 1)}
