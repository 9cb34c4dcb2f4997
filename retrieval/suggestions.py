"""Questions that the sources do answer, to go with a refusal."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np

from retrieval.errors import ModelError
from retrieval.types import Language, set_of

if TYPE_CHECKING:
    from retrieval.embedding import Embedder, Vectors
    from retrieval.evaluation import TestQuestion
    from retrieval.lexical import Flags

logger = logging.getLogger(__name__)

_MOST = 200  # embedding more would delay the start


class Suggestions:
    """The owner's own questions about the documents, found by meaning.

    Those about documents that are not among ``sources`` (ids) are left out.
    """

    def __init__(
        self,
        questions: Sequence[TestQuestion],
        sources: Collection[str],
        embedder: Embedder,
    ) -> None:
        answerable = [q for q in questions if q.kind == "answerable" and q.source in sources]
        answerable = answerable[:_MOST]
        self._embedder = embedder
        self._texts = [question.question for question in answerable]
        self._sources = [question.source for question in answerable]
        self._languages = np.array([question.lang for question in answerable])
        self._sets = np.array([set_of(source) for source in self._sources])
        self._vectors: Vectors | None = None
        try:
            if self._texts:
                self._vectors = embedder.encode(self._texts)
        except ModelError as error:
            logger.warning("no suggestions: %s", error)

    def nearest(self, question: str, language: Language, *, within: str = "") -> str:
        """Give the question nearest in meaning, in the same language; "" if there is none.

        With ``within``, it is about a document of that set.
        """
        fits = self._fits(language, within)
        if self._vectors is None or not fits.any():
            return ""
        cosines = self._vectors @ self._embedder.encode([question])[0]
        return self._texts[int(np.where(fits, cosines, -2).argmax())]

    def varied(self, language: Language, *, within: str = "") -> list[str]:
        """List the questions in a language, as many documents as there are before any again."""
        turns: Counter[str] = Counter()
        places: list[tuple[int, int]] = []
        for number in np.flatnonzero(self._fits(language, within)):
            source = self._sources[number]
            places.append((turns[source], int(number)))
            turns[source] += 1
        return [self._texts[number] for _, number in sorted(places)]

    def _fits(self, language: Language, within: str) -> Flags:
        fits = self._languages == language
        return np.asarray(fits & (self._sets == within) if within else fits)
