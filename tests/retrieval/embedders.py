"""Embedders for tests: quick, and they remember what they were asked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding import Embedder


class HashEmbedder(Embedder):
    """A vector for each text from nothing but its hash. ``texts`` lists all it has embedded."""

    def __init__(self, name: str = "hash", dimensions: int = 32) -> None:
        self.fingerprint = f"{name}/1/{dimensions}"
        self.dimensions = dimensions
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts.extend(texts)
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for number, text in enumerate(texts):
            seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
            rows[number] = np.random.default_rng(seed).standard_normal(self.dimensions)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows
