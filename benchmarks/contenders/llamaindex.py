"""LlamaIndex's fusion of BM25 and a vector index."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import Stemmer
from langchain_core.embeddings import Embeddings
from llama_index.core import VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import TextNode
from llama_index.retrievers.bm25 import BM25Retriever
from pydantic import PrivateAttr

from benchmarks.contenders import CANDIDATES
from retrieval.types import Passage


class LlamaIndex:
    """``QueryFusionRetriever`` over ``VectorStoreIndex`` and ``BM25Retriever``.

    As https://developers.llamaindex.ai/python/framework/integrations/retrievers/reciprocal_rerank_fusion/
    has it, with one query instead of four, since there is no model to write the other three. BM25
    has the Italian stemmer and stop words, as
    https://developers.llamaindex.ai/python/framework-api-reference/retrievers/bm25 offers them.
    """

    name = "LlamaIndex, fusion"

    def __init__(self, embedder: Embeddings) -> None:
        self._embedder = _Embedding(embedder)
        self._fusion: QueryFusionRetriever | None = None
        self._sources: dict[str, str] = {}

    def index(self, passages: Sequence[Passage]) -> None:
        """Make a node of each passage, and give them to both retrievers."""
        self._sources = {passage.id: passage.source for passage in passages}
        nodes = [TextNode(id_=passage.id, text=passage.text) for passage in passages]
        vectors = VectorStoreIndex(nodes, embed_model=self._embedder)
        most = min(CANDIDATES, len(nodes))
        logging.getLogger("bm25s").setLevel(logging.WARNING)  # it reports every index it builds
        bm25 = BM25Retriever.from_defaults(
            nodes=nodes,
            similarity_top_k=most,
            stemmer=Stemmer.Stemmer("italian"),
            language="it",
        )
        self._fusion = QueryFusionRetriever(
            [vectors.as_retriever(similarity_top_k=most), bm25],
            llm=MockLLM(),
            mode="reciprocal_rerank",
            similarity_top_k=most,
            num_queries=1,
            use_async=False,
        )

    def search(self, question: str, count: int) -> Sequence[str]:
        """Retrieve from both and fuse."""
        assert self._fusion, "index first"
        found = self._fusion.retrieve(question)
        return [self._sources[one.node.node_id] for one in found[:count]]


class _Embedding(BaseEmbedding):
    """Our embedder as LlamaIndex asks for one."""

    _embedder: Embeddings = PrivateAttr()

    def __init__(self, embedder: Embeddings, **values: Any) -> None:
        super().__init__(**values)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._embedder.embed_query(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._embedder.embed_query(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._embedder.embed_documents([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._embedder.embed_documents(texts)
