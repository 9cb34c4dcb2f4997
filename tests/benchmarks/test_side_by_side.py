"""All who take part get the same passages, vectors and questions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import side_by_side
from benchmarks.recall import RecallingEmbedder
from benchmarks.side_by_side import compare, questions_of, table
from benchmarks.workshop import Size, Workshop
from tests.retrieval.embedders import HashEmbedder


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    folder = tmp_path_factory.mktemp("workshop")
    return Workshop(folder, size=Size(paragraphs=30, questions=10))


def test_passo_and_chroma_are_measured_on_the_same_questions(
    workshop: Workshop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = questions_of(workshop, most=20)
    sources = workshop.sources(workshop.large())
    found = {
        result.name: result for result in compare(sources, questions, tmp_path, HashEmbedder())
    }
    assert {result.questions for result in found.values()} == {20}
    # Without meaning in the vectors only words are left to go by.
    assert found["Passo"].means["R@1"].value >= 0.9
    assert found["Chroma, similarity alone"].means["R@1"].value < 0.5
    lines = table(list(found.values())).split("\n")
    assert lines[0].startswith("Italian questions (20)  ")
    assert {line.split("  ")[0] for line in lines[1:]} == set(found)
    told = capsys.readouterr().err
    others = sum("left out" in line for line in told.split("\n"))
    assert others + len(found) == 6


def test_passages_are_embedded_once_for_all() -> None:
    inner = HashEmbedder()
    embedder = RecallingEmbedder(inner, ["a", "b"])
    rows = embedder.encode(["b", "c", "a"])
    assert inner.texts == ["a", "b", "c"]
    assert np.array_equal(rows, HashEmbedder().encode(["b", "c", "a"]))
    assert embedder.encode([]).shape == (0, inner.dimensions)


def test_a_folder_without_questions_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert side_by_side.main([str(tmp_path)]) == 2
    assert str(tmp_path / "squad-it") in capsys.readouterr().err
