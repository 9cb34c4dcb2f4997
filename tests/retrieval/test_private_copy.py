"""A folder may be written to by this process alone, and the original stays as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.private_copy import private_copy


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    folder = tmp_path / "store"
    (folder / "index").mkdir(parents=True)
    (folder / "written.db").write_text("rows")
    (folder / "index" / "read.bin").write_text("vectors")
    return folder


def test_what_is_written_is_copied_and_the_rest_is_linked(folder: Path) -> None:
    copy = private_copy(folder, lambda path: path.name == "written.db")
    (copy / "written.db").write_text("more rows")
    assert (folder / "written.db").read_text() == "rows"
    assert (copy / "index" / "read.bin").samefile(folder / "index" / "read.bin")


def test_a_copy_outlives_its_original(folder: Path) -> None:
    copy = private_copy(folder, lambda path: path.name == "written.db")
    for path in (folder / "index" / "read.bin", folder / "written.db"):
        path.unlink()
    assert (copy / "index" / "read.bin").read_text() == "vectors"
    assert (copy / "written.db").read_text() == "rows"


def test_copies_of_processes_that_were_killed_are_removed(folder: Path, tmp_path: Path) -> None:
    """Also of one that had our number, as the first process of a container has each time."""
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    mine = private_copy(folder, lambda _: True)
    killed = mine.with_name(mine.name.replace(f"-{os.getpid()}-", f"-{dead.pid}-"))
    killed_as_ours = mine.with_name(f"{mine.name}x")
    in_another_container = mine.with_name(f"passo-store-{dead.pid}-0123abcd-x")
    for path in (killed, killed_as_ours, in_another_container):
        path.mkdir()
    another = private_copy(folder, lambda _: True)
    assert set((tmp_path / "temporary").iterdir()) == {mine, another, in_another_container}


def test_nothing_is_left_of_a_copy_that_fails(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        private_copy(folder / "gone", lambda _: True)
    assert list((tmp_path / "temporary").iterdir()) == []
