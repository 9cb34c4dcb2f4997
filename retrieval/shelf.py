"""A generation with all that it takes to answer from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from retrieval.answering import Sources
from retrieval.retriever import Retriever
from retrieval.suggestions import Suggestions

if TYPE_CHECKING:
    from retrieval.embedding import Embedder
    from retrieval.evaluation import TestQuestion
    from retrieval.generations import Generation
    from retrieval.ranking import Ranker


class Shelf:
    """An open generation, its search, and what is suggested with a refusal. Thread-safe.

    ``sources`` is what :func:`~retrieval.answering.answer` wants. ``readers`` and ``retired`` are
    for whoever has to know when it may be closed; closing ``generation`` is up to them.
    """

    def __init__(
        self,
        generation: Generation,
        embedder: Embedder,
        ranker: Ranker,
        questions: Sequence[TestQuestion] = (),
    ) -> None:
        self.generation = generation
        self.retriever = Retriever(generation, embedder, ranker)
        ids = {summary.id for summary in generation.summaries()}
        suggestions = Suggestions(questions, ids, embedder)
        self.sources = Sources(
            generation.id, self.retriever.search, generation.source, suggestions.nearest
        )
        self.readers = 0
        self.retired = False
