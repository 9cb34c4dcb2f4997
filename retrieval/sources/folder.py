"""A folder of documents. What cannot be read is named, and costs nothing else."""

from __future__ import annotations

import errno
import os
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Protocol

from retrieval.changes import OnProgress, Progress, Skipped, Step
from retrieval.errors import SourcesError
from retrieval.faults import Fault, FaultError, reason_of, unreadable
from retrieval.sources import kinds
from retrieval.sources.apart import Apart
from retrieval.sources.document import Document, title_from_name
from retrieval.types import Source

LARGEST_FILE = 20_000_000
"""In bytes; a larger file is skipped."""


class Reader(Protocol):
    """Takes files apart: see :class:`~retrieval.sources.apart.Apart`."""

    def read(self, suffix: str, data: bytes) -> Document:
        """Read the bytes of a file; raises ``FaultError`` with the reason and the way out."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is to index: ``sources`` by id, and what was left out by path.

    ``stale`` are links that fail and keep the text they last had; ``seen`` says when sources of
    links were last there, by id: UTC, in ISO 8601.
    """

    sources: tuple[Source, ...]
    skipped: tuple[Skipped, ...]
    stale: tuple[Skipped, ...] = ()
    seen: Mapping[str, str] = field(default_factory=dict)


def read_folder(
    folder: Path,
    on_progress: OnProgress | None = None,
    *,
    may_be_empty: bool = False,
    reader: Reader | None = None,
) -> Reading:
    """Read all documents of a folder and of the folders in it.

    Names that begin with a dot, and files of links (``*.links``), are passed over in silence. A
    source's id is its path below ``folder`` without the suffix, as NFC and with ``/``; where two
    files would share one, both keep the suffix. ``reader`` takes apart what isn't plain text;
    without one, a worker does, each time.

    Raises:
        SourcesError: the folder is missing or unreadable, or not one document can be read; or a
            document vanished between listing and reading.
    """
    root, paths, skipped = _list(folder)
    documents: list[tuple[str, Document]] = []
    with Apart() as apart:
        reader = reader or apart  # which starts nothing before it is asked
        for number, path in enumerate(paths):
            if on_progress:
                on_progress(Progress(Step.READING, number, len(paths)))
            name = path.relative_to(root).as_posix()
            try:
                documents.append((name, _read(path, root, reader)))
            except (ValueError, OSError) as error:
                if _is_gone(path, error):
                    # Documents on a disk that drops out must not count as removed.
                    english = (
                        f"{_printable(name)} has vanished while the documents were read: "
                        f"check that {folder} is whole and try again"
                    )
                    raise SourcesError(Fault("vanished", english, name=_printable(name))) from None
                skipped.append(Skipped(_printable(name), unreadable(error)))
    if on_progress:
        on_progress(Progress(Step.READING, len(paths), len(paths)))
    sources = _name(documents, skipped)
    skipped.sort(key=lambda file: file.path)
    if not sources and not may_be_empty:
        raise SourcesError(_nothing_in(folder, skipped))
    return Reading(tuple(sources), tuple(skipped))


def _is_gone(path: Path, error: Exception) -> bool:
    if isinstance(error, OSError) and error.errno in (errno.EIO, errno.ESTALE, errno.ENOTCONN):
        return True
    return not os.path.lexists(path)


def _list(folder: Path) -> tuple[Path, list[Path], list[Skipped]]:
    """Find all files that could be documents, in the order of their names."""
    try:
        root = folder.resolve(strict=True)
        os.scandir(root).close()
    except FileNotFoundError:
        english = f"the sources folder {folder} does not exist: create it and put documents in it"
        raise SourcesError(Fault("no-folder", english)) from None
    except NotADirectoryError:
        english = f"{folder} is not a folder: name the folder of documents"
        raise SourcesError(Fault("no-folder", english)) from None
    except (OSError, RuntimeError) as error:
        english = (
            f"the sources folder {folder} cannot be read: {reason_of(error)}; "
            "check its permissions and that its disk is there"
        )
        raise SourcesError(Fault("unreadable-folder", english)) from None
    skipped: list[Skipped] = []
    return root, sorted(_walk(root, root, skipped)), skipped


