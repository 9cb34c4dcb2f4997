"""What a folder of documents gives, whatever lies in it."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

import pytest

from retrieval.changes import Progress, Step
from retrieval.errors import SourcesError
from retrieval.sources import Reading, folder, read_folder


def write(root: Path, name: str, content: str | bytes = "Un testo.\n") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def reasons(reading: Reading) -> dict[str, str]:
    return {file.path: str(file.fault) for file in reading.skipped}


def test_nested_folders_are_read_and_sorted_by_id(tmp_path: Path) -> None:
    write(tmp_path, "b.md")
    write(tmp_path, "a/z.txt")
    write(tmp_path, "a/deep/er.TXT")
    reading = read_folder(tmp_path)
    assert [(source.id, source.path) for source in reading.sources] == [
        ("a/deep/er", "a/deep/er.TXT"),
        ("a/z", "a/z.txt"),
        ("b", "b.md"),
    ]
    assert reading.skipped == ()


def test_an_id_keeps_its_dots_and_becomes_nfc(tmp_path: Path) -> None:
    write(tmp_path, unicodedata.normalize("NFD", "città.v1.2.txt"))
    assert [source.id for source in read_folder(tmp_path).sources] == ["città.v1.2"]


def test_files_that_would_share_an_id_keep_their_suffixes(tmp_path: Path) -> None:
    for name in ("notes.md", "notes.txt", "alone.md", "sub/notes.md"):
        write(tmp_path, name)
    ids = [source.id for source in read_folder(tmp_path).sources]
    assert ids == ["alone", "notes.md", "notes.txt", "sub/notes"]


def test_a_kept_suffix_that_meets_a_third_file_is_no_clash(tmp_path: Path) -> None:
    for name in ("notes.md", "notes.txt", "notes.md.txt"):
        write(tmp_path, name, f"Sono {name}.")
    reading = read_folder(tmp_path)
    assert [source.id for source in reading.sources] == ["notes.md", "notes.md.txt", "notes.txt"]
    assert [source.path for source in reading.sources] == ["notes.md", "notes.md.txt", "notes.txt"]


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS keeps one form of a name only")
def test_names_that_differ_in_encoding_alone_are_not_both_read(tmp_path: Path) -> None:
    for form in ("NFC", "NFD"):
        write(tmp_path, unicodedata.normalize(form, "città.txt"))
    reading = read_folder(tmp_path)
    assert len(reading.sources) == 1
    assert "rename it" in str(reading.skipped[0].fault)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("scan.pdf", b"%PDF-1.7", "not a PDF"),
        ("no-suffix", b"text", "only *.txt, *.md, *.pdf"),
        ("old.doc", b"text", "save it as DOCX"),
        ("latin.txt", "perché\nno".encode("latin-1"), "not UTF-8 (line 1)"),
        ("late.md", b"one\ntwo\n\xff", "not UTF-8 (line 3)"),
        ("wide.txt", "ciao".encode("utf-16"), "UTF-16"),
        ("binary.txt", b"MZ\0\0text", "binary"),
        ("nothing.md", b"", "empty"),
        ("blank.md", b"\xef\xbb\xbf \n\t\r\n", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_costs_nothing_else(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    write(tmp_path, "good.txt")
    write(tmp_path, f"sub/{name}", content)
    reading = read_folder(tmp_path)
    assert [source.id for source in reading.sources] == ["good"]
    assert [file.path for file in reading.skipped] == [f"sub/{name}"]
    assert why in str(reading.skipped[0].fault)


def test_a_huge_file_is_left_out_unread(tmp_path: Path) -> None:
    write(tmp_path, "good.txt")
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(folder.LARGEST_FILE + 1)
    assert "larger than 20 MB" in reasons(read_folder(tmp_path))["huge.txt"]


def test_hidden_files_are_passed_over_in_silence(tmp_path: Path) -> None:
    write(tmp_path, "good.txt")
    write(tmp_path, ".DS_Store", b"\0")
    write(tmp_path, ".git/config.txt")
    reading = read_folder(tmp_path)
    assert [source.id for source in reading.sources] == ["good"]
    assert reading.skipped == ()


@pytest.mark.skipif(os.name == "nt", reason="making links takes privileges there")
def test_links_out_of_the_folder_to_folders_and_to_nothing_are_left_out(tmp_path: Path) -> None:
    root = tmp_path / "sources"
    write(root, "sub/good.txt")
    (root / "out.txt").symlink_to(write(tmp_path, "secret.txt"))
    (root / "round").symlink_to(root, target_is_directory=True)
    (root / "gone.txt").symlink_to(root / "nowhere.txt")
    (root / "itself.txt").symlink_to(root / "itself.txt")
    (root / "inside.txt").symlink_to(root / "sub" / "good.txt")
    os.mkfifo(root / "pipe.txt")
    reading = read_folder(root)
    assert [source.id for source in reading.sources] == ["inside", "sub/good"]
    assert sorted(reasons(reading)) == ["gone.txt", "itself.txt", "out.txt", "pipe.txt", "round"]
    assert "leads out" in reasons(reading)["out.txt"]
    assert "link to a folder" in reasons(reading)["round"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_not_utf8_is_reported_in_words_that_can_be_printed(tmp_path: Path) -> None:
    write(tmp_path, "good.txt")
    (tmp_path / os.fsdecode(b"caff\xe8.txt")).write_text("testo")
    (skipped,) = read_folder(tmp_path).skipped
    assert "rename it" in str(skipped.fault)
    skipped.path.encode()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_file_and_a_folder_without_permission_are_named(tmp_path: Path) -> None:
    write(tmp_path, "good.txt")
    write(tmp_path, "locked.txt").chmod(0)
    write(tmp_path, "shut/a.txt").parent.chmod(0)
    try:
        reading = read_folder(tmp_path)
    finally:
        (tmp_path / "shut").chmod(0o700)
    assert "permission denied" in reasons(reading)["locked.txt"]
    assert "permission denied" in reasons(reading)["shut"]


def test_a_missing_folder_a_file_and_an_empty_folder_say_so_and_the_way_out(
    tmp_path: Path,
) -> None:
    missing = tmp_path / "missing"
    with pytest.raises(SourcesError, match=r"missing does not exist: create it"):
        read_folder(missing)
    with pytest.raises(SourcesError, match="is not a folder"):
        read_folder(write(tmp_path, "file.txt"))
    missing.mkdir()
    with pytest.raises(
        SourcesError, match=r"missing is empty: put \*.txt, .* or \*.xlsx files in it"
    ):
        read_folder(missing)


def test_a_folder_without_one_readable_document_names_the_first_reason(tmp_path: Path) -> None:
    write(tmp_path, "a.pdf")
    write(tmp_path, "b.txt", b"\0")
    with pytest.raises(SourcesError, match=r"a\.pdf.*and 1 more"):
        read_folder(tmp_path)


def test_titles_come_from_the_document_or_else_from_the_file_name(tmp_path: Path) -> None:
    write(tmp_path, "with.md", "# Un titolo\n\nTesto.")
    write(tmp_path, "nato_tokyo-2023-05-03.txt", "Un paragrafo senza titolo.")
    assert {source.id: source.title for source in read_folder(tmp_path).sources} == {
        "with": "Un titolo",
        "nato_tokyo-2023-05-03": "Nato tokyo 2023-05-03",
    }


def test_progress_counts_files_up_to_all_of_them(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    write(tmp_path, "b.pdf")
    seen: list[Progress] = []
    read_folder(tmp_path, seen.append)
    assert seen == [Progress(Step.READING, done, 2) for done in range(3)]
