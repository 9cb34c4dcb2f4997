"""The search as a LangChain retriever. Importing LangChain's takes longer than opening a store."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from retrieval.retriever import Ranking

if TYPE_CHECKING:
    from langchain_core.callbacks import CallbackManagerForRetrieverRun


class PassageRetriever(BaseRetriever):
    """Gives passages as documents, best first.

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
