"""The versions of a store: each built beside the others, one of them current.

::

    <store>/
    ├── current                   the id of the generation that answers
    ├── held_back                 the id of one that gave way to an earlier one
    ├── writer.lock               held by whoever builds
    └── generations/
        ├── <id>/                 never written after the pointer names it
        │   ├── manifest.json
        │   ├── sources.jsonl     the documents as they were read
        │   ├── passages.jsonl    where their passages begin and end
        │   ├── vectors.npy       what passages and sentences mean
        │   ├── words.json, .npy  and what their words do
        │   └── chroma/           which passages mean about the same
        └── .<id>.tmp/            one being built
"""

from __future__ import annotations

import errno
import json
import shutil
import tempfile
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from retrieval.entry import read_entries
from retrieval.errors import DamagedError, StoreError
from retrieval.faults import unwritable
from retrieval.files import hash_file, sync
from retrieval.garbage import uncollected
from retrieval.generation import CHROMA, Generation
from retrieval.manifest import Manifest
from retrieval.naming import ID, made_at, name_at
from retrieval.private_copy import private_copy
from retrieval.store import Store
from retrieval.types import Source
from retrieval.vocabulary import read_words

MANIFEST = "manifest.json"
SOURCES = "sources.jsonl"

_WAY_OUT = "run `python -m retrieval index` to build a new one"


class Generations:
    """The generations in the folder ``store``. Reading needs no lock; writing does."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.folder = store / "generations"
        self._pointer = store / "current"
        self._held_back = store / "held_back"

    def current(self) -> str | None:
        """The id of the generation that answers, ``None`` where there is none yet. Cheap.

        Raises:
            DamagedError: the pointer is garbled.
        """
        try:
            name = self._pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise DamagedError(f"{self._pointer} cannot be read ({error}): {_WAY_OUT}") from None
        if not ID.fullmatch(name):
            raise DamagedError(f"{self._pointer} does not name a generation: {_WAY_OUT}")
        return name

    def previous(self) -> str | None:
        """The id of the generation before the current one, kept to go back to."""
        current = self.current()
        return self._before(current) if current else None

    def _before(self, current: str, damaged: Collection[str] = ()) -> str | None:
        before = (name for name in self._ids() if name < current and name not in damaged)
        return max(before, default=None)

    def answering(self) -> list[str]:
        """The current generation, then those before it, the newest first.

        Where the pointer doesn't say which is current, all there are: any is better than none.
        """
        names = sorted(self._ids(), reverse=True)
        with suppress(DamagedError):
            current = self.current()
            if current is None:
                return []
            if current in names:
                return names[names.index(current) :]
        return names

    def manifest(self, generation: str) -> Manifest:
        """Read a manifest; the other files aren't looked at.

        Raises:
            DamagedError: the generation is missing, or its manifest damaged.
            StoreError: it is of another format.
        """
        return _manifest(self.folder / generation, generation)

    def verify(self, generation: str) -> None:
        """Hold every file of a generation against its manifest. Needs no Chroma.

        Raises:
            DamagedError: one is missing or damaged.
            StoreError: it is of another format.
        """
        folder = self.folder / generation
        _verify(folder, _manifest(folder, generation))

    def is_whole(self, generation: str) -> bool:
        """Tell whether every file of a generation is as it was built."""
        try:
            self.verify(generation)
        except StoreError:
            return False
        return True

    def open(self, generation: str) -> Generation:
        """Open a generation for reading: a copy of it, so that what is checked is what is read.

        Raises:
            DamagedError: it is missing, damaged or not whole.
            StoreError: it is of another format, or there is no room for the copy.
        """
        folder = self.folder / generation
        if not folder.is_dir():
            raise DamagedError(f"generation {generation} is missing: {_WAY_OUT}")
        try:
            copy = private_copy(folder, lambda _: True)
        except OSError as error:
            raise _unreadable(generation, error) from None
        try:
            manifest = _manifest(copy, generation)
            _verify(copy, manifest)
            with uncollected():
                sources = _read_sources(copy / SOURCES)
                entries = read_entries(copy, {source.id: source for source in sources})
            words = read_words(copy)
            store = Store.open(copy / CHROMA)
            try:
                return Generation(
                    manifest, copy, sources=sources, entries=entries, words=words, store=store
                )
            except BaseException:
                store.close()
                raise
        except BaseException:
            shutil.rmtree(copy, ignore_errors=True)
            raise

    def open_current(self) -> Generation | None:
        """Open the generation that answers, ``None`` where there is none yet.

        Raises:
            DamagedError: it is missing, damaged or not whole, or the pointer is garbled.
            StoreError: it is of another format, or there is no room for a copy.
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
            last = made_at(max(ids))
            now = max(now, last + timedelta(microseconds=1))
        return name_at(now)

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
        if self.held_back() is None:
            self._held_back.unlink(missing_ok=True)

    def hold_back(self, generation: str) -> None:
        """Keep a generation that gives way to the one before it, until the next swap."""
        self._held_back.write_text(f"{generation}\n", encoding="utf-8")

    def held_back(self) -> str | None:
        """The id of the generation that gave way to the current one, ``None`` for none."""
        try:
            name = self._held_back.read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return None
        return name if name in self._ids() and name > (self.current() or name) else None

    def tidy(self, damaged: Collection[str] = ()) -> None:
        """Remove all but the current generation and the one before it that isn't ``damaged``.

        What a crash left goes too: half-built generations, and whole ones that never answered.
        """
        keep = set(self._ids())
        # Without a pointer there is no telling which of them will be missed.
        with suppress(StoreError):
            if current := self.current():
                other = self.held_back() or self._before(current, damaged)
                keep = {current, other or current}
        for path in self.folder.glob("*"):
            name = path.name.removeprefix(".").removesuffix(".tmp")
            if ID.fullmatch(name) and path.name not in keep:
                # Where an open file cannot be removed, the next one to tidy up succeeds.
                shutil.rmtree(path, ignore_errors=True)

    def _ids(self) -> list[str]:
        return [path.name for path in self.folder.glob("*") if ID.fullmatch(path.name)]


