"""A backup brings all of it back; what isn't exactly as it was written changes nothing."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from retrieval.backup import LIST, export, recover, restore
from retrieval.errors import BackupError, DamagedError
from retrieval.files import hash_file
from retrieval.generations import Generations
from retrieval.probe import probe
from retrieval.reload import reload
from retrieval.settings import Settings
from tests.retrieval.embedders import HashEmbedder
from tests.retrieval.libraries import ask_about_both, written
from tests.retrieval.reloads import assert_as_from_scratch


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of two documents with their questions, and of a page from the web."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "store").mkdir()
    settings = written(folder / "store")
    ask_about_both(settings)
    reload(settings, HashEmbedder())
    (settings.store / "fetched").mkdir(exist_ok=True)
    (settings.store / "fetched" / "page.json").write_text("{}", "utf-8")
    assert export(settings.store, folder / "backup.zip") > 0
    return folder / "backup.zip"


@pytest.fixture
def other(tmp_path: Path) -> Settings:
    """Another store, with something else in it."""
    settings = Settings(tmp_path / "sources", tmp_path)
    settings.sources.mkdir()
    (settings.sources / "altro.txt").write_text("Un altro documento, del tutto diverso.\n", "utf-8")
    reload(settings, HashEmbedder())
    return settings


def state(store: Path) -> dict[str, bytes]:
    return {
        path.relative_to(store).as_posix(): path.read_bytes()
        for path in store.rglob("*")
        if path.is_file() and "writer.lock" not in path.name
    }


def test_all_of_it_comes_back(kept: Path, other: Settings) -> None:
    name = restore(other.store, kept)
    assert Generations(other.store).current() == name
    assert sorted(path.name for path in other.sources.iterdir()) == ["roma.txt", "torino.md"]
    assert other.questions.is_file()
    assert (other.store / "fetched" / "page.json").is_file()
    assert not (other.store / ".importing").exists()
    assert_as_from_scratch(other)
    assert not reload(other, HashEmbedder()).swapped, "nothing has changed"


def test_it_comes_back_where_there_was_nothing(kept: Path, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "new" / "sources", tmp_path / "new")
    settings.store.mkdir()
    restore(settings.store, kept)
    assert_as_from_scratch(settings)


def test_what_is_there_is_not_written_over(kept: Path, other: Settings) -> None:
    with pytest.raises(BackupError, match="is there already"):
        export(other.store, kept)
    shutil.rmtree(other.store / "generations")
    (other.store / "current").unlink()
    with pytest.raises(BackupError, match="retrieval index"):
        export(other.store, kept.with_name("new.zip"))


def test_a_damaged_generation_is_not_kept(other: Settings, tmp_path: Path) -> None:
    name = Generations(other.store).current() or ""
    (other.store / "generations" / name / "words.npy").write_bytes(b"")
    with pytest.raises(DamagedError, match=r"words\.npy"):
        export(other.store, tmp_path / "new.zip")
    assert not list(tmp_path.glob("*.zip"))


def rewritten(kept: Path, target: Path, **changes: bytes | None) -> Path:
    """The backup with members put in, changed or (``None``) taken out; the list stays as it was."""
    with ZipFile(kept) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = changes.pop(member.filename, old.read(member))
            if data is not None:
                new.writestr(member.filename, data)
        for name, data in changes.items():
            new.writestr(name, data or b"")
    return target


def relisted(kept: Path, target: Path, name: str, data: bytes, mode: int = 0) -> Path:
    """The backup with one more member, that stands in its list."""
    with ZipFile(kept) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        values = json.loads(old.read(LIST))
        values["files"][name] = {"size": len(data), "hash": hashlib.sha256(data).hexdigest()}
        new.writestr(LIST, json.dumps(values))
        for member in old.infolist()[1:]:
            new.writestr(member.filename, old.read(member))
        info = ZipInfo(name)
        info.compress_type = ZIP_DEFLATED
        info.external_attr = mode << 16
        new.writestr(info, data)
    return target


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("../outside.txt", 0),
        ("/etc/outside.txt", 0),
        ("sources/../../outside.txt", 0),
        ("sources\\outside.txt", 0),
        ("sources/C:outside.txt", 0),
        ("sources//outside.txt", 0),
        ("sources/link", 0o120777),
        ("sources", 0),
        ("questions.jsonl/outside", 0),
        ("current", 0),
        ("generations/20200101T000000000000Z-abcdef/manifest.json", 0),
    ],
)
def test_no_path_leads_anywhere_else(
    kept: Path, other: Settings, tmp_path: Path, name: str, mode: int
) -> None:
    hostile = relisted(kept, tmp_path / "hostile.zip", name, b"x", mode)
    before = state(other.store)
    with pytest.raises(BackupError):
        restore(other.store, hostile)
    assert state(other.store) == before


def middle_of_the_largest(archive: Path) -> int:
    """Where the content of an archive's largest file is: a bit of a header may mean nothing."""
    with ZipFile(archive) as file:
        largest = max(file.infolist(), key=lambda member: member.compress_size)
    header = archive.read_bytes()[largest.header_offset :][:30]
    names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    return largest.header_offset + 30 + names + largest.compress_size // 2


