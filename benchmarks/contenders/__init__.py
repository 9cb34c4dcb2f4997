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


CANDIDATES = 10
"""Passages that a hybrid takes from each of its two searches: Haystack's default.

The examples of the others take two to ten. Fifty were worse for each of them: fused by rank, the
thirtieth of one search often passes the third of the other.
"""
