"""Words that share letters: variants, typing errors, cognates of the other language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_SOFT = 0.6  # two words with a smaller share of letter pairs in common aren't variants


class LookAlikes:
    """Which words share letter pairs: variants, typing errors, cognates of the other language."""

    def __init__(self, known: Sequence[str]) -> None:
        postings: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(known):
            for pair in _pairs(word):
                postings[pair].append(number)
        self._postings = {pair: np.array(ids, dtype=np.int32) for pair, ids in postings.items()}
        self._sizes = np.array([len(_pairs(word)) for word in known], dtype=np.float32)

    def find(self, word: str) -> tuple[NDArray[np.intp], Floats]:
        """Find look-alikes: their numbers, and Dice's coefficient of letter pairs, squared."""
        pairs = _pairs(word)
        shared = np.zeros(len(self._sizes), dtype=np.uint16)
        for pair in pairs & self._postings.keys():
            shared[self._postings[pair]] += 1
        # Two words that look alike share at least so many: no need to divide for all the others.
        alike = np.flatnonzero(shared > _SOFT / (2 - _SOFT) * len(pairs) - 0.5)
        dice = 2 * shared[alike].astype(np.float32) / (self._sizes[alike] + len(pairs))
        alike, dice = alike[dice >= _SOFT], dice[dice >= _SOFT]
        return alike, np.asarray(dice**2, dtype=np.float32)


def _pairs(word: str) -> set[str]:
    padded = f"^{word}$"
    return {padded[i : i + 2] for i in range(len(padded) - 1)}
