"""What is kept of a passage is all of it, together with its document."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given

from retrieval.chunking import chunk
from retrieval.entry import FILE, Entry, in_order, read_entries, write_entries
from retrieval.errors import DamagedError
from tests.retrieval.texts import source_of, texts


@given(texts)
def test_passages_are_read_back_as_they_were(text: str) -> None:
    source = source_of(text)
    entries = in_order(Entry(passage, "hash") for passage in chunk(source))
    with TemporaryDirectory() as folder:
        write_entries(Path(folder), entries)
        assert read_entries(Path(folder), {source.id: source}) == entries


def test_words_are_kept_once_in_their_document(tmp_path: Path) -> None:
    write_entries(tmp_path, [Entry(p, "hash") for p in chunk(source_of("Roma è grande."))])
    assert "grande" not in (tmp_path / FILE).read_text("utf-8")


@pytest.mark.parametrize("content", [None, "{", '["s", 0]', '["nobody", 0, 4, [0, 4], "", 1, "h"]'])
def test_a_garbled_file_is_named(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_text(content, "utf-8")
    source = source_of("Roma è grande.")
    with pytest.raises(DamagedError, match=FILE):
        read_entries(tmp_path, {source.id: source})
