"""One version of the sources, open for reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import DamagedError, StoreError
from retrieval.source import Twin
from retrieval.vectors import PassageVectors, read_vectors, widen

if TYPE_CHECKING:
    from retrieval.entry import Entry
    from retrieval.manifest import Manifest
    from retrieval.store import Store, Vectors
    from retrieval.types import Passage, Source, SourceSummary
    from retrieval.vocabulary import WordVectors

CHROMA = "chroma"

_WAY_OUT = "run `python -m retrieval index` to build a new one"


class Generation:
    """One version of the sources, open for reading. Immutable and thread-safe.

    Open one with :meth:`~retrieval.generations.Generations.open`; close it to give its files back.
    ``folder`` is a copy of its own, so that nothing done to the files reaches who reads.

    The graph of the store may be older than the passages: what came since is compared one by one,
    and what is gone is passed over.
    """

    def __init__(
        self,
        manifest: Manifest,
        folder: Path,
        *,
        sources: Iterable[Source],
        entries: Sequence[Entry],
        words: WordVectors,
        store: Store,
    ) -> None:
        self.manifest = manifest
        self.folder = folder
        self.entries = tuple(entries)
        self.passages: tuple[Passage, ...] = tuple(entry.passage for entry in entries)
        self._words = words
        self._sources = {source.id: source for source in sources}
        self._store = store
        self._numbers: dict[str, list[int]] = {}
        for number, entry in enumerate(self.entries):
            self._numbers.setdefault(entry.inputs_hash, []).append(number)
        self.held = store.names()
        self._check()
        twins: dict[str, list[Twin]] = {}
        for one in manifest.sources:
            if one.same_as:
                twins.setdefault(one.same_as, []).append(Twin(one.id, one.title))
        for name, others in twins.items():
            self._sources[name] = replace(self._sources[name], also=tuple(others))
        self._vectors: PassageVectors | None = read_vectors(folder, self.passages)
        apart = (self._numbers.keys() - self.held) | set(manifest.strays)
        self._apart = np.array(
            sorted(number for name in apart for number in self._numbers.get(name, ())), np.int64
        )
        rows = widen(self._vectors.passages[self._apart])
        self._apart_rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)  # as Chroma does
        self._gone = len(self.held - self._numbers.keys())

    @property
    def id(self) -> str:
        """Its name; later generations sort later."""
        return self.manifest.id

    def source(self, source_id: str) -> Source:
        """The whole of a document, as it was when this generation was built.

        Raises:
            KeyError: there is none of that name.
        """
        return self._sources[source_id]

    def summaries(self) -> tuple[SourceSummary, ...]:
        """All documents, by id."""
        return self.manifest.sources

    @property
    def vectors(self) -> PassageVectors:
        """The vectors of its passages and their sentences, mapped into memory."""
        if self._vectors is None:
            raise StoreError(f"generation {self.id} is closed: open it again")
        return self._vectors

    def nearest(self, vector: Vectors, count: int) -> list[tuple[str, float]]:
        """Find the passages nearest to a vector of length one: ids and cosines, best first."""
        cosines = self._in_graph(vector, count)
        if len(self._apart):
            apart = self._apart_rows @ vector
            for nth in np.argsort(-apart, kind="stable")[:count]:
                cosines[int(self._apart[nth])] = float(apart[nth])
        found = [(self.passages[number].id, cosine) for number, cosine in cosines.items()]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:count]

    def _in_graph(self, vector: Vectors, count: int) -> dict[int, float]:
        wanted = count + min(count, self._gone)
        while True:
            found = self._store.nearest(vector, wanted)
            there = [(name, cosine) for name, cosine in found if name in self._numbers]
            if len(there) >= count or len(found) < wanted:
                return {n: cosine for name, cosine in there for n in self._numbers[name]}
            wanted *= 2

    def word_vectors(self) -> WordVectors:
        """The words in its passages and their vectors, mapped into memory.

        There may be more, of passages that are gone.
        """
        return self._words

    def inputs(self) -> Mapping[str, Sequence[int]]:
        """The numbers of passages by the hash of what was embedded for them."""
        return self._numbers

    def rows(self, inputs_hashes: Sequence[str]) -> NDArray[np.float16]:
        """Give the vectors of some passages as a whole: a row for each hash."""
        return self.vectors.passages[[self._numbers[name][0] for name in inputs_hashes]]

    def close(self) -> None:
        """Give back all files and memory. Does nothing the second time."""
        self._vectors = None
        self._store.close()
        rmtree(self.folder, ignore_errors=True)

    def _check(self) -> None:
        manifest = self.manifest
        expected = (manifest.passages, manifest.sentences, manifest.indexed)
        sentences = sum(len(passage.sentences) for passage in self.passages)
        if (len(self.passages), sentences, len(self.held)) != expected:
            raise DamagedError(f"generation {self.id} is not whole: {_WAY_OUT}")
        hashes = {source.id: source.content_hash for source in self._sources.values()}
        if hashes != {source.id: source.content_hash for source in manifest.sources}:
            raise DamagedError(f"generation {self.id} has lost its documents: {_WAY_OUT}")
