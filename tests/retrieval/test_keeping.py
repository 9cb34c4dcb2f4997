"""Whatever happens to the files of a generation, a whole one answers, or none, and it is told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from retrieval.changes import Changes, OnProgress
from retrieval.errors import DamagedError, StoreError
from retrieval.generations import Generations
from retrieval.library import Library
from retrieval.locking import Lock
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.settings import Settings
from retrieval.types import Status
from tests.retrieval.embedders import HashEmbedder
from tests.retrieval.keeping import DAMAGES, flip
from tests.retrieval.libraries import written

QUESTION = "Quanti abitanti conta la capitale?"
RANKER = Ranker.load()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Two documents, and a store of two generations; the last counts otherwise."""
    settings = written(tmp_path_factory.mktemp("built"))
    reload(settings, HashEmbedder())
    (settings.sources / "roma.txt").write_text("Roma è la capitale. Conta 4 abitanti.\n", "utf-8")
    reload(settings, HashEmbedder())
    return settings


@pytest.fixture
def settings(built: Settings, tmp_path: Path) -> Settings:
    """A copy of it, to damage."""
    shutil.copytree(built.store, tmp_path / "copy")
    return Settings(tmp_path / "copy" / "sources", tmp_path / "copy")


def reload_here(settings: Settings, on_progress: OnProgress | None) -> Changes:
    return reload(settings, HashEmbedder(), on_progress)


@contextmanager
def library_on(settings: Settings) -> Iterator[Library]:
    with closing(Library(settings, HashEmbedder(), RANKER, reload_here)) as library:
        yield library


def names(settings: Settings) -> list[str]:
    return Generations(settings.store).answering()


def mended(library: Library) -> None:
    """Wait until the store has been built anew."""
    assert library._keeper._mending
    library._keeper._mending.join(60)


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_file_that_is_damaged_is_found_before_it_is_served(
    settings: Settings, damage: str
) -> None:
    current, previous = names(settings)
    folder = settings.store / "generations" / current
    files = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_size]
    assert len(files) >= 11
    for path in files:
        whole = path.read_bytes()
        DAMAGES[damage](path)
        with library_on(settings) as library:
            assert library.refresh(), path
            found = library.ask(QUESTION)
            assert "tre milioni" in found.quotes[0].text
            assert library.is_verbatim(found.quotes[0])
            health = library.health()
            assert (health.generation, found.generation) == (previous, previous)
            assert health.damaged
            assert current in health.why
            assert (health.sources, health.passages > 0) == (2, True)
        path.write_bytes(whole)
    with library_on(settings) as library:
        assert library.refresh()
        assert library.generation == current
        assert not library.health().damaged


@pytest.mark.parametrize("content", [b"", b"garbled", b"20260101T000000000000Z-abcdef"])
def test_a_pointer_to_nothing_is_damage_too(settings: Settings, content: bytes) -> None:
    newest, _ = names(settings)
    (settings.store / "current").write_bytes(content)
    with library_on(settings) as library:
        assert library.refresh()
        assert library.generation == newest
        assert library.health().damaged
        assert not library.inspect()
        mended(library)
        assert not library.health().damaged
        assert library.generation > newest


def test_where_all_are_damaged_questions_are_refused_until_there_is_one_again(
    settings: Settings,
) -> None:
    for name in names(settings):
        flip(settings.store / "generations" / name / "vectors.npy")
    with library_on(settings) as library:
        with pytest.raises(DamagedError):
            library.refresh()
        found = library.ask(QUESTION)
        assert (found.status, found.claims) == (Status.NO_SOURCES, ())
        assert "fra qualche minuto" in found.text
        assert library.health().damaged
        assert not library.inspect()
        mended(library)
        assert "4 abitanti" in library.ask(QUESTION).quotes[0].text
        assert not library.health().damaged
        assert len(names(settings)) == 1