def write_sources(folder: Path, sources: Iterable[Source]) -> None:
    """Keep the documents as they were read, in the folder of a generation being built."""
    with (folder / SOURCES).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{json.dumps(asdict(source))}\n" for source in sources)


def _read_sources(path: Path) -> list[Source]:
    try:
        with path.open(encoding="utf-8") as lines:
            return [_source(json.loads(line)) for line in lines]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DamagedError(f"{path} is garbled ({error}): {_WAY_OUT}") from None


def _source(values: Mapping[str, Any]) -> Source:
    return Source(**{**values, "pages": tuple(values["pages"]), "also": ()})


def _manifest(folder: Path, generation: str) -> Manifest:
    try:
        manifest = Manifest.from_json((folder / MANIFEST).read_text(encoding="utf-8"))
    except StoreError as error:
        raise type(error)(f"generation {generation}: {error}: {_WAY_OUT}") from None
    except (OSError, ValueError) as error:
        raise _unreadable(generation, error) from None
    if manifest.id != generation:
        raise DamagedError(f"generation {generation} is damaged ({MANIFEST}): {_WAY_OUT}")
    return manifest


def _verify(folder: Path, manifest: Manifest) -> None:
    for name, expected in manifest.files.items():
        try:
            found = hash_file(folder / name)
        except OSError as error:
            raise _unreadable(manifest.id, error) from None
        if found != expected:
            raise DamagedError(f"generation {manifest.id} is damaged ({name}): {_WAY_OUT}")


def _unreadable(generation: str, error: Exception) -> StoreError:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        room = f"there is no room in {tempfile.gettempdir()} for a copy of generation {generation}"
        return StoreError(unwritable(error, f"{room}: make some"))
    return DamagedError(f"generation {generation} is damaged: {error}: {_WAY_OUT}")
