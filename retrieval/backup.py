"""A store in one file: documents, the live generation, questions, and what the web gave.

The archive is a ZIP whose first member lists all others with their sizes and hashes. Nothing is
taken from one that isn't exactly as its list says. What is taken is complete on the disk, beside
the store, before anything is replaced; from then on it is carried through, after a crash by
whoever writes to the store next.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from retrieval.errors import BackupError
from retrieval.files import hash_file, sync, write_whole
from retrieval.generations import Generations
from retrieval.naming import ID, made_at
from retrieval.probe import probe

LIST = "backup.json"
KEPT = ("sources", "questions.jsonl", "fetched", "freshness.json")
"""What goes into it from a store, besides the live generation, as far as it is there."""

_FORMAT = 1
_LONGEST_LIST = 100_000_000  # bytes
_ROOM = 50_000_000  # bytes that are left free
_PIECE = 1 << 20
_FORBIDDEN = frozenset("\\:\0")  # in no name, lest it mean something else on another system
_UNREADABLE = (
    *(OSError, EOFError, ValueError, RuntimeError, NotImplementedError),
    *(BadZipFile, zlib.error),
)
"""What Python has to say of an archive that is damaged, or none."""
_STAGE = ".importing"
_READY = "ready"


def export(store: Path, file: Path) -> int:
    """Write a store to a new file; returns its size in bytes. The caller holds the store's lock.

    Raises:
        BackupError: there is nothing to write, or what could not be put back; a document changes
            meanwhile; the file is there already, or the disk refuses.
        StoreError: the live generation is damaged.
    """
    generations = Generations(store)
    current = generations.current()
    if not current:
        raise BackupError(f"there is no generation in {store}: run `python -m retrieval index`")
    generations.verify(current)
    paths = {
        name: path
        for kept in (*KEPT, f"generations/{current}")
        for name, path in _files(store / kept, kept)
    }
    if bad := next((name for name in paths if not _is_safe(ZipInfo(name), current)), None):
        raise BackupError(f"{bad!a} is a name that can't be put back: rename it")
    listed = {
        name: {"size": path.stat().st_size, "hash": hash_file(path)} for name, path in paths.items()
    }
    text = json.dumps({"format": _FORMAT, "generation": current, "files": listed})
    temporary = file.with_name(f".{file.name}.tmp")
    if file.exists():
        raise BackupError(f"{file} is there already: name another file")
    try:
        with ZipFile(temporary, "w", ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(LIST, text)
            for name, path in paths.items():
                _pack(archive, name, path, str(listed[name]["hash"]))
        sync(temporary)
        temporary.replace(file)
    except OSError as error:
        raise BackupError(f"{file} can't be written: {error}") from None
    finally:
        temporary.unlink(missing_ok=True)
    return file.stat().st_size


def restore(store: Path, file: Path) -> str:
    """Put what an archive holds in the place of a store; returns the generation that answers.

    The caller holds the store's lock.

    Raises:
        BackupError: the archive isn't one, or not as its list says, or there is no room.
        StoreError: its generation is damaged.
    """
    stage = store / _STAGE
    shutil.rmtree(stage, ignore_errors=True)
    try:
        try:
            with ZipFile(file) as archive:
                generation, files = _listed(archive, file)
                room = shutil.disk_usage(store).free - _ROOM
                if sum(size for size, _ in files.values()) > room:
                    raise BackupError(f"{file} holds more than there is room for in {store}")
                for name, (size, expected) in files.items():
                    _unpack(archive, name, stage / "new" / name, size, expected)
        except _UNREADABLE as error:
            # An OSError's own text names the file once more.
            why = getattr(error, "strerror", None) or error
            raise BackupError(f"{file} can't be read: {why}") from None
        Generations(stage / "new").verify(generation)
        probe(stage / "new", generation)
        for path in (stage / "new").rglob("*"):
            sync(path)
        parts = [name for name in KEPT if (stage / "new" / name).exists()]
        ready = {"generation": generation, "parts": [*parts, f"generations/{generation}"]}
        write_whole(stage / _READY, json.dumps(ready))
    except BaseException:
        if not (stage / _READY).exists():
            shutil.rmtree(stage, ignore_errors=True)
        raise
    recover(store)
    return generation


def recover(store: Path) -> None:
    """Carry through an import that was cut short once it was complete, or drop it. Cheap.

    The caller holds the store's lock.
    """
    stage = store / _STAGE
    if not stage.exists():
        return
    if (stage / _READY).is_file():
        values = json.loads((stage / _READY).read_text("utf-8"))
        names = (*KEPT, f"generations/{values['generation']}")
        try:
            for name in names:
                if name in KEPT or (stage / "new" / name).exists():
                    _exchange(stage, store / name, name, comes=name in values["parts"])
            Generations(store).swap(values["generation"])
        except OSError as error:
            # Such as a folder that is a disk of its own. Left there, it would hinder all that is
            # ever written to the store.
            for name in names:
                _give_back(stage, store / name, name, came=name in values["parts"])
            (stage / _READY).unlink()
            shutil.rmtree(stage, ignore_errors=True)
            raise BackupError(f"{store} can't be replaced, and is as it was: {error}") from None
        # First what says that there is something to carry through.
        (stage / _READY).unlink()
    shutil.rmtree(stage, ignore_errors=True)


def _exchange(stage: Path, place: Path, name: str, *, comes: bool) -> None:
    """Put a part in its place, and the one before aside. After a crash, again does no harm."""
    new, old = stage / "new" / name, stage / "old" / name
    if comes and not new.exists():
        return  # it is in its place already
    if place.exists() and not old.exists():
        old.parent.mkdir(parents=True, exist_ok=True)
        place.rename(old)
    if comes:
        place.parent.mkdir(parents=True, exist_ok=True)
        new.rename(place)
        sync(place.parent)


def _give_back(stage: Path, place: Path, name: str, *, came: bool) -> None:
    """Undo an exchange, as far as it went."""
    new, old = stage / "new" / name, stage / "old" / name
    if came and place.exists() and not new.exists():
        place.rename(new)
    if old.exists():
        old.rename(place)


def _listed(archive: ZipFile, file: Path) -> tuple[str, dict[str, tuple[int, str]]]:
    """Read the list of an archive, and hold its members against it, but for what is in them."""
    members = archive.infolist()
    if not members or members[0].filename != LIST or members[0].file_size > _LONGEST_LIST:
        raise BackupError(f"{file} is no backup: it doesn't begin with {LIST}")
    try:
        values = json.loads(archive.read(members[0]))
        if values["format"] != _FORMAT:
            raise BackupError(f"{file} has format {values['format']}, not {_FORMAT}")
        generation = str(values["generation"])
        if not ID.fullmatch(generation):
            raise BackupError(f"{file} names no generation")
        made_at(generation)  # or the next one could not be named after it
        files = {
            str(name): (int(one["size"]), str(one["hash"])) for name, one in values["files"].items()
        }
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupError(f"{file} has a garbled list: {error!r}") from None
    if sorted(files) != sorted(member.filename for member in members[1:]):
        raise BackupError(f"{file} doesn't hold what its list says")
    for member in members[1:]:
        size = files[member.filename][0]
        if not _is_safe(member, generation) or member.file_size != size or size < 0:
            raise BackupError(f"{file}: {member.filename!r} can't be taken from it")
    return generation, files


def _is_safe(member: ZipInfo, generation: str) -> bool:
    name = member.filename
    parts = PurePosixPath(name).parts
    kind = (member.external_attr >> 16) & 0o170000
    plain = name == "/".join(parts) and not {"..", "", "."} & set(parts)
    if not plain or _FORBIDDEN & set(name) or not _is_text(name) or kind not in (0, 0o100000):
        return False
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return False
    ours = parts[:2] == ("generations", generation) and len(parts) > 2
    return ours or (parts[0] in KEPT and (len(parts) > 1) == (parts[0] in ("sources", "fetched")))


def _is_text(name: str) -> bool:
    """Whether a name is one in UTF-8: a file's may be any bytes."""
    return name == name.encode("utf-8", "replace").decode()


def _pack(archive: ZipFile, name: str, path: Path, expected: str) -> None:
    """Write a file into an archive, if it is as its list says: people may be at work meanwhile."""
    found = hashlib.sha256()
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
        while piece := source.read(_PIECE):
            found.update(piece)
            target.write(piece)
    if found.hexdigest() != expected:
        raise BackupError(f"{name} has changed meanwhile: try again")


def _unpack(archive: ZipFile, name: str, target: Path, size: int, expected: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    found, left = hashlib.sha256(), size
    with archive.open(name) as source, target.open("xb") as file:
        while piece := source.read(min(_PIECE, left + 1)):
            left -= len(piece)
            if left < 0:
                raise BackupError(f"{name} is larger than the list says")
            found.update(piece)
            file.write(piece)
    if left or found.hexdigest() != expected:
        raise BackupError(f"{name} is not as the list says")


def _files(path: Path, name: str) -> Iterator[tuple[str, Path]]:
    """All files at or below a path, with their names in an archive; none by way of a link below."""
    if path.is_file():
        yield name, path
    elif path.is_dir():
        for entry in sorted(path.iterdir()):
            if not entry.is_symlink():
                yield from _files(entry, f"{name}/{entry.name}")
