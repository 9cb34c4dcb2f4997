"""Documents that vanish by accident don't take the answers with them."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from retrieval.errors import WipeError
from retrieval.generations import Generations
from retrieval.reload import reload
from retrieval.settings import Settings
from retrieval.wipe import Wipe, require
from tests.retrieval.embedders import HashEmbedder
from tests.retrieval.reloads import assert_as_from_scratch, generation_names, write

TEXTS = {f"{n}.txt": f"La stanza {n} è chiusa. La chiave {n} è persa.\n" for n in range(4)}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "sources", tmp_path / "store")
    write(settings.sources, TEXTS)
    reload(settings, HashEmbedder())
    return settings


def test_losing_half_of_the_documents_is_nobodys_business(settings: Settings) -> None:
    write(settings.sources, dict(list(TEXTS.items())[:2]))
    assert reload(settings, HashEmbedder()).removed == ("2", "3")


def test_losing_more_is_refused_and_named_before_anything_is_embedded(settings: Settings) -> None:
    [before] = generation_names(settings)
    write(settings.sources, {"0.txt": TEXTS["0.txt"], "nuovo.txt": "Una frase nuova."})
    embedder = HashEmbedder()
    with pytest.raises(WipeError, match=r"3 of 4 documents \(1, 2, 3\) .*--force") as caught:
        reload(settings, embedder)
    assert caught.value.wipe == Wipe(("1", "2", "3"), 4, 2, 4, ("1", "2", "3"))
    assert embedder.texts == []
    assert generation_names(settings) == [before]
    assert Generations(settings.store).current() == before


def test_whoever_forces_it_has_it(settings: Settings) -> None:
    write(settings.sources, {"0.txt": TEXTS["0.txt"]})
    assert reload(settings.forced(), HashEmbedder()).removed == ("1", "2", "3")
    assert_as_from_scratch(settings)


def test_documents_that_are_still_there_but_empty_are_missed(settings: Settings) -> None:
    texts = {name: text * 90 for name, text in TEXTS.items()}
    write(settings.sources, {n: f"{t}\n\n" * 9 for n, t in texts.items()})
    reload(settings, HashEmbedder())
    write(settings.sources, {name: f"Accetta i cookie {name}." for name in TEXTS})
    with pytest.raises(WipeError, match="without 0 of 4 documents and"):
        reload(settings, HashEmbedder())


def test_documents_that_only_move_are_not_missed(settings: Settings) -> None:
    write(settings.sources, {f"archivio/{name}": text for name, text in TEXTS.items()})
    assert len(reload(settings, HashEmbedder()).removed) == 4
    assert_as_from_scratch(settings)


def test_the_refusal_survives_the_way_out_of_a_process() -> None:
    with pytest.raises(WipeError) as caught:
        require(Wipe(("a",), 1, 3, 3), 0.5)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.wipe) == (str(caught.value), caught.value.wipe)
