"""LangChain's ensemble retriever: BM25 and Chroma, half and half."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from chromadb.config import Settings
from langchain_chroma import Chroma
from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from benchmarks.contenders import CANDIDATES
from retrieval.types import Passage


class LangChain:
    """``EnsembleRetriever`` over ``BM25Retriever`` and ``Chroma`` with weights of 0.5.

    As https://reference.langchain.com/python/langchain-classic/retrievers/ensemble/EnsembleRetriever
    and https://docs.langchain.com/oss/python/integrations/retrievers/bm25 have it: words are what
    stands between white space. The second page advises a ``preprocess_func`` for better results,
    and leaves the choice to the reader: give one as ``words``, and say so in ``remark``.
    """

    def __init__(
        self,
        embedder: Embeddings,
        folder: Path,
        words: Callable[[str], list[str]] | None = None,
        remark: str = "",
    ) -> None:
        self.name = f"LangChain, ensemble{remark}"
        self._chroma = Chroma(
            collection_name="passages",
            embedding_function=embedder,
            persist_directory=str(folder),
            client_settings=Settings(anonymized_telemetry=False),
        )
        self._words = words
        self._ensemble: EnsembleRetriever | None = None

    def index(self, passages: Sequence[Passage]) -> None:
        """Give all passages to both retrievers."""
        documents = [
            Document(passage.text, id=passage.id, metadata={"source": passage.source})
            for passage in passages
        ]
        self._chroma.add_documents(documents)
        options = {"preprocess_func": self._words} if self._words else {}
        bm25 = BM25Retriever.from_documents(documents, k=CANDIDATES, **options)
        similar = self._chroma.as_retriever(search_kwargs={"k": CANDIDATES})
        self._ensemble = EnsembleRetriever(retrievers=[bm25, similar], weights=[0.5, 0.5])

    def search(self, question: str, count: int) -> Sequence[str]:
        """Invoke the ensemble."""
        assert self._ensemble, "index first"
        found = self._ensemble.invoke(question)
        return [document.metadata["source"] for document in found[:count]]