def test_what_is_not_as_the_list_says_changes_nothing(
    kept: Path, other: Settings, tmp_path: Path
) -> None:
    before = state(other.store)
    whole = kept.read_bytes()
    flipped = bytearray(whole)
    flipped[middle_of_the_largest(kept)] ^= 1
    bad = [
        b"",
        b"no archive",
        whole[: len(whole) // 2],
        bytes(flipped),
        rewritten(kept, tmp_path / "z", **{"sources/roma.txt": b"Altro"}).read_bytes(),
        rewritten(kept, tmp_path / "z", **{"sources/roma.txt": None}).read_bytes(),
        rewritten(kept, tmp_path / "z", **{"sources/nuovo.txt": b"Nuovo"}).read_bytes(),
        rewritten(kept, tmp_path / "z", **{LIST: b"{}"}).read_bytes(),
        rewritten(kept, tmp_path / "z", **{LIST: None}).read_bytes(),
    ]
    (tmp_path / "z").unlink()
    for number, data in enumerate(bad):
        file = tmp_path / "elsewhere.zip"
        file.write_bytes(data)
        with pytest.raises(BackupError):
            restore(other.store, file)
        file.unlink()
        assert state(other.store) == before, number


def test_a_bomb_is_refused_by_its_list(
    kept: Path, other: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = relisted(kept, tmp_path / "bomb.zip", "sources/bomb.txt", b"\0" * 50_000_000)
    assert bomb.stat().st_size < 2_000_000
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=80_000_000))
    with pytest.raises(BackupError, match="more than there is room for"):
        restore(other.store, bomb)


class CrashedError(BaseException):
    """The end of the process."""


