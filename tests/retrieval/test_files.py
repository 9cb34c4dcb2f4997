"""Files are known by their content."""

from __future__ import annotations

import hashlib
from pathlib import Path

from retrieval.files import hash_file, hash_files, sync


def test_a_file_is_named_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100_000)
    assert hash_file(tmp_path / "a") == hashlib.sha256(b"x" * 100_000).hexdigest()


def test_all_files_of_a_folder_are_hashed(tmp_path: Path) -> None:
    (tmp_path / "chroma" / "index").mkdir(parents=True)
    for name in ("words.npy", "chroma/chroma.sqlite3", "chroma/index/data.bin"):
        (tmp_path / name).write_text(name)
    names = ["chroma/chroma.sqlite3", "chroma/index/data.bin", "words.npy"]
    assert list(hash_files(tmp_path)) == names


def test_files_and_folders_can_be_made_durable(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("text")
    sync(tmp_path / "a")
    sync(tmp_path)
    assert (tmp_path / "a").read_text() == "text"
