"""Stores held in memory, so that a training can make hundreds of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from retrieval.chunking import chunk
from retrieval.embedding import LocalEmbedder, Vectors, inputs
from retrieval.ranking import Ranker
from retrieval.retriever import Retriever
from retrieval.types import Passage, Source, SourceSummary
from retrieval.vectors import PassageVectors, first_sentences
from retrieval.vocabulary import WordVectors, embed_words, words_with_meaning


class CachedEmbedder(LocalEmbedder):
    """Embeds a text once."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed what is new, recall the rest."""
        new = sorted({text for text in texts if text not in self._known}, key=len)
        for start in range(0, len(new), 64):
            batch = new[start : start + 64]
            self._known.update(zip(batch, super().encode(batch), strict=True))
        return np.vstack([self._known[text] for text in texts])


class MemoryGeneration:
    """As much of a generation as a retriever needs, with exact search and nothing on disk."""

    def __init__(
        self,
        sources: Sequence[Source],
        passages: Sequence[Passage],
        vectors: Mapping[str, Vectors],
        embedder: CachedEmbedder,
    ) -> None:
        self._sources = {source.id: source for source in sources}
        self.passages = tuple(passages)
        self._embedder = embedder
        self._matrix = np.vstack([vectors[passage.id][0] for passage in passages])
        self.vectors = PassageVectors(
            self._matrix.astype(np.float16),
            np.vstack([vectors[passage.id][1:] for passage in passages]).astype(np.float16),
            first_sentences(passages),
        )

    def summaries(self) -> tuple[SourceSummary, ...]:
        """No titles: these paragraphs have none."""
        return ()

    def source(self, id_: str) -> Source:
        """Give a source."""
        return self._sources[id_]

    def nearest(self, vector: Vectors, count: int) -> list[tuple[str, float]]:
        """Find the nearest passages."""
        cosines = self._matrix @ vector
        return [(self.passages[i].id, float(cosines[i])) for i in np.argsort(-cosines)[:count]]

    def word_vectors(self) -> WordVectors:
        """Give the vectors of words."""
        known = words_with_meaning(passage.text for passage in self.passages)
        return embed_words(known, WordVectors(), self._embedder)


def retriever_on(
    sources: Sequence[Source],
    embedder: CachedEmbedder,
    ranker: Ranker | None = None,
) -> tuple[Retriever, Sequence[Passage]]:
    """Make a store of sources: its retriever (without a ranker it just meets), its passages."""
    passages = [passage for source in sources for passage in chunk(source)]
    embedder.encode([text for passage in passages for text in inputs(passage)])
    vectors = {passage.id: embedder.encode(inputs(passage)) for passage in passages}
    generation: Any = MemoryGeneration(sources, passages, vectors, embedder)
    nobody: Any = None
    ranker = ranker or Ranker(
        adapter=nobody,
        terms=nobody,
        sentences=nobody,
        passages=nobody,
        confidence=nobody,
        topic=nobody,
    )
    return Retriever(generation, embedder, ranker), passages
