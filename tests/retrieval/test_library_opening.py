"""A library opens what there is, and builds what there isn't, with the real model."""

from __future__ import annotations

from pathlib import Path

import pytest

import retrieval
from retrieval.errors import SourcesError, StoreBusyError
from retrieval.generations import Generations
from retrieval.library import Library
from retrieval.locking import Lock
from retrieval.reload import reload
from retrieval.settings import Settings
from retrieval.types import Status
from tests.retrieval.embedders import HashEmbedder
from tests.retrieval.libraries import ROME, ask_about_both, lose_both, written


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return written(tmp_path)


def test_opening_up_to_date_goes_on_with_what_there_was_where_too_much_would_be_lost(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    ask_about_both(settings)
    first = Library.open(settings)
    first.close()
    lose_both(settings)
    library = Library.open(settings, up_to_date=True)
    assert library.generation == first.changes.generation if first.changes else False
    assert "lose 2 of 2 test questions" in caplog.text
    assert "167 metri" in library.ask("Quanto è alta la Mole?").text
    library.close()


def test_opening_builds_what_is_not_there_and_once_is_enough(settings: Settings) -> None:
    first = retrieval.Library.open(settings)
    assert first.changes is not None
    assert first.changes.added == ("roma", "torino")
    first.close()
    second = Library.open(settings)
    assert second.changes is None
    assert second.generation == first.changes.generation
    second.close()


def test_opening_rebuilds_what_another_embedder_made(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    before = reload(settings, HashEmbedder()).generation
    library = Library.open(settings)
    assert library.generation > before
    assert "another embedder" in caplog.text
    assert library.ask("Quanti abitanti conta Roma?").quotes[0].text in ROME
    library.close()


def test_opening_without_documents_is_no_error(tmp_path: Path) -> None:
    library = Library.open(Settings(tmp_path / "sources", tmp_path))
    assert library.ask("Che cosa?").status is Status.NO_SOURCES
    library.close()


def test_opening_up_to_date_wants_documents(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="sources"):
        Library.open(Settings(tmp_path / "sources", tmp_path), up_to_date=True)


def test_opening_while_another_builds_names_it(settings: Settings) -> None:
    with (
        Lock(settings.store / "writer.lock"),
        pytest.raises(StoreBusyError, match="being written by"),
    ):
        Library.open(settings)
    assert Generations(settings.store).current() is None


def test_opening_up_to_date_what_has_not_changed_needs_no_lock(settings: Settings) -> None:
    Library.open(settings).close()
    with Lock(settings.store / "writer.lock"):
        library = Library.open(settings, up_to_date=True)
    assert library.ask("Quanti abitanti ha Roma?").generation == library.generation != ""
    library.close()


def test_opening_what_is_damaged_answers_from_the_one_before_and_mends_it_meanwhile(
    settings: Settings,
) -> None:
    Library.open(settings).close()
    (settings.sources / "roma.txt").write_text("Roma conta 4 milioni di abitanti.\n", "utf-8")
    damaged = Library.open(settings, up_to_date=True).generation
    (settings.store / "generations" / damaged / "vectors.npy").write_bytes(b"")
    library = Library.open(settings, in_background=True)
    assert library.health().damaged
    assert "tre milioni" in library.ask("Quanti abitanti conta la capitale?").quotes[0].text
    assert library._keeper._mending
    library._keeper._mending.join(60)
    assert not library.health().damaged
    assert library.generation > damaged
    assert "4 milioni" in library.ask("Quanti abitanti conta Roma?").quotes[0].text
    library.close()


def test_opening_what_is_damaged_mends_it_first_for_who_waits(settings: Settings) -> None:
    first = Library.open(settings)
    name = first.generation
    first.close()
    (settings.store / "generations" / name / "vectors.npy").write_bytes(b"")
    library = Library.open(settings)
    assert library.changes
    assert not library.health().damaged
    library.close()