def _walk(folder: Path, root: Path, skipped: list[Skipped]) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        name = folder.relative_to(root).as_posix()
        fault = Fault("unreadable", f"the folder cannot be read: {reason_of(error)}")
        skipped.append(Skipped(_printable(name), fault))
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.lower().endswith(".links"):
            continue
        path = folder / entry.name
        if not _is_folder(entry):
            yield path
        elif entry.is_symlink():
            # Following it could lead out of the folder, or round in circles.
            fault = Fault("linked-folder", "it is a link to a folder: put the folder itself here")
            skipped.append(Skipped(_printable(path.relative_to(root).as_posix()), fault))
        else:
            yield from _walk(path, root, skipped)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself, for one
        return False


def _read(path: Path, root: Path, reader: Reader) -> Document:
    suffix = path.suffix.lower()
    if suffix not in kinds.READERS:
        raise FaultError(kinds.unread(suffix))
    if _printable(str(path)) != str(path):
        raise FaultError(Fault("file-name", "its name is not UTF-8: rename it"))
    # Unlike Path.resolve, realpath does not give up at a link that leads to itself.
    if not Path(os.path.realpath(path)).is_relative_to(root):
        english = "it is a link that leads out of the sources folder: copy the file here"
        raise FaultError(Fault("leads-out", english))
    if not path.is_file():
        english = "it is not a regular file, or a link to nothing: remove it"
        raise FaultError(Fault("not-regular", english))
    if path.stat().st_size > LARGEST_FILE:
        limit = LARGEST_FILE // 1_000_000
        english = f"it is larger than {limit} MB: split it into smaller files"
        raise FaultError(Fault("too-large", english, megabytes=limit))
    data = path.read_bytes()
    return kinds.read(suffix, data) if suffix in kinds.PLAIN else reader.read(suffix, data)


def _name(documents: list[tuple[str, Document]], skipped: list[Skipped]) -> list[Source]:
    """Give each document its id and title."""
    whole = [unicodedata.normalize("NFC", name) for name, _ in documents]
    ids = [str(PurePosixPath(name).with_suffix("")) for name in whole]
    # Keeping a suffix may meet a third name: notes.md next to notes.md.txt.
    while shared := {name for name, count in Counter(ids).items() if count > 1}:
        kept = [full if name in shared else name for name, full in zip(ids, whole, strict=True)]
        if kept == ids:
            break
        ids = kept
    sources: dict[str, Source] = {}
    for source_id, (path, document) in zip(ids, documents, strict=True):
        if source_id in sources:
            other = sources[source_id].path
            english = f"its name is the same as that of {other}, but for its encoding: rename it"
            skipped.append(Skipped(path, Fault("same-name", english, other=other)))
            continue
        title = document.title or title_from_name(PurePosixPath(path).stem)
        sources[source_id] = Source(
            id=source_id,
            path=path,
            title=title,
            text=document.text,
            origin=document.origin,
            date=document.date,
            author=document.author,
            link=document.link,
            pages=document.pages,
            kind=document.kind or PurePosixPath(path).suffix[1:].lower(),
        )
    return [sources[source_id] for source_id in sorted(sources)]


def _nothing_in(folder: Path, skipped: list[Skipped]) -> Fault:
    if not skipped:
        english = f"the sources folder {folder} is empty: put {kinds.listed('or')} files in it"
        return Fault("no-documents", english, kinds=kinds.ALL)
    first = skipped[0]
    others = f" (and {len(skipped) - 1} more)" if len(skipped) > 1 else ""
    english = (
        f"no document in {folder} can be read: {first.path}: {first.fault}{others}; "
        f"put {kinds.listed('or')} files in it"
    )
    return Fault("none-readable", english, name=first.path, cause=first.fault)


def _printable(name: str) -> str:
    """Undecodable bytes of a file's name cannot be printed, nor stored."""
    return name.encode("utf-8", "replace").decode("utf-8")
