"""Words have meanings, kept from one generation to the next."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval.errors import StoreError
from retrieval.vocabulary import FILE, embed_words, read_words, words_with_meaning, write_words
from tests.retrieval.embedders import HashEmbedder


def test_neither_grammar_nor_figures_nor_crumbs_have_a_meaning() -> None:
    found = words_with_meaning(["Nel 2023 la NATO ha 31 membri", "e il G7 no"])
    assert found == {"membri": "membri", "nato": "nato"}


def test_a_word_is_embedded_as_it_is_written_accents_and_all() -> None:
    assert words_with_meaning(["Città CITTÀ citta"]) == {"citta": "città"}


def test_only_new_words_are_embedded() -> None:
    embedder = HashEmbedder()
    known = {"roma": np.ones(32, dtype=np.float32)}
    vectors = embed_words({"milano": "Milano", "roma": "roma"}, known, embedder)
    assert embedder.texts == ["Milano"]
    assert list(vectors) == ["milano", "roma"]
    assert vectors["roma"] is known["roma"]


def test_words_that_are_gone_are_forgotten() -> None:
    known = {"roma": np.ones(32, dtype=np.float32)}
    assert embed_words({}, known, HashEmbedder()) == {}


@pytest.mark.parametrize("words", [{}, {"città": "città", "日本語": "日本語", "ﾞ": "ﾞ"}])
def test_what_is_kept_is_read_back(tmp_path: Path, words: dict[str, str]) -> None:
    vectors = embed_words(words, {}, HashEmbedder())
    write_words(tmp_path, vectors)
    kept = read_words(tmp_path)
    assert list(kept) == list(vectors)
    for word, vector in vectors.items():
        np.testing.assert_allclose(kept[word], vector, atol=1e-3)
        assert kept[word].dtype == np.float32


@pytest.mark.parametrize("damage", ["missing", "empty", "garbled", "cut"])
def test_a_damaged_file_is_named(tmp_path: Path, damage: str) -> None:
    write_words(tmp_path, embed_words({"roma": "roma"}, {}, HashEmbedder()))
    file = tmp_path / FILE
    if damage == "missing":
        file.unlink()
    else:
        whole = file.read_bytes()
        file.write_bytes({"empty": b"", "garbled": b"x" * 99, "cut": whole[:-40]}[damage])
    with pytest.raises(StoreError, match=FILE):
        read_words(tmp_path)
