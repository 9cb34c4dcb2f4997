"""What a store keeps of a passage is all of it."""

from __future__ import annotations

from hypothesis import given

from retrieval.chunking import chunk
from retrieval.entry import Entry, entry_of, metadata_of
from tests.retrieval.texts import source_of, texts


@given(texts)
def test_an_entry_is_read_back_as_it_was(text: str) -> None:
    for passage in chunk(source_of(text)):
        entry = Entry(passage, "hash")
        assert entry_of(passage.text, metadata_of(entry)) == entry


def test_nothing_but_texts_and_numbers_is_kept() -> None:
    [passage] = chunk(source_of("# Roma\n\nUno. Due."))
    assert {type(value) for value in metadata_of(Entry(passage, "hash")).values()} == {str, int}
