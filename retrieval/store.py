"""Vectors in Chroma, searched by meaning. The only module that knows it.

One folder holds one store, of one collection, ``passages``: vectors, each under a name. Names are
hashes of the texts that were embedded (see :mod:`retrieval.entry`), so that a passage which moves
needs no change here, and one that is met twice is here once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from shutil import disk_usage, rmtree
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import StoreError
from retrieval.faults import Fault
from retrieval.private_copy import private_copy

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

Vectors = NDArray[np.float32]

_DATABASE = "chroma.sqlite3"
_BATCH = 5_000  # rows; Chroma takes up to 5,461 at once
_NEIGHBOURS = 10  # what is among so many neighbours of its own vector is reachable
_QUERIES = 500  # at a time
_SAME = 1e-5  # the distance of vectors that differ in rounding alone

# Chroma keeps one system a folder for the whole process, and does not guard the count of its users.
_systems = Lock()


class Store:
    """The vectors of one generation's passages. Thread-safe for reading.

    Make one with :meth:`create` or :meth:`open`. A store is written once, by whoever created it,
    and only read after that. Whatever Chroma has to complain about is a
    :class:`~retrieval.errors.StoreError`.
    """

    def __init__(
        self,
        folder: Path,
        client: Any,
        passages: Collection,
        copy: Path | None = None,
    ) -> None:
        self._folder = folder
        self._copy = copy
        self._client = client
        self._passages = passages
        self._size: int | None = None  # counted once: a question shouldn't have to

    @classmethod
    def create(cls, folder: Path, rows: int, *, neighbours: int = 32, effort: int = 200) -> Self:
        """Make an empty store in a new folder, for exactly so many vectors.

        ``neighbours`` and ``effort`` are the links of each vector in the graph and the candidates
        looked at to find them, here and in a search: more miss less and take longer.
        """
        folder.mkdir(parents=True)
        with _told(folder), _connected(folder) as client:
            return cls(
                folder,
                client,
                client.create_collection(
                    "passages",
                    embedding_function=None,
                    metadata={"rows": rows},
                    configuration={"hnsw": _hnsw(rows, neighbours, effort)},
                ),
            )

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open a store for reading, which changes not a byte of it.

        Chroma notes every opening in its database, so it gets a private copy of that.
        """
        # Chroma would make a new, empty database where there is none.
        if not (folder / _DATABASE).is_file():
            raise StoreError(f"there is no Chroma database in {folder}: {_WAY_OUT}")
        with _told(folder):
            copy = private_copy(folder, lambda path: path.name.startswith(_DATABASE))
            try:
                with _connected(copy) as client:
                    passages = client.get_collection("passages", embedding_function=None)
                    return cls(folder, client, passages, copy)
            except BaseException:
                rmtree(copy, ignore_errors=True)
                raise

    def add(self, names: Sequence[str], vectors: Vectors) -> None:
        """Write vectors, a row for each name. All names are different."""
        self._size = None
        with self._told():
            for part in _parts(range(len(names))):
                _write(self._passages, ids=list(names[part]), embeddings=list(vectors[part]))

    def count(self) -> int:
        """How many vectors there are."""
        with self._told():
            return int(self._passages.count())

    def names(self) -> frozenset[str]:
        """All names."""
        found: list[str] = []
        with self._told():
            # Asked for more than 32,766 at once, Chroma runs into a limit of SQLite's.
            for part in _parts(range(self.count())):
                found += self._passages.get(
                    limit=part.stop - part.start, offset=part.start, include=[]
                )["ids"]
        return frozenset(found)

    def nearest(self, vector: Vectors, count: int) -> list[tuple[str, float]]:
        """Find what is nearest to a vector: names and cosines, best first.

        The search is approximate: see :meth:`unreachable`.
        """
        with self._told():
            if self._size is None:
                self._size = self._passages.count()
            count = min(count, self._size)
            if count < 1:
                return []
            found: Any = self._passages.query(
                query_embeddings=vector[np.newaxis], n_results=count, include=["distances"]
            )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(name, 1.0 - float(distance)) for name, distance in pairs]

    def unreachable(
        self, names: Sequence[str], vectors: NDArray[np.floating[Any]]
    ) -> tuple[str, ...]:
        """Tell which names a search does not find even by their own vector (a row each).

        The graph that Chroma searches may leave a few points without a way to them, without any
        error. One for which only equal ones are found counts as found.
        """
        missing: list[str] = []
        with self._told():
            count = min(_NEIGHBOURS, self.count())
            for start in range(0, len(names), _QUERIES):
                part = slice(start, start + _QUERIES)
                near: Any = self._passages.query(
                    query_embeddings=vectors[part].astype(np.float32),
                    n_results=count,
                    include=["distances"],
                )
                answers = zip(names[part], near["ids"], near["distances"], strict=True)
                missing.extend(
                    name
                    for name, found, distances in answers
                    if name not in found
                    and (len(found) < count or max(distances, default=1.0) > _SAME)
                )
        return tuple(missing)

    def close(self) -> None:
        """Give back all files and memory. Does nothing the second time."""
        client, self._client = self._client, None
        if client:
            with _told(self._folder), _systems:
                client.close()
            if self._copy:
                rmtree(self._copy, ignore_errors=True)
            else:
                _compact(self._folder / _DATABASE)

    @contextmanager
    def _told(self) -> Iterator[None]:
        if not self._client:
            raise StoreError(f"the store in {self._folder} is closed: open it again")
        with _told(self._folder):
            yield


