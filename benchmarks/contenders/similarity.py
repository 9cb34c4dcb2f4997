"""Chroma's similarity search and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from retrieval.types import Passage


class Similarity:
    """One collection with cosine distance, in a folder.

    As https://docs.trychroma.com/docs/querying-collections/query-and-get has it.
    """

    name = "Chroma, similarity alone"

    def __init__(self, embedder: Embeddings, folder: Path) -> None:
        import chromadb
        from chromadb.config import Settings

        client = chromadb.PersistentClient(folder, Settings(anonymized_telemetry=False))
        self._collection = client.create_collection(
            "passages", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        self._embedder = embedder
        self._sources: dict[str, str] = {}

    def index(self, passages: Sequence[Passage]) -> None:
        """Add all passages with their vectors."""
        self._sources = {passage.id: passage.source for passage in passages}
        texts = [passage.text for passage in passages]
        vectors = np.array(self._embedder.embed_documents(texts), dtype=np.float32)
        for start in range(0, len(passages), 5_000):  # Chroma takes up to 5,461 at once
            some = slice(start, start + 5_000)
            self._collection.add(
                ids=[passage.id for passage in passages[some]],
                documents=texts[some],
                embeddings=vectors[some],
            )

    def search(self, question: str, count: int) -> Sequence[str]:
        """Ask for the nearest passages."""
        vector = np.array([self._embedder.embed_query(question)], dtype=np.float32)
        found = self._collection.query(query_embeddings=vector, n_results=count)
        return [self._sources[name] for name in found["ids"][0]]
