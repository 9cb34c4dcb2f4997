"""BM25 over passages given as numbered words, scored once and kept sparse.

Lucene's variant, as compared by Kamphuis et al., "Which BM25 Do You Mean?", ECIR 2020. A word's
share of every score is worked out beforehand, as Lù does (arXiv 2407.03618), so that a question
adds up a few short columns.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]

_K1, _B = 1.5, 0.75


def counted(owners: Integers, words: Integers) -> tuple[Integers, Integers, Integers]:
    """Count how often each owner has each word: owners, words and counts, ordered by word."""
    if not len(words):
        nothing = np.zeros(0, dtype=np.int32)
        return nothing, nothing, nothing
    several = int(owners.max()) + 1
    pairs = words.astype(np.int64) * several + owners
    pairs.sort()
    firsts = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]]))
    counts = np.diff(firsts, append=len(pairs)).astype(np.int32)
    found, owner = np.divmod(pairs[firsts], several)
    return owner.astype(np.int32), found.astype(np.int32), counts


class BM25:
    """Scores passages by the words they hold. Immutable.

    ``owners`` and ``words`` are a passage and a word (numbers) for each token there is;
    ``passages`` and ``vocabulary`` are how many there are of either.
    """

    def __init__(self, owners: Integers, words: Integers, passages: int, vocabulary: int) -> None:
        self._passages = passages
        self._owners, found, counts = counted(owners, words)
        self._starts = np.searchsorted(found, np.arange(vocabulary + 1))
        held_by = np.diff(self._starts)
        idf = np.log1p((passages - held_by + 0.5) / (held_by + 0.5))
        lengths = np.bincount(owners, minlength=passages)
        norms = _K1 * (1 - _B + _B * lengths / max(float(lengths.mean()) if passages else 0, 1e-6))
        self._shares: Floats = (idf[found] * counts / (counts + norms[self._owners])).astype(
            np.float32
        )

    def scores(self, words: Iterable[int]) -> Floats:
        """Score every passage by some words: those in it, each by its rarity and frequency."""
        scores = np.zeros(self._passages, dtype=np.float32)
        for word in words:
            owners, shares = self.column(word)
            scores[owners] += shares
        return scores

    def column(self, word: int) -> tuple[Integers, Floats]:
        """Tell which passages hold a word, and what it adds to the score of each."""
        part = slice(int(self._starts[word]), int(self._starts[word + 1]))
        return self._owners[part], self._shares[part]
