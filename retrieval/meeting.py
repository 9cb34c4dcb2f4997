"""How a question meets its candidates, word by word: what weighting and features are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retrieval.lexical import SYNONYM, UNRELATED, Flags, Floats, Integers, Lexicon, Matches

if TYPE_CHECKING:
    from retrieval.embedding import Vectors
    from retrieval.question import Question

SAME = 0.999
"""The similarity of two words with one stem."""

ALIKE = 0.6
"""The similarity from which a token isn't new to the question."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What retrieval hands to the ranking. Passages by number, in any order.

    ``bm25`` and ``cosine`` are the passages' scores; ``sentences`` all their sentences by number,
    passage by passage, ``owner`` the position of each one's passage in ``passages``, and
    ``sentence_cosine`` each one's cosine with the question. ``aimed`` and ``sentence_aimed`` are
    the cosines with where the question aims.
    """

    passages: Integers
    bm25: Floats
    cosine: Floats
    aimed: Floats
    sentences: Integers
    owner: Integers
    sentence_cosine: Floats
    sentence_aimed: Floats


@dataclass(frozen=True, slots=True)
class Meeting:
    """A question's terms against the candidates: a row a term, from 0 (absent) to 1 (there).

    ``alike`` is by letters (columns are sentences), ``met`` by letters or meaning, ``meaning`` by
    meaning alone (columns are tokens). ``weights`` are the terms' rarities, ``rarities`` the same
    as shares of the greatest there can be; ``unseen`` marks terms whose stem is in no document.
    ``bounds`` is where each passage's sentences begin, ``previous`` and ``following`` tell which
    sentences have a neighbour in their passage.
    """

    question: Question
    candidates: Candidates
    matches: Matches
    weights: Floats
    rarities: Floats
    unseen: Flags
    alike: Floats
    met: Floats
    meaning: Floats
    bounds: Integers
    previous: Flags
    following: Flags
    foreign: bool

    def follows(self) -> Flags:
        """Tell which tokens go on with the sentence of the token before them."""
        follows = np.ones(len(self.matches.tokens), dtype=np.bool_)
        follows[self.matches.starts] = False
        return follows

    def by_passage(self, rows: Floats) -> Floats:
        """Give each passage its best sentence's value: (terms, sentences) to (terms, passages)."""
        return np.asarray(np.maximum.reduceat(rows, self.bounds, axis=-1))

    def with_previous(self, rows: Floats) -> Floats:
        """Let each sentence have what the one before it in its passage has, too."""
        return np.maximum(rows, np.where(self.previous, np.roll(rows, 1, axis=-1), 0))

    def with_following(self, rows: Floats) -> Floats:
        """Let each sentence have what the one after it in its passage has, too."""
        return np.maximum(rows, np.where(self.following, np.roll(rows, -1, axis=-1), 0))


def meet(
    question: Question, term_vectors: Vectors, lexicon: Lexicon, candidates: Candidates
) -> Meeting:
    """Compare a question with every word of its candidates.

    ``term_vectors`` (terms, dimensions) are zeros for terms without a meaning to compare.
    """
    weights = lexicon.weights(question)
    matches = lexicon.matches(question, candidates.sentences)
    cosines = lexicon.meanings(term_vectors, matches)
    # Word by word first: most tokens are of few words.
    by_word = np.clip((cosines - UNRELATED) / (SYNONYM - UNRELATED), 0, 1)
    meaning = by_word.take(matches.places, axis=1)
    alike = np.maximum.reduceat(matches.similarity, matches.starts, axis=1)
    met = np.maximum(alike, np.maximum.reduceat(meaning, matches.starts, axis=1))
    owner = candidates.owner
    goes_on = owner[1:] == owner[:-1]
    rarities, unseen = lexicon.rarities(question)
    return Meeting(
        question=question,
        candidates=candidates,
        matches=matches,
        weights=weights,
        rarities=rarities,
        unseen=unseen,
        alike=alike,
        met=met,
        meaning=meaning,
        bounds=np.searchsorted(owner, np.arange(len(candidates.passages))).astype(np.int32),
        previous=np.concatenate([[False], goes_on]),
        following=np.concatenate([goes_on, [False]]),
        foreign=question.language not in lexicon.languages,
    )
