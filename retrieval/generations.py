"""The versions of a store: each built beside the others, one of them current.

::

    <store>/
    ├── current                   the id of the generation that answers
    ├── writer.lock               held by whoever builds
    └── generations/
        ├── <id>/                 never written after the pointer names it
        │   ├── manifest.json
        │   ├── sources.jsonl     the documents as they were read
        │   ├── vectors.npy       what their passages and sentences mean
        │   ├── words.json, .npy  and what their words do
        │   └── chroma/
        └── .<id>.tmp/            one being built
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.errors import StoreError
from retrieval.files import hash_file, sync
from retrieval.manifest import Manifest
from retrieval.store import Store, Vectors
from retrieval.types import Passage, Source, SourceSummary
from retrieval.vectors import PassageVectors, read_vectors, widen
from retrieval.vocabulary import WordVectors, read_words

MANIFEST = "manifest.json"
SOURCES = "sources.jsonl"
CHROMA = "chroma"

_ID = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{6}")
_TIME = "%Y%m%dT%H%M%S%fZ"
_WAY_OUT = "run `python -m retrieval index` to build a new one"


class Generation:
    """One version of the sources, open for reading. Immutable and thread-safe.

    Open one with :meth:`Generations.open`; close it to give its files back.
    """

    def __init__(
        self,
        manifest: Manifest,
        sources: Iterable[Source],
        words: WordVectors,
        folder: Path,
        store: Store,
    ) -> None:
        self.manifest = manifest
        self._words = words
        entries = store.entries()
        self.passages: tuple[Passage, ...] = tuple(entry.passage for entry in entries)
        self._inputs = {entry.inputs_hash: number for number, entry in enumerate(entries)}
        self._sources = {source.id: source for source in sources}
        self._store = store
        self._check()
        self._vectors: PassageVectors | None = read_vectors(folder, self.passages)
        strays = set(manifest.strays)
        self._strays = [n for n, passage in enumerate(self.passages) if passage.id in strays]
        self._stray_rows = widen(self._vectors.passages[self._strays])

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
        found = dict(self._store.nearest(vector, count))
        if self._strays:
            cosines = self._stray_rows @ vector
            for nth in np.argsort(-cosines, kind="stable")[:count]:
                found[self.passages[self._strays[nth]].id] = float(cosines[nth])
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:count]

    def word_vectors(self) -> WordVectors:
        """The words in its passages and their vectors, mapped into memory."""
        return self._words

    def inputs(self) -> Mapping[str, int]:
        """The numbers of passages by the hash of what was embedded for them; of equal ones, one."""
        return self._inputs

    def close(self) -> None:
        """Give back all files and memory. Does nothing the second time."""
        self._vectors = None
        self._store.close()

    def _check(self) -> None:
        manifest = self.manifest
        expected = (manifest.passages, manifest.sentences)
        held = (len(self.passages), sum(len(passage.sentences) for passage in self.passages))
        if (self._store.count(), held) != (manifest.passages, expected):
            raise StoreError(f"generation {self.id} is not whole: {_WAY_OUT}")
        hashes = {source.id: source.content_hash for source in self._sources.values()}
        if hashes != {source.id: source.content_hash for source in manifest.sources}:
            raise StoreError(f"generation {self.id} has lost its documents: {_WAY_OUT}")
        for passage in self.passages:
            source = self._sources.get(passage.source)
            if not source or source.text[passage.start : passage.end] != passage.text:
                raise StoreError(f"passage {passage.id} is not in its document: {_WAY_OUT}")


class Generations:
    """The generations in the folder ``store``. Reading needs no lock; writing does."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.folder = store / "generations"
        self._pointer = store / "current"

    def current(self) -> str | None:
        """The id of the generation that answers, ``None`` where there is none yet. Cheap.

        Raises:
            StoreError: the pointer is garbled.
        """
        try:
            name = self._pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise StoreError(f"{self._pointer} cannot be read ({error}): {_WAY_OUT}") from None
        if not _ID.fullmatch(name):
            raise StoreError(f"{self._pointer} does not name a generation: {_WAY_OUT}")
        return name

    def previous(self) -> str | None:
        """The id of the generation before the current one, kept to go back to."""
        current = self.current()
        return max((name for name in self._ids() if current and name < current), default=None)

    def manifest(self, generation: str) -> Manifest:
        """Read a manifest, after a check that every file is as it was built. Needs no Chroma.

        Raises:
            StoreError: the generation is missing or damaged.
        """
        folder = self.folder / generation
        try:
            manifest = Manifest.from_json((folder / MANIFEST).read_text(encoding="utf-8"))
            files = {name: hash_file(folder / name) for name in manifest.files}
        except StoreError as error:
            raise StoreError(f"generation {generation}: {error}: {_WAY_OUT}") from None
        except (OSError, ValueError) as error:
            raise StoreError(f"generation {generation} is damaged: {error}: {_WAY_OUT}") from None
        if (generation, files) != (manifest.id, manifest.files):
            raise StoreError(f"generation {generation} is damaged: {_WAY_OUT}")
        return manifest

    def open(self, generation: str) -> Generation:
        """Open a generation for reading.

        Raises:
            StoreError: it is missing, damaged or not whole.
        """
        manifest = self.manifest(generation)
        folder = self.folder / generation
        sources = _read_sources(folder / SOURCES)
        words = read_words(folder)
        store = Store.open(folder / CHROMA)
        try:
            return Generation(manifest, sources, words, folder, store)
        except BaseException:
            store.close()
            raise

    def open_current(self) -> Generation | None:
        """Open the generation that answers, ``None`` where there is none yet.

        Raises:
            StoreError: it is missing, damaged or not whole, or the pointer is garbled.
        """
        while name := self.current():
            try:
                return self.open(name)
            except StoreError:
                # Two swaps by another process take a generation away under its reader.
                if self.current() == name:
                    raise
        return None

    def new_id(self) -> str:
        """Name the next generation: by the time, and after all others even if the clock is not."""
        now = datetime.now(UTC)
        if ids := self._ids():
            last = datetime.strptime(max(ids).partition("-")[0], _TIME).replace(tzinfo=UTC)
            now = max(now, last + timedelta(microseconds=1))
        return f"{now.strftime(_TIME)}-{secrets.token_hex(3)}"

    def building(self, generation: str) -> Path:
        """Where a generation is built."""
        return self.folder / f".{generation}.tmp"

    def finish(self, manifest: Manifest) -> None:
        """Complete what was built, make it durable and give it its name. It is not current yet."""
        folder = self.building(manifest.id)
        (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
        for path in (*folder.rglob("*"), folder):
            sync(path)
        folder.rename(self.folder / manifest.id)
        sync(self.folder)

    def swap(self, generation: str) -> None:
        """Let a finished generation answer from now on: at once, or not at all."""
        temporary = self.store / ".current.tmp"
        temporary.write_text(f"{generation}\n", encoding="utf-8")
        sync(temporary)
        temporary.replace(self._pointer)
        sync(self.store)

    def tidy(self) -> None:
        """Remove all but the current generation and the one before it.

        What a crash left goes too: half-built generations, and whole ones that never answered.
        """
        keep = set(self._ids())
        # Without a pointer there is no telling which of them will be missed.
        with suppress(StoreError):
            if current := self.current():
                keep = {current, self.previous() or current}
        for path in self.folder.glob("*"):
            name = path.name.removeprefix(".").removesuffix(".tmp")
            if _ID.fullmatch(name) and path.name not in keep:
                # Where an open file cannot be removed, the next one to tidy up succeeds.
                shutil.rmtree(path, ignore_errors=True)

    def _ids(self) -> list[str]:
        return [path.name for path in self.folder.glob("*") if _ID.fullmatch(path.name)]


def write_sources(folder: Path, sources: Iterable[Source]) -> None:
    """Keep the documents as they were read, in the folder of a generation being built."""
    with (folder / SOURCES).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{json.dumps(asdict(source))}\n" for source in sources)


def _read_sources(path: Path) -> list[Source]:
    try:
        with path.open(encoding="utf-8") as lines:
            return [_source(json.loads(line)) for line in lines]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(f"{path} is garbled ({error}): {_WAY_OUT}") from None


def _source(values: Mapping[str, Any]) -> Source:
    return Source(**{**values, "pages": tuple(values["pages"])})
