"""Which words of a question stand where: BM25 over passages, and matches word by word.

The lexicon is derived from a generation's passages and held in memory as flat arrays, so that one
question over a few hundred sentences costs well under a millisecond.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from retrieval.types import Language, Passage
from retrieval.words import FUNCTION_WORDS, detect_language, fold, split, stem

if TYPE_CHECKING:
    from retrieval.embedding import Vectors
    from retrieval.question import Question

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]
Flags = NDArray[np.bool_]

_SOFT = 0.6  # two words with a smaller share of letter pairs in common aren't variants
_NO_WORDS = ["·"]  # every sentence has a token, so that arrays line up
_CHOSEN = 1.0  # what a word of content weighs whatever its rarity
_SHORTEST_SOFT = 4  # shorter words resemble too many others


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
        self._pairs = _PairIndex(list(self._types))
        self._vectors, self._vector_of = self._meanings(word_vectors)
        self._bm25 = _bm25(documents, len(self._stems))
        self._passages = len(passages)

    def _type(self, word: str, language: Language) -> int:
        number = self._numbers.get(word)
        if number is None:
            folded = fold(word)
            number = self._types.setdefault(folded, len(self._types))
            if number == len(self._stem_of):
                stemmed = stem(folded, language)
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

    def _meanings(self, word_vectors: Mapping[str, Vectors]) -> tuple[Vectors, Integers]:
        """Line up the vectors of words: row 0 is all zeros, for words that have none."""
        size = len(next(iter(word_vectors.values()), ()))
        rows = [np.zeros(size, dtype=np.float32)]
        vector_of = np.zeros(len(self._types), dtype=np.int32)
        for folded, number in self._types.items():
            if folded in word_vectors:
                vector_of[number] = len(rows)
                rows.append(word_vectors[folded])
        return np.array(rows, dtype=np.float32), vector_of

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

    def bm25(self, question: Question) -> Floats:
        """Score every passage by BM25, in the order the passages were given."""
        ids = [self._stems[s] for term in question.terms for s in term.stems if s in self._stems]
        if not ids or self._bm25 is None:
            return np.zeros(self._passages, dtype=np.float32)
        return np.asarray(self._bm25.get_scores_from_ids(ids), dtype=np.float32)

    def similarities(self, question: Question) -> tuple[Floats, Floats]:
        """Compare each term of a question with every known word; and weigh each term.

        Returns similarities (terms, words) and rarities (terms): a term nobody uses is as rare as
        can be, one that is grammar hardly counts, one that names the answer counts less.
        """
        similarity = np.zeros((len(question.terms), len(self._types)), dtype=np.float32)
        unseen = float(np.log1p((len(self.starts) - 0.5) / 0.5))
        weights = np.full(len(question.terms), unseen, dtype=np.float32)
        for row, term in enumerate(question.terms):
            known = [self._stems[s] for s in term.stems if s in self._stems]
            alike, degrees = np.zeros(0, np.intp), np.zeros(0, np.float32)
            if len(term.folded) >= _SHORTEST_SOFT and term.folded not in FUNCTION_WORDS:
                alike, degrees = self._pairs.similar(term.folded)
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


class _PairIndex:
    """Which words share letter pairs: variants, typing errors, cognates of the other language."""

    def __init__(self, known: Sequence[str]) -> None:
        postings: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(known):
            for pair in _pairs(word):
                postings[pair].append(number)
        self._postings = {pair: np.array(ids, dtype=np.int32) for pair, ids in postings.items()}
        self._sizes = np.array([len(_pairs(word)) for word in known], dtype=np.float32)

    def similar(self, word: str) -> tuple[NDArray[np.intp], Floats]:
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
