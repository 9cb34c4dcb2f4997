"""Which words of a question stand where: BM25 over passages, and matches word by word.

The lexicon is derived from a generation's passages and held in memory as flat arrays, so that one
question over a few hundred sentences costs well under a millisecond.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from retrieval.look_alikes import LookAlikes
from retrieval.types import Language, Passage
from retrieval.words import detect_language, fold, split, stem

if TYPE_CHECKING:
    from retrieval.embedding import Vectors
    from retrieval.question import Question, Term

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]
Flags = NDArray[np.bool_]

_NO_WORDS = ["·"]  # every sentence has a token, so that arrays line up
_CHOSEN = 1.0  # what a word of content weighs whatever its rarity
_STAND_INS = 8  # words that may stand in for one that no document uses
_FAINT = 0.2  # of the way between the two cosines below, the least that counts
_SHORTEST_SOFT = 4  # shorter words resemble too many others

UNRELATED, SYNONYM = 0.45, 0.85
"""Cosines of two words that have nothing, or all, in common."""


@dataclass(frozen=True, slots=True)
class Matches:
    """How a question's words meet a set of sentences.

    A row per word of the question, a column per token of the sentences, laid end to end:
    ``similarity`` is 1 for the same stem, less for a look-alike, 0 for another word.
    ``starts`` is where each sentence's tokens begin; ``tokens`` their positions in the lexicon.
    """

    similarity: Floats
    starts: Integers
    tokens: Integers


class Lexicon:
    """The words of all passages: stems, rarities, places.

    ``titles`` (by source id) count towards finding a passage, as do headings, but aren't part of
    its sentences.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        titles: Mapping[str, str],
        word_vectors: Mapping[str, Vectors],
    ) -> None:
        self._numbers: dict[str, int] = {}  # word as written -> number of its type
        self._types: dict[str, int] = {}  # folded word -> number
        self._stems: dict[str, int] = {}
        self._stem_of: list[int] = []
        type_ids: list[int] = []
        capital: list[bool] = []
        starts: list[int] = []
        firsts: list[int] = []
        documents: list[list[int]] = []
        languages: dict[str, Language] = {}
        for passage in passages:
            if passage.source not in languages:
                languages[passage.source] = detect_language(passage.text)
            language = languages[passage.source]
            firsts.append(len(starts))
            begin = len(type_ids)
            for sentence in passage.sentence_texts():
                starts.append(len(type_ids))
                found = split(sentence) or _NO_WORDS
                type_ids.extend(self._type(word, language) for word in found)
                capital.append(False)  # a sentence's first word has its capital for another reason
                capital.extend(word[0].isupper() for word in found[1:])
            context = f"{titles.get(passage.source, '')} {passage.heading}"
            around = [self._type(word, language) for word in split(context)]
            documents.append([self._stem_of[t] for t in (*type_ids[begin:], *around)])
        self.languages = frozenset(languages.values())
        self.types: Integers = np.array(type_ids, dtype=np.int32)
        self.capital: Flags = np.array(capital, dtype=np.bool_)
        self.starts: Integers = np.array([*starts, len(type_ids)], dtype=np.int32)
        self.firsts: Integers = np.array([*firsts, len(starts)], dtype=np.int32)
        self._stem_ids: Integers = np.array(self._stem_of, dtype=np.int32)
        self._by_stem = np.argsort(self._stem_ids, kind="stable")  # words, those of a stem together
        self._stem_starts = np.searchsorted(
            self._stem_ids[self._by_stem], np.arange(len(self._stems) + 1)
        )
        self.rarity = self._rarities()
        self._look_alikes = LookAlikes(list(self._types))
        self._vectors, self._vector_of, self._type_of = self._meanings(word_vectors)
        self._bm25 = _bm25(documents, len(self._stems))
        self._passages = len(passages)

    def _type(self, word: str, language: Language) -> int:
        number = self._numbers.get(word)
        if number is None:
            folded = fold(word)
            number = self._types.setdefault(folded, len(self._types))
            if number == len(self._stem_of):
                stemmed = stem(word, language)
                self._stem_of.append(self._stems.setdefault(stemmed, len(self._stems)))
            self._numbers[word] = number
        return number

    def _rarities(self) -> Floats:
        """Weigh each stem by how few sentences hold it (the idf of BM25)."""
        sentences = len(self.starts) - 1
        counts = np.diff(self.starts)
        sentence_of = np.repeat(np.arange(sentences), counts)
        stems = self._stem_ids[self.types] if len(self.types) else self.types
        known = max(len(self._stems), 1)
        once = np.unique(sentence_of.astype(np.int64) * known + stems)
        held_by = np.bincount(once % known, minlength=known)
        return np.asarray(np.log1p((sentences - held_by + 0.5) / (held_by + 0.5)), dtype=np.float32)

    def _meanings(self, word_vectors: Mapping[str, Vectors]) -> tuple[Vectors, Integers, Integers]:
        """Line up the vectors of words: row 0 is all zeros, for words that have none.

        Returns the rows, the row of each word, and the word of each row.
        """
        size = len(next(iter(word_vectors.values()), ()))
        rows, type_of = [np.zeros(size, dtype=np.float32)], [0]
        vector_of = np.zeros(len(self._types), dtype=np.int32)
        for folded, number in self._types.items():
            if folded in word_vectors:
                vector_of[number] = len(rows)
                rows.append(word_vectors[folded])
                type_of.append(number)
        return np.array(rows, dtype=np.float32), vector_of, np.array(type_of, dtype=np.int32)

    def meanings(self, terms: Vectors, matches: Matches) -> Floats:
        """Compare terms with the matched tokens by meaning: cosines, 0 where a word has no vector.

        ``terms`` are the vectors of the question's terms, zeros for those without.
        """
        if self._vectors.shape[1] != terms.shape[1]:
            return np.zeros(matches.similarity.shape, dtype=np.float32)
        rows, places = np.unique(self._vector_of[self.types[matches.tokens]], return_inverse=True)
        return np.asarray((terms @ self._vectors[rows].T)[:, places], dtype=np.float32)

    def known_types(self) -> list[str]:
        """List all folded words, by number."""
        return list(self._types)

    def bm25(self, question: Question, term_vectors: Vectors) -> Floats:
        """Score every passage by BM25, in the order the passages were given.

        A word that no document uses is stood in for by words alike in letters or meaning:
        a typing error, or a word of another language. ``term_vectors`` are the vectors of the
        question's terms, zeros for those without.
        """
        scores = np.zeros(self._passages, dtype=np.float32)
        if self._bm25 is None:
            return scores
        known = [number for term in question.terms for number in self._known(term)]
        if known:
            scores += self._bm25.get_scores_from_ids(known)
        for term, vector in zip(question.terms, term_vectors, strict=True):
            if not term.is_function_word and not self._known(term):
                best = np.zeros_like(scores)
                for number, degree in self._stand_ins(term, vector).items():
                    np.maximum(best, degree * self._bm25.get_scores_from_ids([number]), out=best)
                scores += best
        return scores

    def _known(self, term: Term) -> list[int]:
        """List the stems of a term that documents use; the word itself counts without accents."""
        known = [self._stems[stem] for stem in term.stems if stem in self._stems]
        number = self._types.get(term.folded)
        if number is not None and self._stem_of[number] not in known:
            known.append(self._stem_of[number])
        return known

    def _stand_ins(self, term: Term, vector: Vectors) -> dict[int, float]:
        """Find the stems that may stand in for a term, and how well they do: from 0 to 1."""
        found: dict[int, float] = {}
        alike, degrees = self._alike(term)
        for best in np.argsort(-degrees)[:_STAND_INS]:
            number = self._stem_of[alike[best]]
            found[number] = max(found.get(number, 0.0), float(degrees[best]))
        if self._vectors.shape[1] == len(vector) and vector.any():
            cosines = self._vectors @ vector
            for row in np.argsort(-cosines)[:_STAND_INS]:
                degree = (float(cosines[row]) - UNRELATED) / (SYNONYM - UNRELATED)
                if row and degree > _FAINT:
                    number = self._stem_of[self._type_of[row]]
                    found[number] = max(found.get(number, 0.0), min(degree, 1.0))
        return found

    def _alike(self, term: Term) -> tuple[NDArray[np.intp], Floats]:
        """Find the words that look like a term, and how much."""
        if len(term.folded) < _SHORTEST_SOFT or term.is_function_word:
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

    def similarities(self, question: Question) -> tuple[Floats, Floats]:
        """Compare each term of a question with every known word; and weigh each term.

        Returns similarities (terms, words) and rarities (terms): a term nobody uses is as rare as
        can be, one that is grammar hardly counts, one that names the answer counts less.
        """
        similarity = np.zeros((len(question.terms), len(self._types)), dtype=np.float32)
        unseen = self._greatest_rarity()
        weights = np.full(len(question.terms), unseen, dtype=np.float32)
        for row, term in enumerate(question.terms):
            known = self._known(term)
            alike, degrees = self._alike(term)
            similarity[row, alike] = degrees
            if known:
                for s in known:
                    similarity[row, self._words_of(s)] = 1.0
                weights[row] = max(float(self.rarity[s]) for s in known)
            elif len(alike):
                best = int(self._stem_ids[alike[degrees.argmax()]])
                weights[row] = max(float(self.rarity[best]), unseen / 2)
            if term.is_function_word:
                weights[row] *= 0.1
                continue
            # Rare or not among a few sentences, a word was chosen to ask with.
            weights[row] += _CHOSEN
            if term.names_answer:
                weights[row] *= 0.4
        return similarity, weights

    def _words_of(self, stem_number: int) -> NDArray[np.intp]:
        """List the numbers of the words that share a stem."""
        return self._by_stem[self._stem_starts[stem_number] : self._stem_starts[stem_number + 1]]

    def matches(self, similarity: Floats, sentences: Integers) -> Matches:
        """Lay out how the terms meet these sentences (numbers in the lexicon)."""
        lengths = self.starts[sentences + 1] - self.starts[sentences]
        ends = np.cumsum(lengths)
        starts = ends - lengths
        total = int(ends[-1]) if len(ends) else 0
        tokens = np.arange(total, dtype=np.int32) + np.repeat(
            self.starts[sentences] - starts, lengths
        ).astype(np.int32)
        return Matches(similarity[:, self.types[tokens]], starts.astype(np.int32), tokens)


def _bm25(documents: list[list[int]], vocabulary: int) -> Any:
    """Index documents given as stem numbers; Lucene's variant of BM25 (Lù, arXiv 2407.03618)."""
    if not vocabulary:
        return None
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it reports every index it builds
    index = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    names = {str(number): number for number in range(vocabulary)}
    index.index((documents, names), show_progress=False)
    return index
