"""Which words of a question stand where: BM25 over passages, and matches word by word.

The lexicon is derived from a generation's passages and held in memory as flat arrays, so that one
question over a few hundred sentences costs well under a millisecond.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retrieval.bm25 import BM25, counted
from retrieval.look_alikes import LookAlikes
from retrieval.tokens import tokens_of
from retrieval.types import Passage
from retrieval.vectors import widen
from retrieval.vocabulary import WordVectors

if TYPE_CHECKING:
    from retrieval.embedding import Vectors
    from retrieval.question import Question, Term

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]
Flags = NDArray[np.bool_]

_CHOSEN = 1.0  # what a word of content weighs whatever its rarity
_STAND_INS = 8  # words that may stand in for one that no document uses
_FAINT = 0.2  # of the way between the two cosines below, the least that counts
_SHORTEST_SOFT = 4  # shorter words resemble too many others
_ROWS = 4_096  # vectors looked through at a time: what the processor's cache holds

UNRELATED, SYNONYM = 0.45, 0.85
"""Cosines of two words that have nothing, or all, in common."""


@dataclass(frozen=True, slots=True)
class Matches:
    """How a question's words meet a set of sentences.

    A row per word of the question, a column per token of the sentences, laid end to end:
    ``similarity`` is 1 for the same stem, less for a look-alike, 0 for another word.
    ``starts`` is where each sentence's tokens begin; ``tokens`` their positions in the lexicon;
    ``words`` the different words there are among them, and ``places`` which of these each is.
    """

    similarity: Floats
    starts: Integers
    tokens: Integers
    words: Integers
    places: Integers


class Lexicon:
    """The words of all passages: stems, rarities, places.

    ``titles`` (by source id) count towards finding a passage, as do headings, but aren't part of
    its sentences.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        titles: Mapping[str, str],
        word_vectors: WordVectors | None = None,
    ) -> None:
        tokens = tokens_of(passages, titles)
        self.languages = tokens.languages
        self.types, self.capital = tokens.types, tokens.capital
        self.starts, self.firsts = tokens.starts, tokens.firsts
        self._types, self._stems, self._stem_ids = tokens.words, tokens.stems, tokens.stem_of
        self.rarity = self._rarities()
        self._known_types = list(self._types)
        self._look_alikes = LookAlikes(self._known_types)
        self._meaning_of, self._type_of = self._line_up(word_vectors or WordVectors())
        inside = np.diff(self.starts[self.firsts])
        owners = np.repeat(np.arange(len(passages), dtype=np.int32), inside)
        self._bm25 = BM25(
            np.concatenate([owners, tokens.title_owners]),
            self._stem_ids[np.concatenate([self.types, tokens.titles])],
            len(passages),
            len(self._stems),
        )

    def _rarities(self) -> Floats:
        """Weigh each stem by how few sentences hold it (the idf of BM25)."""
        sentences = len(self.starts) - 1
        sentence_of = np.repeat(np.arange(sentences, dtype=np.int32), np.diff(self.starts))
        _, stems, _ = counted(sentence_of, self._stem_ids[self.types])
        held_by = np.bincount(stems, minlength=max(len(self._stems), 1))
        return np.asarray(np.log1p((sentences - held_by + 0.5) / (held_by + 0.5)), dtype=np.float32)

    def _line_up(self, word_vectors: WordVectors) -> tuple[Integers, Integers]:
        """Tell which row of the vectors is each word's, and which word's is each row; or -1."""
        self._vectors = word_vectors.rows
        type_of = [self._types.get(word, -1) for word in word_vectors.words]
        rows = np.array(type_of, dtype=np.int32)
        meaning_of = np.full(len(self._types), -1, dtype=np.int32)
        meaning_of[rows[rows >= 0]] = np.flatnonzero(rows >= 0)
        return meaning_of, rows

    def meanings(self, terms: Vectors, matches: Matches) -> Floats:
        """Compare terms with the matched words by meaning: cosines, 0 where one has no vector.

        ``terms`` are the vectors of the question's terms, zeros for those without. The result has
        a column for each of the matches' ``words``.
        """
        cosines = np.zeros((len(terms), len(matches.words)), dtype=np.float32)
        rows = self._meaning_of[matches.words]
        known, meant = np.flatnonzero(rows >= 0), np.flatnonzero(terms.any(axis=1))
        if self._vectors.shape[1] == terms.shape[1]:
            cosines[np.ix_(meant, known)] = terms[meant] @ widen(self._vectors[rows[known]]).T
        return cosines

    def places_of(self, word: str) -> Integers:
        """List where a folded word stands: positions among all tokens, none if it doesn't."""
        number = self._types.get(word)
        if number is None:  # most that are asked for aren't there, and looking takes its time
            return np.zeros(0, dtype=np.int32)
        return np.flatnonzero(self.types == number).astype(np.int32)

    def known_types(self) -> Sequence[str]:
        """List all folded words, by number."""
        return self._known_types

    def bm25(self, question: Question, term_vectors: Vectors) -> Floats:
        """Score every passage by BM25, in the order the passages were given.

        A word that no document uses is stood in for by words alike in letters or meaning:
        a typing error, or a word of another language. ``term_vectors`` are the vectors of the
        question's terms, zeros for those without.
        """
        known = [number for term in question.terms for number in self._known(term)]
        scores = self._bm25.scores(known)
        for term, vector in zip(question.terms, term_vectors, strict=True):
            if not term.is_function_word and not self._known(term):
                likeliest = np.zeros_like(scores)
                for number, degree in self._stand_ins(term, vector).items():
                    owners, shares = self._bm25.column(number)
                    likeliest[owners] = np.maximum(likeliest[owners], degree * shares)
                scores += likeliest
        return scores

    def _known(self, term: Term) -> list[int]:
        """List the stems of a term that documents use; the word itself counts without accents."""
        known = [self._stems[stem] for stem in term.stems if stem in self._stems]
        number = self._types.get(term.folded)
        if number is not None and int(self._stem_ids[number]) not in known:
            known.append(int(self._stem_ids[number]))
        return known

    def _stand_ins(self, term: Term, vector: Vectors) -> dict[int, float]:
        """Find the stems that may stand in for a term, and how well they do: from 0 to 1."""
        found: dict[int, float] = {}
        alike, degrees = self._alike(term)
        for nth in best(degrees, _STAND_INS):
            number = int(self._stem_ids[alike[nth]])
            found[number] = max(found.get(number, 0.0), float(degrees[nth]))
        if self._vectors.shape[1] == len(vector) and vector.any():
            parts = range(0, len(self._vectors), _ROWS)
            cosines = np.concatenate([widen(self._vectors[n : n + _ROWS]) @ vector for n in parts])
            cosines[self._type_of < 0] = -1.0  # words of passages that are gone
            for row in best(cosines, _STAND_INS):
                degree = (float(cosines[row]) - UNRELATED) / (SYNONYM - UNRELATED)
                if self._type_of[row] >= 0 and degree > _FAINT:
                    number = int(self._stem_ids[self._type_of[row]])
                    found[number] = max(found.get(number, 0.0), min(degree, 1.0))
        return found

    def _alike(self, term: Term) -> tuple[NDArray[np.intp], Floats]:
        """Find the words that look like a term, and how much."""
        if not _may_be_alike(term):
            return np.zeros(0, np.intp), np.zeros(0, np.float32)
        return self._look_alikes.find(term.folded)

    def rarities(self, question: Question) -> tuple[Floats, Flags]:
        """Tell how rare each term is, from 0 to 1, and which terms no document uses."""
        greatest = self._greatest_rarity()
        known = [self._known(term) for term in question.terms]
        rarities = [
            max((float(self.rarity[s]) for s in numbers), default=greatest) / greatest
            for numbers in known
        ]
        unseen = [not numbers for numbers in known]
        return np.array(rarities, dtype=np.float32), np.array(unseen, dtype=np.bool_)

    def _greatest_rarity(self) -> float:
        return float(np.log1p((len(self.starts) - 0.5) / 0.5))

    def weights(self, question: Question) -> Floats:
        """Weigh each term of a question by its rarity.

        One that nobody uses is as rare as can be, one that is grammar hardly counts, one that names
        the answer counts less.
        """
        unseen = self._greatest_rarity()
        weights = np.full(len(question.terms), unseen, dtype=np.float32)
        for row, term in enumerate(question.terms):
            if known := self._known(term):
                weights[row] = max(float(self.rarity[s]) for s in known)
            else:
                alike, degrees = self._alike(term)
                if len(alike):
                    nearest = int(self._stem_ids[alike[degrees.argmax()]])
                    weights[row] = max(float(self.rarity[nearest]), unseen / 2)
            if term.is_function_word:
                weights[row] *= 0.1
                continue
            # Rare or not among a few sentences, a word was chosen to ask with.
            weights[row] += _CHOSEN
            if term.names_answer:
                weights[row] *= 0.4
        return weights

    def matches(self, question: Question, sentences: Integers) -> Matches:
        """Lay out how a question's terms meet these sentences (numbers in the lexicon)."""
        lengths = self.starts[sentences + 1] - self.starts[sentences]
        ends = np.cumsum(lengths)
        starts = ends - lengths
        total = int(ends[-1]) if len(ends) else 0
        tokens = np.arange(total, dtype=np.int32) + np.repeat(
            self.starts[sentences] - starts, lengths
        ).astype(np.int32)
        types = self.types[tokens]
        there = np.zeros(len(self._types), dtype=np.bool_)
        there[types] = True
        words = np.flatnonzero(there).astype(np.int32)
        place_of = np.empty(len(self._types), dtype=np.int32)
        place_of[words] = np.arange(len(words), dtype=np.int32)
        places = place_of[types]
        similarity = self._similarities(question, words)
        return Matches(
            similarity.take(places, axis=1), starts.astype(np.int32), tokens, words, places
        )

    def _similarities(self, question: Question, words: Integers) -> Floats:
        """Compare each term with some words (numbers): 1 for a stem they share, or how alike."""
        similarity = np.zeros((len(question.terms), len(words)), dtype=np.float32)
        soft = [row for row, term in enumerate(question.terms) if _may_be_alike(term)]
        folded = [question.terms[row].folded for row in soft]
        similarity[soft] = self._look_alikes.compare(folded, words)
        stems = self._stem_ids[words]
        for row, term in enumerate(question.terms):
            for number in self._known(term):
                similarity[row, stems == number] = 1.0
        return similarity


def best(scores: Floats, count: int) -> NDArray[np.intp]:
    """Find the places of the one or more highest scores, best first; of equal ones, the first."""
    if len(scores) > count:
        least = np.partition(scores, len(scores) - count)[len(scores) - count]
        among = np.flatnonzero(scores >= least)
    else:
        among = np.arange(len(scores))
    return among[np.argsort(-scores[among], kind="stable")[:count]]


def _may_be_alike(term: Term) -> bool:
    return len(term.folded) >= _SHORTEST_SOFT and not term.is_function_word
