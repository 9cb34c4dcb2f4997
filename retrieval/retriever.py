"""From a question to ranked sentences, passages and sources.

Candidates come from Chroma (meaning) and BM25 (words); their scores are added, since fusing ranks
throws away how much better the best one is. A learned ranking then orders their sentences.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray

from retrieval.features import Candidates, TokenKinds, features, mentions_time
from retrieval.lexical import Lexicon
from retrieval.question import Question
from retrieval.vocabulary import words_with_meaning

if TYPE_CHECKING:
    from langchain_core.callbacks import CallbackManagerForRetrieverRun

    from retrieval.embedding import Embedder, Vectors
    from retrieval.generations import Generation
    from retrieval.ranking import Ranker
    from retrieval.types import Passage, Span

_BY_SUM = 30  # candidates by BM25 and cosine together
_BY_MEANING = 10  # and by cosine alone, for questions in another language than the source
_NEAREST = 50  # asked of Chroma
_DATELESS = 0.1  # «in che anno» is hardly ever answered without a date or a figure


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence and the log odds that it answers. ``index`` is its number in the passage."""

    passage: Passage
    index: int
    score: float

    @property
    def span(self) -> Span:
        """Its place in the source."""
        return self.passage.sentences[self.index]

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.sentence_texts()[self.index]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a search found: sentences best first, and the probability that the first answers."""

    sentences: tuple[RankedSentence, ...] = ()
    confidence: float = 0.0

    def passages(self) -> tuple[tuple[Passage, float], ...]:
        """List the passages, best first, each with the score of its best sentence."""
        best: dict[str, tuple[Passage, float]] = {}
        for sentence in self.sentences:
            best.setdefault(sentence.passage.id, (sentence.passage, sentence.score))
        return tuple(best.values())

    def sources(self, most: int = 20) -> tuple[str, ...]:
        """List the ids of the sources, best first."""
        return tuple(dict.fromkeys(s.passage.source for s in self.sentences))[:most]


class Retriever:
    """Searches one generation. Thread-safe."""

    def __init__(self, generation: Generation, embedder: Embedder, ranker: Ranker) -> None:
        self._generation = generation
        self._embedder = embedder
        self._ranker = ranker
        self._passages = generation.passages
        self._numbers = {passage.id: number for number, passage in enumerate(self._passages)}
        titles = {summary.id: summary.title for summary in generation.summaries()}
        self._lexicon = Lexicon(self._passages, titles, generation.word_vectors())
        self._kinds = TokenKinds(self._lexicon)

    def search(self, question: Question) -> Ranking:
        """Find what answers a question. Without words in it there is nothing to find."""
        if not question.terms or not self._passages:
            return Ranking()
        candidates, table = self.describe(question)
        scores = self._ranker.score(table)
        order = np.argsort(-scores, kind="stable")
        numbers = candidates.passages[candidates.owner]
        sentences = tuple(
            RankedSentence(
                self._passages[numbers[i]],
                int(candidates.sentences[i] - self._lexicon.firsts[numbers[i]]),
                float(scores[i]),
            )
            for i in order
        )
        confidence = self._ranker.confidence(scores, table, candidates.owner)
        if question.asks_for_a_date and not mentions_time(sentences[0].text):
            confidence *= _DATELESS
        return Ranking(sentences, confidence)

    def describe(self, question: Question) -> tuple[Candidates, NDArray[np.float32]]:
        """Gather candidates and their features, which is what the ranking learns from."""
        meant = words_with_meaning([question.text])
        places = [n for n, term in enumerate(question.terms) if term.folded in meant]
        written = [meant[question.terms[n].folded] for n in places]
        encoded = self._embedder.encode([question.text, *written])
        term_vectors = np.zeros((len(question.terms), encoded.shape[1]), dtype=np.float32)
        term_vectors[places] = encoded[1:]
        candidates = self._candidates(question, encoded[0])
        table = features(question, term_vectors, self._lexicon, self._kinds, candidates)
        return candidates, table

    def _candidates(self, question: Question, vector: Vectors) -> Candidates:
        bm25 = self._lexicon.bm25(question)
        nearest = self._generation.nearest(vector, _NEAREST)
        cosines = np.zeros(len(self._passages), dtype=np.float32)
        near = np.array([self._numbers[id_] for id_, _ in nearest], dtype=np.int32)
        cosines[near] = [cosine for _, cosine in nearest]
        # What is not among the nearest is no nearer than the last of them.
        floor = nearest[-1][1] if nearest else 0.0
        sums = bm25 / max(float(bm25.max()), 1e-6) + np.maximum(cosines, floor)
        by_sum = np.argsort(-sums, kind="stable")[:_BY_SUM]
        chosen = np.union1d(by_sum, near[:_BY_MEANING]).astype(np.int32)

        firsts = self._lexicon.firsts
        counts = firsts[chosen + 1] - firsts[chosen]
        owner = np.repeat(np.arange(len(chosen)), counts).astype(np.int32)
        sentences = np.concatenate([np.arange(firsts[n], firsts[n + 1]) for n in chosen])
        vectors = self._generation.vectors([self._passages[n].id for n in chosen])
        rows = np.vstack([vectors[self._passages[n].id] for n in chosen]) @ vector
        starts = np.cumsum(counts + 1) - (counts + 1)  # a passage's own vector, then its sentences'
        is_passage = np.zeros(len(rows), dtype=np.bool_)
        is_passage[starts] = True
        return Candidates(
            passages=chosen,
            bm25=bm25[chosen],
            cosine=rows[is_passage].astype(np.float32),
            sentences=sentences.astype(np.int32),
            owner=owner,
            sentence_cosine=rows[~is_passage].astype(np.float32),
        )


class PassageRetriever(BaseRetriever):
    """The same search as a LangChain retriever: passages as documents, best first.

    ``search`` takes a question's text and returns a ranking. A document's metadata are its
    ``source``, its place there (``start``, ``end``), ``heading``, and ``score`` in log odds.
    """

    search: Callable[[str], Ranking]
    count: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        del run_manager  # nothing to report on the way
        return [
            Document(
                page_content=passage.text,
                id=passage.id,
                metadata={
                    "source": passage.source,
                    "start": passage.start,
                    "end": passage.end,
                    "heading": passage.heading,
                    "score": score,
                },
            )
            for passage, score in self.search(query).passages()[: self.count]
        ]
