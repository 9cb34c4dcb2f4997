"""The folder of documents as others fill it: a document is put in its place, or taken away.

Nothing is indexed by it; that is what a reload does.
"""

from __future__ import annotations

import os
import secrets
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from retrieval.errors import SourceError
from retrieval.faults import Fault, reason_of, unwritable
from retrieval.files import sync
from retrieval.sources.folder import LARGEST_FILE
from retrieval.sources.kinds import ALL, READERS

LONGEST_NAME = 200
"""In bytes, of each part of a path: what every file system takes, with room for a suffix."""

_FORBIDDEN = frozenset('<>:"|?*\\')  # in no name on Windows, and never needed


@dataclass(frozen=True, slots=True)
class Replaced:
    """What stood at a path before it was written or removed: ``data``, ``None`` for nothing."""

    path: str
    data: bytes | None


class Collection:
    """The documents in ``folder``, by their paths below it. Thread-safe; every method blocks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self._folder

    def add(self, path: str, data: bytes, *, on_trial: bool = False) -> Replaced:
        """Put a document at ``path`` (relative, with ``/``), in the place of one that is there.

        It is whole or not there at all, also after a crash. Give the result to :meth:`restore`
        to undo it. One ``on_trial`` leaves what it replaces on the disk until :meth:`restore` or
        :meth:`keep`, so that adding it once more after a crash, it can still be undone.

        Raises:
            SourceError: the path leads out of the folder, or isn't a document's; or the document
                is empty or too large; or the disk refuses. The message names it.
        """
        name = self._as_written(check_document_path(path))
        if not data:
            raise SourceError(Fault("empty", f"{name} is empty: write something in it"))
        if len(data) > LARGEST_FILE:
            limit = LARGEST_FILE // 1_000_000
            english = f"{name} is larger than {limit} MB: split it into smaller files"
            raise SourceError(Fault("too-large", english, megabytes=limit))
        return self._exchange(name, data, on_trial=on_trial)

    def keep(self, replaced: Replaced) -> None:
        """Let a document that was added on trial stay."""
        with suppress(OSError):  # then it lies there unseen, until the next one is added
            _before(self._inside(replaced.path)).unlink(missing_ok=True)

    def remove(self, path: str) -> Replaced:
        """Take the document at ``path`` away. Give the result to :meth:`restore` to undo it.

        Raises:
            SourceError: there is none, or the disk refuses.
        """
        name = self._as_written(check_document_path(path))
        if not self._inside(name).is_file():
            english = f"there is no document {name}: look at the list of documents"
            raise SourceError(Fault("no-document", english, name=name))
        return self._exchange(name, None)

    def read(self, path: str) -> bytes | None:
        """The document whose place one would take that is put at ``path``; ``None`` for none.

        Raises:
            SourceError: the path leads out of the folder, or isn't a document's.
            OSError: the disk refuses.
        """
        target = self._inside(self._as_written(check_document_path(path)))
        return target.read_bytes() if target.is_file() else None

    def paths(self) -> tuple[str, ...]:
        """All files that could be documents, by their paths."""
        found = self._folder.rglob("*")
        names = (path.relative_to(self._folder) for path in found if path.is_file())
        shown = (name for name in names if not any(part.startswith(".") for part in name.parts))
        return tuple(sorted(name.as_posix() for name in shown))

    def restore(self, replaced: Replaced) -> None:
        """Undo what :meth:`add` or :meth:`remove` did.

        Raises:
            SourceError: the disk refuses.
        """
        self._exchange(replaced.path, replaced.data)
        self.keep(replaced)

    def _exchange(self, name: str, data: bytes | None, *, on_trial: bool = False) -> Replaced:
        target = self._inside(name)
        try:
            before = target.read_bytes() if target.is_file() else None
            if data is None:
                target.unlink(missing_ok=True)
                _before(target).unlink(missing_ok=True)
                self._tidy(target.parent)
                return Replaced(name, before)
            target.parent.mkdir(parents=True, exist_ok=True)
            if on_trial and before == data and _before(target).is_file():
                before = _before(target).read_bytes()  # a crash came before anybody had decided
            elif on_trial and before is not None:
                _write(_before(target), before)
            _write(target, data)
        except OSError as error:
            english = f"{name} cannot be written: {reason_of(error)}"
            raise SourceError(unwritable(error, english)) from None
        return Replaced(name, before)

    def _inside(self, name: str) -> Path:
        """Where a document lies; not behind a link that leads out of the folder."""
        root = Path(os.path.realpath(self._folder))
        target = root / name
        if not Path(os.path.realpath(target)).is_relative_to(root):
            english = f"{name} leads out of the documents' folder: choose another name"
            raise SourceError(Fault("name-leads-out", english))
        if target.is_dir():
            raise SourceError(Fault("name-is-folder", f"{name} is a folder: choose another name"))
        return target

    def _as_written(self, name: str) -> str:
        """A document's path as its file has it: some systems write accents apart."""
        if (self._folder / name).exists():
            return name
        same = (path for path in self.paths() if unicodedata.normalize("NFC", path) == name)
        return next(same, name)

    def _tidy(self, folder: Path) -> None:
        """Remove folders that hold nothing any more, but not the one of all documents."""
        root = Path(os.path.realpath(self._folder))
        while folder != root and folder.is_relative_to(root):
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


def _before(target: Path) -> Path:
    """Where that lies which a document on trial has replaced."""
    # A name with a dot in front is no document, should a crash leave it behind.
    return target.with_name(f".{target.name}.before")


def _write(target: Path, data: bytes) -> None:
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        temporary.write_bytes(data)
        sync(temporary)
        temporary.replace(target)
        sync(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def check_document_path(path: str) -> str:
    """A document's path below the folder, in one way of writing it.

    Raises:
        SourceError: it could be no document's, here or on another system.
    """
    name = unicodedata.normalize("NFC", path.strip())
    parts = name.split("/")
    if not all(map(_is_name, parts)):
        english = (
            f"{path[:LONGEST_NAME]!r} can't be a document's name: write letters, digits, spaces, "
            "hyphens and dots, with / between folders"
        )
        raise SourceError(Fault("name", english))
    if PurePosixPath(name).suffix.lower() not in READERS:
        english = f"{name} is of no kind that is read: its name should end in {', '.join(READERS)}"
        raise SourceError(Fault("kind", english, kinds=ALL))
    return name


def _is_name(part: str) -> bool:
    return (
        bool(part)
        and not part.startswith(".")
        and part == part.strip()
        and not part.endswith(".")
        and part.isprintable()
        and not _FORBIDDEN & set(part)
        and len(part.encode("utf-8", "replace")) <= LONGEST_NAME
    )
