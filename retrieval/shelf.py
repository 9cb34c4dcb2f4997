"""A generation with all that it takes to answer from it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from retrieval.answering import SURE_AT, Sources, answer
from retrieval.errors import RetrievalError
from retrieval.evaluation import TestQuestion, read_questions
from retrieval.retriever import Retriever
from retrieval.suggestions import Suggestions

if TYPE_CHECKING:
    from retrieval.embedding import Embedder
    from retrieval.generation import Generation
    from retrieval.ranking import Ranker
    from retrieval.settings import Settings
    from retrieval.types import Language, Quote

logger = logging.getLogger(__name__)

_OFFERED = 3
_TRIED = 12


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
        self._suggestions = Suggestions(questions, ids, embedder)
        self._sets = {summary.set for summary in generation.summaries()} - {""}
        self._good: dict[tuple[Language, str], tuple[str, ...]] = {}
        self.sources = self._within("")
        self.readers = 0
        self.retired = False

    def within(self, name: str) -> Sources | None:
        """Give what answers from one set of the documents; all of them, if none is named.

        ``None`` if the set has no documents.
        """
        if not name:
            return self.sources
        return self._within(name) if name in self._sets else None

    def _within(self, name: str) -> Sources:
        return Sources(
            self.generation.id,
            partial(self.retriever.search, within=name),
            self.generation.source,
            partial(self._suggestions.nearest, within=name),
            partial(self.good_questions, name=name),
            partial(self._titles, name),
            self.retriever.written,
        )

    def _titles(self, name: str) -> tuple[str, ...]:
        summaries = self.generation.summaries()
        return tuple(summary.title for summary in summaries if name in ("", summary.set))

    def good_questions(self, language: Language, name: str) -> tuple[str, ...]:
        """Give a few of the owner's questions that are answered, and surely; tried once."""
        key = (language, name)
        sources = self.within(name)
        if key not in self._good and sources:
            asked = self._suggestions.varied(language, within=name)[:_TRIED]
            answers = (answer(question, sources, language) for question in asked)
            good = (a.question for a in answers if a.claims and a.confidence >= SURE_AT)
            self._good[key] = tuple(islice(good, _OFFERED))
        return self._good.get(key, ())

    def is_verbatim(self, quote: Quote) -> bool:
        """Tell whether a quote stands at its place in this version of its source."""
        try:
            source = self.generation.source(quote.source)
        except KeyError:
            return False
        return (
            source.content_hash == quote.content_hash
            and source.text[quote.start : quote.end] == quote.text
        )


def owners_questions(settings: Settings) -> tuple[TestQuestion, ...]:
    """Read the owner's questions, to suggest; none where they can't be read."""
    try:
        return read_questions(settings.questions) if settings.questions.exists() else ()
    except RetrievalError as error:
        logger.warning("no suggestions: %s", error)
        return ()
