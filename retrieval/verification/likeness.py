"""How near two words are in meaning, where no table tells. Pure: the same for the same words.

The vectors are those of the multilingual encoder that comes inside a package; nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.embedding import LocalEmbedder


def nearest(word: str, others: Sequence[str]) -> float:
    """Say how near a word is to the nearest of others, at most 1. Translations have some 0.8."""
    return max((likeness(word, other) for other in others), default=0.0)


@lru_cache(maxsize=100_000)
def likeness(one: str, other: str) -> float:
    """Say how near two words are in meaning."""
    pairs = zip(_vector(one), _vector(other), strict=True)
    return sum(a * b for a, b in pairs)


@lru_cache(maxsize=20_000)
def _vector(word: str) -> tuple[float, ...]:
    return tuple(float(value) for value in _embedder().encode([word])[0])


@cache
def _embedder() -> LocalEmbedder:
    from retrieval.embedding import LocalEmbedder

    return LocalEmbedder()
