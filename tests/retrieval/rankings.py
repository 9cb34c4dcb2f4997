"""A generation in memory, and a ranking made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from retrieval.retriever import RankedSentence, Ranking
from retrieval.types import Passage, Source


def ranking_of(
    *sentences: tuple[Passage, int, float], confidence: float = 0.5, on_topic: float = 1.0
) -> Ranking:
    """Rank sentences: passage, number in it, score (0 for the best); best first."""
    ranked = tuple(RankedSentence(*sentence) for sentence in sentences)
    return Ranking(ranked, confidence, on_topic)


def library_of(*sources: Source) -> Mapping[str, Source]:
    """Sources by id."""
    return {source.id: source for source in sources}


def scored(passages: Iterable[Passage], *, confidence: float = 0.5) -> Ranking:
    """Rank all sentences of passages in the order they stand, close to each other."""
    pairs = [(passage, index) for passage in passages for index in range(len(passage.sentences))]
    return ranking_of(
        *((passage, index, -number / 10) for number, (passage, index) in enumerate(pairs)),
        confidence=confidence,
    )
