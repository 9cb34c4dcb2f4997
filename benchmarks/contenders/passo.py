"""Ours, as the bot has it: a store built by a reload, and the library's search."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.embedding import Embedder
from retrieval.library import Library
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.settings import Settings
from retrieval.types import Passage


class Passo:
    """A library on the folder that the passages come from. Close it when it has been asked."""

    name = "Passo"

    def __init__(self, embedder: Embedder, settings: Settings) -> None:
        self._embedder = embedder
        self._settings = settings
        self._library = Library(settings, embedder, Ranker.load())

    def index(self, passages: Sequence[Passage]) -> None:
        """Read the folder anew, which must make the same passages, and open the store."""
        changes = reload(self._settings, self._embedder)
        self._library.refresh()
        if changes.passages != len(passages):
            raise ValueError(f"{changes.passages} passages are not these {len(passages)}")

    def search(self, question: str, count: int) -> Sequence[str]:
        """Search, without quoting or refusing."""
        return self._library.search(question).sources(count)

    def close(self) -> None:
        """Give the store's files back."""
        self._library.close()
