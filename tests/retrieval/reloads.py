"""Three documents to read again and again, and what must be true of what comes of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from retrieval.chunking import chunk
from retrieval.embedding import inputs
from retrieval.generation import Generation
from retrieval.generations import Generations
from retrieval.settings import Settings
from retrieval.sources import read_folder
from tests.retrieval.embedders import HashEmbedder

TEXTS = {
    "a.txt": "Roma è la capitale. Conta tre milioni di abitanti.\n",
    "b.md": "# Torino\n\nTorino sta sul Po. La Mole è alta 167 metri.\n",
    "sub/c.txt": "Napoli sta sul mare.\n\nIl Vesuvio le sta accanto.\n",
}
QUESTIONS = (
    ("q1", "Quanti abitanti conta la capitale?", "tre milioni", "a"),
    ("q2", "Quanto è alta la Mole?", "167 metri", "b"),
    ("q3", "Che cosa sta accanto a Napoli?", "Vesuvio", "sub/c"),
)


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Make a folder hold exactly these texts."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def written(folder: Path) -> Settings:
    """Write the documents there, and give the settings of a store beside them."""
    write(folder / "sources", TEXTS)
    return Settings(folder / "sources", folder / "store")


def with_questions(settings: Settings) -> Settings:
    """Put questions beside the documents; all pass."""
    settings.store.mkdir()
    fields = ("id", "question", "answers", "source")
    lines = [
        json.dumps(dict(zip(fields, (name, question, [answer], source), strict=True)))
        for name, question, answer, source in QUESTIONS
    ]
    settings.questions.write_text("\n".join(lines), "utf-8")
    return settings


@contextmanager
def live(settings: Settings) -> Iterator[Generation]:
    """Open the live generation."""
    generation = Generations(settings.store).open_current()
    assert generation
    try:
        yield generation
    finally:
        generation.close()


def assert_as_from_scratch(settings: Settings) -> None:
    """The live generation must hold exactly what the folder does, text for text."""
    sources = read_folder(settings.sources).sources
    # What says the same as one before it is in that one's place.
    firsts = {source.content_hash: source for source in reversed(sources)}
    passages = tuple(
        passage
        for source in sources
        if firsts[source.content_hash] is source
        for passage in chunk(source)
    )
    with live(settings) as generation:
        assert generation.passages == passages
        assert [generation.source(source.id) for source in sources] == list(sources)
        assert [summary.id for summary in generation.summaries()] == [s.id for s in sources]
        texts = {passage.id: passage.text for passage in passages}
        for number, passage in enumerate(passages):
            rows = HashEmbedder().encode(inputs(passage))
            np.testing.assert_allclose(generation.vectors.of(number), rows, atol=1e-3)
            # Equal texts have equal vectors, so that any one of them may come first.
            ((best, cosine),) = generation.nearest(rows[0], 1)
            assert cosine == pytest.approx(1.0, abs=1e-5)
            assert texts[best] == passage.text


def generation_names(settings: Settings) -> list[str]:
    """The generations on disk, oldest first."""
    return sorted(path.name for path in (settings.store / "generations").iterdir())
