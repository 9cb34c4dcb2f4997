"""Haystack's hybrid pipeline: BM25 and embeddings in memory, joined."""

from __future__ import annotations

import os
from collections.abc import Sequence

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # read when it is imported

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore
from langchain_core.embeddings import Embeddings

from benchmarks.contenders import CANDIDATES
from retrieval.types import Passage


class Haystack:
    """Two retrievers and a ``DocumentJoiner`` by reciprocal rank fusion.

    As https://haystack.deepset.ai/tutorials/33_hybrid_retrieval and
    https://docs.haystack.deepset.ai/docs/documentjoiner have it, without the reranking model.
    There is no option for a language: BM25 compares whole words in small letters.
    """

    name = "Haystack, hybrid"

    def __init__(self, embedder: Embeddings) -> None:
        self._embedder = embedder
        self._store = InMemoryDocumentStore()
        self._pipeline = Pipeline()
        bm25 = InMemoryBM25Retriever(self._store, top_k=CANDIDATES)
        similar = InMemoryEmbeddingRetriever(self._store, top_k=CANDIDATES)
        self._pipeline.add_component("bm25", bm25)
        self._pipeline.add_component("similar", similar)
        self._pipeline.add_component("joiner", DocumentJoiner("reciprocal_rank_fusion"))
        self._pipeline.connect("bm25", "joiner")
        self._pipeline.connect("similar", "joiner")

    def index(self, passages: Sequence[Passage]) -> None:
        """Write a document for each passage."""
        vectors = self._embedder.embed_documents([passage.text for passage in passages])
        self._store.write_documents(
            [
                Document(
                    passage.id, passage.text, embedding=vector, meta={"source": passage.source}
                )
                for passage, vector in zip(passages, vectors, strict=True)
            ]
        )

    def search(self, question: str, count: int) -> Sequence[str]:
        """Run the pipeline."""
        vector = self._embedder.embed_query(question)
        asked = {"bm25": {"query": question}, "similar": {"query_embedding": vector}}
        found = self._pipeline.run(asked)["joiner"]["documents"]
        return [document.meta["source"] for document in found[:count]]
