"""Questions that the sources do answer, to go with a refusal."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np

from retrieval.errors import ModelError
from retrieval.types import Language

if TYPE_CHECKING:
    from retrieval.embedding import Embedder, Vectors
    from retrieval.evaluation import TestQuestion

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
        self._languages = np.array([question.lang for question in answerable])
        self._vectors: Vectors | None = None
        try:
            if self._texts:
                self._vectors = embedder.encode(self._texts)
        except ModelError as error:
            logger.warning("no suggestions: %s", error)

    def nearest(self, question: str, language: Language) -> str:
        """Give the question nearest in meaning, in the same language; "" if there is none."""
        if self._vectors is None or not (self._languages == language).any():
            return ""
        cosines = self._vectors @ self._embedder.encode([question])[0]
        return self._texts[int(np.where(self._languages == language, cosines, -2).argmax())]
