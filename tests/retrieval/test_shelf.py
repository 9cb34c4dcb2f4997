"""A shelf answers from its generation, with the suggestions that belong to it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from retrieval.answering import answer
from retrieval.evaluation import TestQuestion as Asked
from retrieval.generations import Generations
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.settings import Settings
from retrieval.shelf import Shelf
from tests.retrieval.embedders import HashEmbedder

QUESTIONS = (
    Asked("1", "Quanto è alta la Mole?", source="torino"),
    Asked("2", "Quanti abitanti conta Milano?", source="milano"),
)


def test_a_shelf_answers_and_suggests_from_its_own_generation(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "sources", tmp_path)
    settings.sources.mkdir()
    (settings.sources / "torino.txt").write_text("La Mole di Torino è alta 167 metri.\n", "utf-8")
    name = reload(settings, HashEmbedder()).generation
    with closing(Generations(settings.store).open(name)) as generation:
        shelf = Shelf(generation, HashEmbedder(), Ranker.load(), QUESTIONS)
        found = answer("Quanto è alta la Mole di Torino?", shelf.sources)
        assert "167 metri" in found.quotes[0].text
        assert found.generation == name
        assert answer("Chi è Xyzzy?", shelf.sources).suggestion == QUESTIONS[0].question
