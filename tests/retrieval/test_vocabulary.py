"""Words have meanings, kept from one generation to the next."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval.errors import StoreError
from retrieval.vocabulary import (
    VECTORS,
    WORDS,
    WordVectors,
    embed_words,
    read_words,
    words_with_meaning,
    write_words,
)
from tests.retrieval.embedders import HashEmbedder


def test_neither_grammar_nor_figures_nor_crumbs_have_a_meaning() -> None:
    found = words_with_meaning(["Nel 2023 la NATO ha 31 membri", "e il G7 no"])
    assert found == {"membri": "membri", "nato": "nato"}


def test_a_word_is_embedded_as_it_is_written_accents_and_all() -> None:
    assert words_with_meaning(["Città CITTÀ citta"]) == {"citta": "città"}


def test_only_new_words_are_embedded() -> None:
    embedder = HashEmbedder()
    known = embed_words({"roma": "Roma", "torino": "torino"}, WordVectors(), embedder)
    embedder.texts.clear()
    vectors = embed_words({"milano": "Milano", "roma": "roma"}, known, embedder)
    assert embedder.texts == ["Milano"]
    assert vectors.words == ("milano", "roma")
    np.testing.assert_array_equal(vectors.rows[1], known.rows[0])
    np.testing.assert_allclose(vectors.rows[0], HashEmbedder().encode(["Milano"])[0], atol=1e-3)


def test_words_that_are_gone_are_forgotten() -> None:
    known = embed_words({"roma": "roma"}, WordVectors(), HashEmbedder())
    assert embed_words({}, known, HashEmbedder()).words == ()


@pytest.mark.parametrize("words", [{}, {"città": "città", "日本語": "日本語", "ﾞ": "ﾞ"}])
def test_what_is_kept_is_read_back(tmp_path: Path, words: dict[str, str]) -> None:
    vectors = embed_words(words, WordVectors(), HashEmbedder())
    write_words(tmp_path, vectors)
    kept = read_words(tmp_path)
    assert kept.words == vectors.words
    np.testing.assert_array_equal(kept.rows, vectors.rows)


@pytest.mark.parametrize("name", [WORDS, VECTORS])
@pytest.mark.parametrize("damage", ["missing", "empty", "garbled", "cut"])
def test_a_damaged_file_is_named(tmp_path: Path, name: str, damage: str) -> None:
    write_words(tmp_path, embed_words({"roma": "roma"}, WordVectors(), HashEmbedder()))
    file = tmp_path / name
    if damage == "missing":
        file.unlink()
    else:
        whole = file.read_bytes()
        file.write_bytes({"empty": b"", "garbled": b"x" * 99, "cut": whole[:-4]}[damage])
    with pytest.raises(StoreError, match=name):
        read_words(tmp_path)