_LEAST = 1_000_000  # bytes left, below which whatever fails does so for want of room
_WAY_OUT = "run `python -m retrieval index` to build the store anew"


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Let nothing out but our own errors: Chroma raises all kinds, undocumented ones too."""
    try:
        yield
    except StoreError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:300] or type(error).__name__
        english = f"the store in {folder} failed: {reason}"
        if "disk is full" in reason or _has_no_room(folder):
            english += ": there is no room left on its disk: make some"
            raise StoreError(Fault("disk-full", english)) from error
        raise StoreError(f"{english}: {_WAY_OUT}") from error


def _has_no_room(folder: Path) -> bool:
    """Tell whether a disk is full, of which Chroma tells in words of its own, if at all."""
    with suppress(OSError):
        return disk_usage(folder).free < _LEAST
    return False


@contextmanager
def _connected(folder: Path) -> Iterator[Any]:
    """Connect, and stay so unless the block fails."""
    import chromadb
    from chromadb.config import Settings

    # Left alone, Chroma takes settings from the .env of the working directory, which is ours.
    options: dict[str, Any] = {"_env_file": None, "anonymized_telemetry": False}
    with _systems:
        client: Any = chromadb.PersistentClient(folder, Settings(**options))
    try:
        yield client
    except BaseException:
        with _systems:
            client.close()
        raise


def _hnsw(count: int, neighbours: int, effort: int) -> Any:
    """Settings that put the index on disk exactly when the last of ``count`` vectors is there.

    Chroma flushes at multiples of ``sync_threshold`` (2 at the least) and works out the rest from
    its log whenever it is opened: slower, and it writes then.
    """
    return {
        "space": "cosine",
        "max_neighbors": neighbours,
        "ef_construction": effort,
        "ef_search": effort,
        "sync_threshold": max(count, 2),
        "batch_size": max(min(count, 100), 2),
    }


def _compact(database: Path) -> None:
    """Free the room that vectors had before they went into the index: a third of the file."""
    # What can't be made smaller is no worse for it.
    with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as connection:
        connection.execute("VACUUM")


def _write(collection: Collection, **rows: Any) -> None:
    collection.add(**rows)
    # A lone row does not reach the smallest threshold; written twice, it does.
    if collection.metadata["rows"] == 1:
        collection.upsert(**rows)


def _parts(rows: range) -> Iterator[slice]:
    for start in range(0, len(rows), _BATCH):
        yield slice(start, start + _BATCH)
