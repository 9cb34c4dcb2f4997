"""A generation finds all its passages, however much older than they its graph is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest

from retrieval import building
from retrieval.errors import StoreError
from retrieval.generation import Generation
from retrieval.generations import Generations
from retrieval.reload import reload
from retrieval.settings import Settings
from retrieval.vectors import widen
from tests.retrieval.embedders import HashEmbedder

QUERIES = HashEmbedder().encode([f"domanda {n}" for n in range(20)])


@contextmanager
def opened(settings: Settings) -> Iterator[Generation]:
    generation = Generations(settings.store).open_current()
    assert generation
    with closing(generation):
        yield generation


def write(settings: Settings, numbers: range) -> None:
    """Make the folder hold one document a number."""
    settings.sources.mkdir(exist_ok=True)
    for file in settings.sources.iterdir():
        file.unlink()
    for n in numbers:
        (settings.sources / f"{n}.txt").write_text(f"La stanza {n} è chiusa.\n", "utf-8")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "sources", tmp_path)
    write(settings, range(120))
    reload(settings, HashEmbedder())
    return settings


def graph(settings: Settings) -> set[str]:
    name = Generations(settings.store).current() or ""
    folder = settings.store / "generations" / name / "chroma"
    return {path.name for path in folder.iterdir() if path.is_dir()}


def test_what_the_graph_lacks_is_found_and_what_it_has_too_much_is_not(settings: Settings) -> None:
    before = graph(settings)
    write(settings, range(30, 130))
    reload(settings, HashEmbedder())
    assert graph(settings) == before, "taken over as it was"
    with opened(settings) as generation:
        assert len(generation.held) == 120
        rows = widen(generation.vectors.passages)
        for query in QUERIES:
            expected = np.argsort(-(rows @ query), kind="stable")[:10]
            found = generation.nearest(query, 10)
            assert [name for name, _ in found] == [generation.passages[n].id for n in expected]
            np.testing.assert_allclose([c for _, c in found], (rows @ query)[expected], atol=1e-3)
        assert len(generation.nearest(QUERIES[0], 1_000)) == len(generation.passages) == 100


def test_a_graph_that_differs_too_much_is_made_anew(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "FEW", 10)
    before = graph(settings)
    write(settings, range(20, 120))
    reload(settings, HashEmbedder())
    assert graph(settings) != before
    with opened(settings) as generation:
        assert len(generation.held) == 100


def test_a_passage_met_twice_is_in_the_graph_once_and_found_in_both_places(
    settings: Settings,
) -> None:
    for name in ("uno", "due"):
        text = f"# {name}\n\n{name.title()} sta qui.\n\n# Fine\n\nLa stessa frase.\n"
        (settings.sources / f"{name}.md").write_text(text, "utf-8")
    reload(settings, HashEmbedder(), rebuild=True)
    with opened(settings) as generation:
        same = [n for n, p in enumerate(generation.passages) if p.text.endswith("stessa frase.")]
        assert len(same) == 2
        vector = widen(generation.vectors.passages[same[:1]])[0]
        found = [name for name, _ in generation.nearest(vector, 2)]
        assert found == sorted(generation.passages[n].id for n in same)
        assert len(generation.held) == len(generation.passages) - 1


def test_a_closed_generation_says_so_and_leaves_no_copy(settings: Settings) -> None:
    with opened(settings) as generation:
        folder = generation.folder
        assert folder.is_dir()
    assert not folder.exists()
    with pytest.raises(StoreError, match="is closed"):
        _ = generation.vectors


def test_nothing_done_to_its_files_reaches_one_that_is_open(settings: Settings) -> None:
    with opened(settings) as generation:
        before = generation.nearest(QUERIES[0], 5)
        rows = np.array(generation.vectors.sentences)
        for path in (settings.store / "generations" / generation.id).rglob("*"):
            if path.is_file():
                path.write_bytes(b"")  # a mapped file that shrinks ends the process
        assert generation.nearest(QUERIES[0], 5) == before
        np.testing.assert_array_equal(generation.vectors.sentences, rows)
