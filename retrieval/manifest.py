"""What a generation says of itself: how it was made, from which documents, and what it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar, get_type_hints

from retrieval.chunking import FINGERPRINT
from retrieval.errors import DamagedError, StoreError
from retrieval.types import SourceSummary, content_hash

FORMAT = 3
"""Changes whenever a generation is laid out, or its sources read, otherwise than before."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One generation. ``created`` is UTC, in ISO 8601.

    ``embedder`` and ``chunking`` are fingerprints. ``passages`` and ``sentences`` are counts, and
    so is ``indexed``: of the vectors that Chroma holds. ``strays`` are the names of those that the
    approximate search does not reach. ``files`` gives the SHA-256 of each file that is never
    written again, by its path in the generation. What is written down has a hash of its own.
    """

    id: str
    created: str
    embedder: str
    chunking: str
    passages: int
    sentences: int
    indexed: int
    sources: tuple[SourceSummary, ...]
    strays: tuple[str, ...]
    files: Mapping[str, str]
    format: int = FORMAT

    def misfit(self, embedder: str, chunking: str = FINGERPRINT) -> str | None:
        """Say why it cannot answer with this embedder and chunking, or ``None`` if it can."""
        if self.embedder != embedder:
            return f"it was made with another embedder ({self.embedder}; now {embedder})"
        if self.chunking != chunking:
            return f"it was cut with other settings ({self.chunking}; now {chunking})"
        return None

    def to_json(self) -> str:
        """Write it down, for :meth:`from_json`."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        values["sources"] = [asdict(source) for source in self.sources]
        return json.dumps({"hash": _hash(values), **values}, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read what :meth:`to_json` wrote, and nothing else.

        Raises:
            DamagedError: it is garbled, or not as it was written.
            StoreError: it is of another format.
        """
        try:
            values = json.loads(text)
            if not isinstance(values, dict):
                raise TypeError("not an object")
            if values.get("format") != FORMAT:
                raise StoreError(
                    f"the store has format {values.get('format')}, not {FORMAT}: build it anew"
                )
            if values.pop("hash", None) != _hash(values):
                raise ValueError("it is not as it was written")
            sources = tuple(_make(SourceSummary, source) for source in values["sources"])
            strays = tuple(values["strays"])
            manifest = _make(cls, {**values, "sources": sources, "strays": strays})
        except (ValueError, TypeError, KeyError) as error:
            raise DamagedError(f"the manifest is garbled: {error!r}") from None
        names = [*strays, *manifest.files, *manifest.files.values()]
        if not all(isinstance(name, str) for name in names):
            raise DamagedError("the manifest is garbled: a name is not a text")
        return manifest


def _hash(values: Mapping[str, Any]) -> str:
    return content_hash(json.dumps(values, sort_keys=True))


_Made = TypeVar("_Made")


def _make(kind: type[_Made], values: Mapping[str, Any]) -> _Made:
    """Make a dataclass of exactly its fields, each of its type."""
    hints = _HINTS[kind]
    if set(values) != set(hints):
        raise ValueError(f"the fields {sorted(set(values) ^ set(hints))} are missing or unknown")
    for name, hint in hints.items():
        expected = {str: str, int: int}.get(hint, tuple if name != "files" else dict)
        if type(values[name]) is not expected:
            raise TypeError(f"{name} is not {expected.__name__}")
    return kind(**values)


# Resolving them anew for each of many sources would be slow.
_HINTS: Mapping[type, Mapping[str, Any]] = {
    kind: get_type_hints(kind) for kind in (Manifest, SourceSummary)
}
