"""From a question to ranked sentences, passages and sources.

Candidates come from Chroma (meaning) and BM25 (words); their scores are added, since fusing ranks
throws away how much better the best one is. A learned ranking then orders their sentences.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retrieval.features import features
from retrieval.kinds import TokenKinds, mentions_time
from retrieval.lexical import Lexicon, best
from retrieval.meeting import Candidates, Meeting, meet
from retrieval.question import Question
from retrieval.types import set_of
from retrieval.vectors import widen
from retrieval.vocabulary import words_with_meaning
from retrieval.words import fold, split

if TYPE_CHECKING:
    from retrieval.adapter import QuestionAdapter
    from retrieval.embedding import Embedder, Vectors
    from retrieval.generation import Generation
    from retrieval.ranking import Ranker
    from retrieval.types import Passage, Span

_BY_SUM = 45  # candidates by BM25 and cosine together
_BY_MEANING = 20  # and by cosine alone, for questions in another language than the source
_NEAREST = 50  # asked of Chroma
_ROWS = 4_096  # vectors looked through at a time
_DATELESS = 0.1  # «in che anno» is hardly ever answered without a date or a figure


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence and how likely it is to answer against the best: a logarithm, 0 for the best.

    ``index`` is its number in the passage.
    """

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
        return self.passage.sentence_text(self.index)


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a search found: sentences best first, and the probability that the first answers.

    ``on_topic`` is the probability that the sources speak of what the question is about.
    """

    sentences: tuple[RankedSentence, ...] = ()
    confidence: float = 0.0
    on_topic: float = 0.0

    def probability(self, sentence: RankedSentence) -> float:
        """Tell how likely one of the sentences is to answer, if just one does."""
        return self.confidence * math.exp(sentence.score)

    def passages(self) -> tuple[tuple[Passage, float], ...]:
        """List the passages, best first, each with the logarithm of its sentences' sum."""
        passages = {s.passage.id: s.passage for s in self.sentences}
        sums = self._sums(lambda sentence: sentence.passage.id)
        return tuple((passages[id_], math.log(total)) for id_, total in sums)

    def sources(self, most: int = 20) -> tuple[str, ...]:
        """List the ids of the sources, best first: those whose sentences are likeliest in all."""
        sums = self._sums(lambda sentence: sentence.passage.source)
        return tuple(id_ for id_, _ in sums[:most])

    def _sums(self, key: Callable[[RankedSentence], str]) -> list[tuple[str, float]]:
        sums: dict[str, float] = {}
        for sentence in self.sentences:
            name = key(sentence)
            sums[name] = sums.get(name, 0.0) + math.exp(sentence.score)
        return sorted(sums.items(), key=lambda item: -item[1])


def is_shown(sentence: str, shown: Sequence[str]) -> bool:
    """Tell whether a sentence stands in quotes that were given before, or holds one."""
    return any(sentence in quote or quote in sentence for quote in shown)


