"""An embedder that embeds the passages once, for all who ask for their vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retrieval.embedding import Embedder, Vectors


class RecallingEmbedder(Embedder):
    """Knows the vectors of some texts by heart, and leaves all others to another embedder."""

    def __init__(self, embedder: Embedder, texts: Sequence[str]) -> None:
        self.fingerprint = embedder.fingerprint
        self.dimensions = embedder.dimensions
        self._embedder = embedder
        self._known = dict(zip(texts, embedder.encode(texts), strict=True))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed what isn't known, all at once, and recall the rest."""
        new = [text for text in texts if text not in self._known]
        made = dict(zip(new, self._embedder.encode(new), strict=True)) if new else {}
        rows = [self._known[text] if text in self._known else made[text] for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.dimensions)
