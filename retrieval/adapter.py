"""Where a question aims: its vector, moved towards those of the sentences that answer.

An embedder puts texts beside each other that say the same. A question doesn't say what its answer
says, and how the two differ can be learned: a matrix of low rank that is added to the question's
vector. Sources keep the vectors they have, so no store is ever made anew for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from retrieval.embedding import Vectors
    from retrieval.lexical import Floats


@dataclass(frozen=True, slots=True)
class QuestionAdapter:
    """Adds ``vector @ inward @ outward + shift`` to the vectors of one family of embedders.

    ``inward`` is (dimensions, rank), ``outward`` (rank, dimensions). ``embedder`` is how the
    fingerprints of that family begin; the vectors of others mean something else.
    """

    embedder: str
    inward: Floats
    outward: Floats
    shift: Floats

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Read an adapter."""
        inward, outward, shift = (
            np.asarray(values[key], dtype=np.float32) for key in ("inward", "outward", "shift")
        )
        return cls(str(values["embedder"]), inward, outward, shift)

    def __call__(self, vector: Vectors, fingerprint: str) -> Vectors:
        """Aim a question's vector; one of another embedder stays as it is."""
        if family(fingerprint) != self.embedder or len(vector) != len(self.inward):
            return vector
        aimed = vector + vector @ self.inward @ self.outward + self.shift
        return np.asarray(aimed / max(float(np.linalg.norm(aimed)), 1e-9), dtype=np.float32)


_NOTHING = np.zeros((0, 0), dtype=np.float32)

UNMOVED = QuestionAdapter("", _NOTHING, _NOTHING, _NOTHING)
"""Leaves every question where it is."""


def family(fingerprint: str) -> str:
    """Tell the family of an embedder, whatever its version."""
    return fingerprint.partition("/")[0]