def test_damage_while_a_library_is_open_harms_no_answer_and_is_mended(settings: Settings) -> None:
    current, previous = names(settings)
    with library_on(settings) as library:
        library.refresh()
        before = library.ask(QUESTION)
        for path in (settings.store / "generations" / current).rglob("*"):
            if path.is_file():
                path.write_bytes(b"")
        assert library.ask(QUESTION).claims == before.claims
        assert not library.health().damaged, "nobody has looked yet"
        assert not library.inspect()
        assert library.ask(QUESTION).quotes
        mended(library)
        assert library.inspect()
        assert library.generation > current
        assert library.ask(QUESTION).quotes[0].text == before.quotes[0].text
        assert names(settings) == [library.generation, previous], "the damaged one is gone"
        assert library.health().previous == previous


def test_what_cannot_be_mended_is_said_and_tried_again(settings: Settings) -> None:
    flip(settings.store / "generations" / names(settings)[0] / "words.npy")
    hidden = settings.sources.rename(settings.store / "elsewhere")
    with library_on(settings) as library:
        library.refresh()
        for _ in range(2):
            assert not library.inspect()
            mended(library)
        health = library.health()
        assert "it can't be replaced: the sources folder" in health.why
        assert health.hindrance
        assert health.hindrance.code == "no-folder"
        assert library.ask(QUESTION).quotes
        hidden.rename(settings.sources)
        with Lock(settings.store / "writer.lock"):
            library.inspect()
            mended(library)
        assert library.health().damaged
        library.inspect()
        mended(library)
        assert not library.health().damaged
        assert not library.health().hindrance
        assert "4 abitanti" in library.ask(QUESTION).quotes[0].text


def test_a_healthy_library_says_what_it_has(settings: Settings) -> None:
    current, previous = names(settings)
    with library_on(settings) as library:
        library.refresh()
        assert library.inspect()
        health = library.health()
        assert (health.generation, health.previous) == (current, previous)
        assert health.created.startswith("20")
        assert (health.damaged, health.why) == (False, "")


def test_without_a_store_nothing_is_damaged(tmp_path: Path) -> None:
    with library_on(Settings(tmp_path / "sources", tmp_path)) as library:
        assert library.inspect()
        assert not library.refresh()
        assert library.health().generation == ""


def test_no_room_for_a_copy_is_not_damage(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("retrieval.generations.private_copy", full)
    with library_on(settings) as library:
        with pytest.raises(StoreError, match="there is no room"):
            library.refresh()
        assert not library.health().damaged


def test_one_can_go_back_and_stays_there_until_a_reload_is_asked_for(settings: Settings) -> None:
    current, previous = names(settings)
    with library_on(settings) as library:
        library.refresh()
        assert library.rollback() == previous
        assert "tre milioni" in library.ask(QUESTION).quotes[0].text
        again = library.reload(asked=False)
        assert (again.swapped, again.generation) == (False, previous)
        (settings.sources / "napoli.txt").write_text("Napoli sta sul mare.\n", "utf-8")
        changed = library.reload(asked=False)
        assert changed.swapped
        assert changed.generation > current
        assert len(library.sources()) == 3


def test_a_reload_that_is_asked_for_brings_the_documents_forward_again(settings: Settings) -> None:
    current, _ = names(settings)
    with library_on(settings) as library:
        library.refresh()
        library.rollback()
        assert library.reload().generation > current
        assert "4 abitanti" in library.ask(QUESTION).quotes[0].text
        assert len(list((settings.store / "generations").iterdir())) == 2


def test_going_back_is_refused_where_there_is_nothing_whole_to_go_back_to(
    settings: Settings,
) -> None:
    current, previous = names(settings)
    with library_on(settings) as library:
        library.refresh()
        flip(settings.store / "generations" / previous / "sources.jsonl")
        with pytest.raises(DamagedError, match=r"sources\.jsonl"):
            library.rollback()
        shutil.rmtree(settings.store / "generations" / previous)
        with pytest.raises(StoreError, match="no earlier generation"):
            library.rollback()
        assert library.generation == current