@pytest.mark.parametrize("moment", range(9))
def test_a_crash_at_any_moment_leaves_the_old_or_the_new_state(
    kept: Path, other: Settings, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    before = state(other.store)
    left = moment
    rename = Path.rename

    def crash(path: Path, target: Path) -> Path:
        nonlocal left
        if ".importing" in f"{path}{target}":
            if left == 0:
                raise CrashedError
            left -= 1
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr("retrieval.backup.probe", lambda *_: None)  # takes a process each
        patch.setattr(Path, "rename", crash)
        try:
            restore(other.store, kept)
        except CrashedError:
            pass
        else:
            assert moment > 5
    recover(other.store)
    now = state(other.store)
    if now != before:
        assert sorted(path.name for path in other.sources.iterdir()) == ["roma.txt", "torino.md"]
        assert other.questions.is_file()
        assert_as_from_scratch(other)


def test_what_was_not_complete_is_dropped(other: Settings) -> None:
    before = state(other.store)
    (other.store / ".importing" / "new" / "sources").mkdir(parents=True)
    (other.store / ".importing" / "new" / "sources" / "half.txt").write_text("Mezzo")
    recover(other.store)
    assert state(other.store) == before


def test_a_generation_that_ends_a_process_ends_another_than_ours(other: Settings) -> None:
    name = Generations(other.store).current() or ""
    probe(other.store, name)
    (other.store / "generations" / name / "vectors.npy").write_bytes(b"")
    with pytest.raises(DamagedError, match="can't be searched"):
        probe(other.store, name)


def test_a_generation_that_searches_for_ever_is_given_up(
    other: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.probe._SECONDS", 0.01)
    with pytest.raises(DamagedError, match="within"):
        probe(other.store, Generations(other.store).current() or "")


def test_a_file_that_is_not_there_is_named_once(other: Settings, tmp_path: Path) -> None:
    with pytest.raises(BackupError) as refused:
        restore(other.store, tmp_path / "nowhere.zip")
    assert str(refused.value).count("nowhere.zip") == 1


def test_damage_that_no_list_tells_of_is_refused_in_words(
    kept: Path, other: Settings, tmp_path: Path
) -> None:
    before = state(other.store)
    data = bytearray(kept.read_bytes())
    with ZipFile(kept) as archive:
        header = archive.getinfo("sources/roma.txt").header_offset
    names = int.from_bytes(data[header + 26 :][:2], "little")
    extra = int.from_bytes(data[header + 28 :][:2], "little")
    data[header + 30 + names + extra] |= 0b110  # a kind of block that there is not
    (tmp_path / "damaged.zip").write_bytes(data)
    with pytest.raises(BackupError, match="can't be read"):
        restore(other.store, tmp_path / "damaged.zip")
    (tmp_path / "damaged.zip").unlink()
    assert state(other.store) == before


def test_a_backup_names_a_generation(kept: Path, other: Settings, tmp_path: Path) -> None:
    with ZipFile(kept) as archive:
        values = json.loads(archive.read(LIST))
    for name in ("", "..", "/etc", f"{values['generation']}/..", "current"):
        values["generation"] = name
        hostile = rewritten(kept, tmp_path / "z", **{LIST: json.dumps(values).encode()})
        with pytest.raises(BackupError, match="names no generation"):
            restore(other.store, hostile)
    values["generation"] = "99999999T999999999999Z-012345"  # no time, and none comes after it
    hostile = rewritten(kept, tmp_path / "z", **{LIST: json.dumps(values).encode()})
    with pytest.raises(BackupError, match="garbled list"):
        restore(other.store, hostile)


def test_where_the_old_can_not_give_way_nothing_is_replaced(
    kept: Path, other: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder may be a disk of its own, and the disk be full at the very end."""
    before = state(other.store)
    rename = Path.rename

    def busy(path: Path, target: Path) -> Path:
        if path == other.sources:
            raise OSError(errno.EBUSY, "Device or resource busy")
        return rename(path, target)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for what, name, fails in ((Path, "rename", busy), (Generations, "swap", full)):
        with monkeypatch.context() as patch:
            patch.setattr("retrieval.backup.probe", lambda *_: None)  # takes a process each
            patch.setattr(what, name, fails)
            with pytest.raises(BackupError, match="is as it was"):
                restore(other.store, kept)
        assert state(other.store) == before
    assert not reload(other, HashEmbedder()).swapped, "and it can be written to again"


def test_documents_elsewhere_and_from_before_1980_are_kept(
    other: Settings, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "documents"
    other.sources.rename(elsewhere)
    other.sources.symlink_to(elsewhere)
    os.utime(elsewhere / "altro.txt", (0, 0))
    (elsewhere / "linked.txt").symlink_to("/etc/hostname")
    export(other.store, tmp_path / "new.zip")
    with ZipFile(tmp_path / "new.zip") as archive:
        names = [name for name in archive.namelist() if name.startswith("sources/")]
    assert names == ["sources/altro.txt"]


@pytest.mark.parametrize("name", [b"Verbale: 12 maggio.txt", b"a\\b.txt", b"caff\xe9.txt"])
def test_a_name_that_could_not_be_put_back_is_said_at_once(
    other: Settings, tmp_path: Path, name: bytes
) -> None:
    (other.sources / os.fsdecode(name)).write_text("Un documento.", "utf-8")
    with pytest.raises(BackupError, match="rename it"):
        export(other.store, tmp_path / "new.zip")
    assert not list(tmp_path.glob("*.zip"))


def test_a_document_that_changes_meanwhile_makes_no_backup_that_can_not_be_put_back(
    other: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def noted_just_before(path: Path) -> str:
        found = hash_file(path)
        if path.name == "altro.txt":
            path.write_text("Un altro ancora.\n", "utf-8")
        return found

    monkeypatch.setattr("retrieval.backup.hash_file", noted_just_before)
    with pytest.raises(BackupError, match=r"altro\.txt has changed meanwhile"):
        export(other.store, tmp_path / "new.zip")
    assert not list(tmp_path.glob("*.zip*"))
