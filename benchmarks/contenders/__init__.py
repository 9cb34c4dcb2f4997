"""Systems that rank the same passages by the same vectors, each as its own documentation has it.

One module a system. What a module needs beyond our own packages is in
``benchmarks/requirements.lock``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from retrieval.types import Passage


class Contender(Protocol):
    """A system that is given passages once and then asked."""

    @property
    def name(self) -> str:
        """What it is called in a table."""

    def index(self, passages: Sequence[Passage]) -> None:
        """Take the passages in."""

    def search(self, question: str, count: int) -> Sequence[str]:
        """Find up to ``count`` passages: the ids of their sources, best first, maybe repeated."""


CANDIDATES = 50
"""Passages that a hybrid takes from each of its two searches, as many as we ask of Chroma.

The documentations' examples take two to ten, too few for ten different sources; taking more is
better or the same for all of them.
"""
