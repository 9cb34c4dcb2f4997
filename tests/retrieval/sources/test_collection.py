"""Documents are put in their place and taken away, whole, and never outside of the folder."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import SourceError
from retrieval.sources.collection import Collection, Replaced, check_document_path
from retrieval.sources.folder import LARGEST_FILE


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_document_is_put_where_its_path_says(tmp_path: Path) -> None:
    collection = Collection(tmp_path)
    assert collection.add("verbali/Riunione di maggio.md", b"Uno") == Replaced(
        "verbali/Riunione di maggio.md", None
    )
    assert files(tmp_path) == {"verbali/Riunione di maggio.md": b"Uno"}


def test_the_same_place_is_replaced_never_doubled(tmp_path: Path) -> None:
    collection = Collection(tmp_path)
    collection.add("a.md", b"Uno")
    assert collection.add(" a.md ", b"Due") == Replaced("a.md", b"Uno")
    assert files(tmp_path) == {"a.md": b"Due"}


def test_a_name_with_accents_written_apart_is_the_same_name(tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", "perché.md")
    (tmp_path / apart).write_bytes(b"Uno")
    collection = Collection(tmp_path)
    assert collection.read("perché.md") == b"Uno"
    assert collection.read("perche.md") is None
    assert collection.add("perché.md", b"Due").data == b"Uno"
    assert [data for _, data in files(tmp_path).items()] == [b"Due"]
    removed = collection.remove(apart)
    assert files(tmp_path) == {}
    collection.restore(removed)
    assert [data for _, data in files(tmp_path).items()] == [b"Due"]


def test_what_there_is_can_be_listed(tmp_path: Path) -> None:
    collection = Collection(tmp_path / "sources")
    assert collection.paths() == ()
    for path in ("b.md", "a/c.txt"):
        collection.add(path, b"Uno")
    (tmp_path / "sources" / ".hidden").write_text("x")
    assert collection.paths() == ("a/c.txt", "b.md")


def test_what_was_done_can_be_undone(tmp_path: Path) -> None:
    collection = Collection(tmp_path)
    added = collection.add("sub/a.md", b"Uno")
    changed = collection.add("sub/a.md", b"Due")
    collection.restore(changed)
    assert files(tmp_path) == {"sub/a.md": b"Uno"}
    removed = collection.remove("sub/a.md")
    assert files(tmp_path) == {}
    collection.restore(removed)
    assert files(tmp_path) == {"sub/a.md": b"Uno"}
    collection.restore(added)
    assert list(tmp_path.iterdir()) == []


def test_what_was_replaced_on_trial_outlives_a_crash(tmp_path: Path) -> None:
    first = Collection(tmp_path)
    first.add("sub/a.md", b"Uno")
    first.add("sub/a.md", b"Due", on_trial=True)
    assert first.paths() == ("sub/a.md",)
    again = Collection(tmp_path)
    added = again.add("sub/a.md", b"Due", on_trial=True)
    assert added == Replaced("sub/a.md", b"Uno")
    again.restore(added)
    assert files(tmp_path) == {"sub/a.md": b"Uno"}


def test_once_it_is_decided_nothing_is_left_of_a_trial(tmp_path: Path) -> None:
    collection = Collection(tmp_path)
    collection.add("sub/a.md", b"Uno")
    collection.keep(collection.add("sub/a.md", b"Due", on_trial=True))
    assert files(tmp_path) == {"sub/a.md": b"Due"}
    assert collection.add("sub/a.md", b"Due", on_trial=True).data == b"Due"
    assert collection.add("sub/a.md", b"Tre", on_trial=True).data == b"Due", "not what was kept"
    collection.remove("sub/a.md")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_else_stays(tmp_path: Path) -> None:
    collection = Collection(tmp_path)
    for name in ("sub/a.md", "sub/b.md"):
        collection.add(name, b"Uno")
    collection.remove("sub/a.md")
    assert files(tmp_path) == {"sub/b.md": b"Uno"}


@pytest.mark.parametrize(
    "path",
    [
        "", "/", "/etc/passwd.md", "../a.md", "a/../../b.md", "a//b.md", "./a.md", ".a.md",
        "a/.hidden/b.md", "C:\\a.md", "a\\b.md", "a\0.md", "a\n.md", "a.md/", "a.md ./b.md",
        "x" * 300 + ".md", "a\u202e.md", "con?.md",
    ],
)  # fmt: skip
def test_no_path_leads_astray(tmp_path: Path, path: str) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    with pytest.raises(SourceError, match="can't be a document's name"):
        Collection(sources).add(path, b"Uno")
    assert files(tmp_path) == {}


def test_only_kinds_that_are_read_are_taken(tmp_path: Path) -> None:
    for name in ("a.exe", "a", "md"):
        with pytest.raises(SourceError, match=r"of no kind that is read.*\.md"):
            Collection(tmp_path).add(name, b"Uno")


def test_nothing_and_too_much_are_refused(tmp_path: Path) -> None:
    for data, reason in ((b"", "empty"), (b"x" * (LARGEST_FILE + 1), "larger than 20 MB")):
        with pytest.raises(SourceError, match=reason):
            Collection(tmp_path).add("a.md", data)
    assert files(tmp_path) == {}


def test_what_is_not_there_cannot_be_removed(tmp_path: Path) -> None:
    (tmp_path / "sub.md").mkdir()
    for name, reason in (("a.md", "no document a.md"), ("sub.md", "is a folder")):
        with pytest.raises(SourceError, match=reason):
            Collection(tmp_path).remove(name)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside, sources = tmp_path / "outside", tmp_path / "sources"
    outside.mkdir()
    sources.mkdir()
    (sources / "away").symlink_to(outside)
    (sources / "file.md").symlink_to(outside / "file.md")
    for name in ("away/a.md", "file.md"):
        with pytest.raises(SourceError, match="leads out"):
            Collection(sources).add(name, b"Uno")
    assert files(outside) == {}


def test_a_disk_that_refuses_is_named_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"Uno")
    with pytest.raises(SourceError, match=r"a\.md/b\.md cannot be written"):
        Collection(tmp_path).add("a.md/b.md", b"Due")
    assert files(tmp_path) == {"a.md": b"Uno"}


@given(st.text(max_size=40))
def test_whatever_is_checked_stays_below(text: str) -> None:
    try:
        name = check_document_path(f"{text}.md")
    except SourceError:
        return
    parts = Path(name).parts
    assert not Path(name).is_absolute()
    assert ".." not in parts
    assert not any(part.startswith(".") for part in parts)
    assert check_document_path(name) == name