class Retriever:
    """Searches one generation. Thread-safe."""

    def __init__(self, generation: Generation, embedder: Embedder, ranker: Ranker) -> None:
        self._generation = generation
        self._embedder = embedder
        self._ranker = ranker
        self._passages = generation.passages
        self._numbers = {passage.id: number for number, passage in enumerate(self._passages)}
        numbers: dict[str, list[int]] = {}
        for number, passage in enumerate(self._passages):
            for name in self._sets_of(passage.source):
                numbers.setdefault(name, []).append(number)
        # "" is no set's name: it stands for all.
        numbers[""] = list(range(len(self._passages)))
        self._sets = {name: np.array(some, dtype=np.int32) for name, some in numbers.items()}
        titles = {summary.id: summary.title for summary in generation.summaries()}
        self._lexicon = Lexicon(self._passages, titles, generation.word_vectors())
        self.kinds = TokenKinds(self._lexicon)

    def _sets_of(self, source: str) -> set[str]:
        """The sets that a document lies in, itself or in another place."""
        twins = self._generation.source(source).also
        return {set_of(source), *(set_of(twin.id) for twin in twins)}

    def search(self, question: Question, shown: Sequence[str] = (), *, within: str = "") -> Ranking:
        """Find what answers a question. Without words in it there is nothing to find.

        What stands in ``shown``, quotes that were given before, is left out, and so is what isn't
        of the set ``within``, if one is named.
        """
        if not question.terms or not self._passages or within not in self._sets:
            return Ranking()
        meeting = self.meet(question, self._ranker.adapter, within)
        candidates = meeting.candidates
        table = features(meeting, *self._ranker.weigh(meeting), self.kinds)
        found = self._sentences(candidates)
        owner = candidates.owner
        scores = self._ranker.score(table, owner)
        if shown:
            left = [n for n, (p, i) in enumerate(found) if not is_shown(p.sentence_text(i), shown)]
            if not left:
                return Ranking()
            found = [found[n] for n in left]
            table, owner, scores = table[left], owner[left], scores[left]
        order = np.argsort(-scores, kind="stable")
        gaps = (scores[order] - scores[order[0]]).tolist()
        sentences = tuple(
            RankedSentence(found[i][0], found[i][1], score)
            for i, score in zip(order, gaps, strict=True)
        )
        confidence, on_topic = self._ranker.judge(scores, table, owner)
        if question.asks_for_a_date and not mentions_time(sentences[0].text):
            confidence *= _DATELESS
        return Ranking(sentences, confidence, on_topic)

    def written(self, word: str) -> str:
        """Give a folded word as the documents write it, "" if they don't have it.

        It has a capital only where it has one everywhere.
        """
        lexicon = self._lexicon
        places = lexicon.places_of(word)
        if not len(places):
            return ""
        small = places[~lexicon.capital[places]]
        place = int(small[0] if len(small) else places[0])
        sentence = int(np.searchsorted(lexicon.starts, place, side="right")) - 1
        number = int(np.searchsorted(lexicon.firsts, sentence, side="right")) - 1
        text = self._passages[number].sentence_text(sentence - int(lexicon.firsts[number]))
        alike = [one for one in split(text) if fold(one) == word]
        return min(alike, key=lambda one: one[0].isupper(), default=word)

    def _sentences(self, candidates: Candidates) -> list[tuple[Passage, int]]:
        return [
            (passage, index)
            for passage in (self._passages[number] for number in candidates.passages)
            for index in range(len(passage.sentences))
        ]

    def meet(self, question: Question, adapter: QuestionAdapter, within: str = "") -> Meeting:
        """Gather candidates and compare them with the question, word by word."""
        meant = words_with_meaning([question.text])
        places = [n for n, term in enumerate(question.terms) if term.folded in meant]
        written = [meant[question.terms[n].folded] for n in places]
        encoded = self._embedder.encode([question.text, *written])
        vectors = np.zeros((len(question.terms), encoded.shape[1]), dtype=np.float32)
        vectors[places] = encoded[1:]
        aim = adapter(encoded[0], self._embedder.fingerprint)
        towards = np.stack([encoded[0], aim], axis=1)
        candidates = self._candidates(question, towards, vectors, within)
        return meet(question, vectors, self._lexicon, candidates)

    def _nearest(self, vector: Vectors, within: str) -> list[tuple[str, float]]:
        if not within:
            return self._generation.nearest(vector, _NEAREST)
        # Exact, and sooner done than Chroma has looked up which passages it may search.
        numbers = self._sets[within]
        rows = self._generation.vectors.passages
        parts = (numbers[n : n + _ROWS] for n in range(0, len(numbers), _ROWS))
        cosines = np.concatenate([widen(rows[part]) @ vector for part in parts])
        return [(self._passages[numbers[n]].id, float(cosines[n])) for n in best(cosines, _NEAREST)]

    def _candidates(
        self, question: Question, towards: Vectors, term_vectors: Vectors, within: str
    ) -> Candidates:
        """Choose passages; ``towards`` (dimensions, 2) is the question's vector and its aim."""
        bm25 = self._lexicon.bm25(question, term_vectors)
        inside = self._sets[within]
        nearest = self._nearest(towards[:, 1], within)
        cosines = np.zeros(len(self._passages), dtype=np.float32)
        near = np.array([self._numbers[id_] for id_, _ in nearest], dtype=np.int32)
        cosines[near] = [cosine for _, cosine in nearest]
        # What is not among the nearest is no nearer than the last of them.
        floor = nearest[-1][1] if nearest else 0.0
        sums = bm25 / max(float(bm25[inside].max()), 1e-6) + np.maximum(cosines, floor)
        by_sum = inside[best(sums[inside], _BY_SUM)]
        chosen = np.union1d(by_sum, near[:_BY_MEANING]).astype(np.int32)

        firsts = self._lexicon.firsts
        counts = firsts[chosen + 1] - firsts[chosen]
        owner = np.repeat(np.arange(len(chosen)), counts).astype(np.int32)
        sentences = np.concatenate([np.arange(firsts[n], firsts[n + 1]) for n in chosen])
        vectors = self._generation.vectors
        cosine, aimed = (widen(vectors.passages[chosen]) @ towards).T
        sentence_cosine, sentence_aimed = (widen(vectors.sentences[sentences]) @ towards).T
        return Candidates(
            passages=chosen,
            bm25=bm25[chosen],
            cosine=cosine,
            aimed=aimed,
            sentences=sentences.astype(np.int32),
            owner=owner,
            sentence_cosine=sentence_cosine,
            sentence_aimed=sentence_aimed,
        )
