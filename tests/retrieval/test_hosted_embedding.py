"""Vectors from a server do what local ones do, and an error says which setting to look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from retrieval.background import reload_in_child
from retrieval.embedding import LocalEmbedder, open_embedder
from retrieval.errors import ModelError, StoreError
from retrieval.generations import Generations
from retrieval.hosted_embedding import OpenAIEmbedder
from retrieval.library import Library
from retrieval.ranking import Ranker
from retrieval.secret import Secret
from retrieval.settings import ModelSettings, Settings
from tests.model_server import ModelServer, serving_in_thread
from tests.retrieval.embedders import HashEmbedder


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serving_in_thread() as server:
        yield server


@pytest.fixture
def embedder(server: ModelServer) -> Iterator[OpenAIEmbedder]:
    embedder = OpenAIEmbedder(ModelSettings(url=server.url, embeds=True))
    yield embedder
    embedder.close()


def test_the_settings_choose_the_embedder(server: ModelServer) -> None:
    assert isinstance(open_embedder(ModelSettings(key=Secret("k"))), LocalEmbedder)
    hosted = open_embedder(ModelSettings(url=server.url, embeds=True))
    assert isinstance(hosted, OpenAIEmbedder)
    assert server.calls == 0


def test_each_text_has_its_row_of_length_one(server: ModelServer, embedder: OpenAIEmbedder) -> None:
    rows = embedder.encode(["uno", "due"])
    assert rows == pytest.approx(HashEmbedder().encode(["uno", "due"]), abs=1e-6)
    assert rows.dtype == np.float32
    assert embedder.dimensions == rows.shape[1]
    [request] = server.requests
    assert request.path == "/v1/embeddings"
    assert request.body["input"] == ["uno", "due"]  # words, not the numbers of a tokeniser
    assert embedder.encode([]).shape == (0, embedder.dimensions)
    assert server.calls == 1


def test_many_texts_go_in_several_requests(server: ModelServer, embedder: OpenAIEmbedder) -> None:
    texts = [str(number) for number in range(300)]
    assert embedder.encode(texts) == pytest.approx(HashEmbedder().encode(texts), abs=1e-6)
    assert [len(request.body["input"]) for request in server.requests] == [128, 128, 44]


def test_another_model_or_another_server_is_another_fingerprint() -> None:
    prints = {
        OpenAIEmbedder(ModelSettings(url=url, embedding=model)).fingerprint
        for url in ("", "http://localhost:11434/v1")
        for model in ("one", "two")
    }
    assert len(prints) == 4
    assert "openai/api.openai.com/one" in prints


def test_a_server_that_is_gone_is_named_with_the_way_out() -> None:
    with serving_in_thread() as server:
        pass
    secret = "sk-secret-0123456789"
    embedder = OpenAIEmbedder(ModelSettings(url=server.url, key=Secret(secret), embeds=True))
    with pytest.raises(ModelError, match=r"127\.0\.0\.1.*OPENAI_BASE_URL.*EMBEDDINGS=local") as e:
        embedder.encode(["uno"])
    embedder.close()
    assert secret not in str(e.value)


@pytest.fixture
def settings(tmp_path: Path, server: ModelServer) -> Settings:
    (tmp_path / "sources").mkdir()
    text = "Roma è la capitale d'Italia. Torino sta sul Po.\n"
    (tmp_path / "sources" / "a.txt").write_text(text, "utf-8")
    model = ModelSettings(url=server.url, embeds=True)
    return Settings(tmp_path / "sources", tmp_path, model=model)


def test_documents_are_indexed_and_found_with_it(server: ModelServer, settings: Settings) -> None:
    library = Library.open(settings)
    try:
        answer = library.ask("Quale città è la capitale d'Italia?")
        assert "Roma" in (answer.quotes[0] if answer.quotes else answer.closest).text  # type: ignore[union-attr]
        assert library.ask("Dove sta Torino?").ranked == ("a",)
    finally:
        library.close()
    current = Generations(settings.store).open_current()
    assert current
    assert current.manifest.embedder == "openai/127.0.0.1/text-embedding-3-small"
    current.close()


def test_another_process_indexes_with_it_too(server: ModelServer, settings: Settings) -> None:
    assert reload_in_child(settings).embedded == 1
    assert server.calls > 0


def test_vectors_of_another_embedder_are_not_searched(settings: Settings) -> None:
    Library.open(settings).close()
    with pytest.raises(StoreError, match="embedder"):
        Library(settings, LocalEmbedder(), Ranker.load()).refresh()
