"""What is slow to make is made once: the local model, and the sample in a store of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.embedding import LocalEmbedder
from retrieval.library import Library
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.settings import Settings

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def local_embedder() -> LocalEmbedder:
    """The real model, loaded at its first use and kept."""
    return LocalEmbedder()


@pytest.fixture(scope="session")
def sample(
    local_embedder: LocalEmbedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    """The sample that comes with the repository, ready to answer."""
    store = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "docs_store" / "sources", store / "sources")
    shutil.copy(ROOT / "docs_store" / "questions.jsonl", store)
    settings = Settings(store / "sources", store)
    reload(settings, local_embedder)
    library = Library(settings, local_embedder, Ranker.load())
    library.refresh()
    yield library
    library.close()
