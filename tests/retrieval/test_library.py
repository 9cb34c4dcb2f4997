"""A library answers from the current generation, and follows it when it changes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.changes import Changes, OnProgress, Progress
from retrieval.errors import RegressionError, SourcesError, StoreBusyError, StoreError
from retrieval.library import Library
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.settings import Settings
from retrieval.types import Status
from tests.retrieval.embedders import HashEmbedder
from tests.retrieval.libraries import TURIN, ask_about_both, lose_both, written


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return written(tmp_path)


def reload_here(settings: Settings, on_progress: OnProgress | None) -> Changes:
    """Reload in this process, with the tests' embedder."""
    return reload(settings, HashEmbedder(), on_progress)


def library_on(settings: Settings) -> Library:
    return Library(settings, HashEmbedder(), Ranker.load(), reload_here)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    library = library_on(settings)
    library.reload()
    yield library
    library.close()


def change(settings: Settings, text: str = "Roma ha sette colli.\n") -> str:
    """Change a document and swap, as another process would; returns the new generation."""
    (settings.sources / "roma.txt").write_text(text, "utf-8")
    return reload(settings, HashEmbedder()).generation


def test_before_anything_is_indexed_it_says_that_there_are_no_sources(settings: Settings) -> None:
    library = library_on(settings)
    assert library.ask("Che cosa?").status is Status.NO_SOURCES
    assert library.sources() == ()
    assert library.generation == ""
    assert library.search("Che cosa?").sentences == ()
    assert library.as_retriever().invoke("Che cosa?") == []
    library.close()


def test_a_reload_is_followed_at_once(library: Library, settings: Settings) -> None:
    before = library.generation
    (settings.sources / "napoli.txt").write_text("Napoli sta sul mare.\n", "utf-8")
    told: list[Progress] = []
    changes = library.reload(told.append)
    assert changes.added == ("napoli",)
    assert library.generation == changes.generation != before
    assert [summary.id for summary in library.sources()] == ["napoli", "roma", "torino"]
    assert told


def test_sources_are_listed_with_what_they_say_of_themselves(library: Library) -> None:
    torino = library.sources()[1]
    assert (torino.title, torino.origin, torino.path) == ("Torino", "ANSA", "torino.md")
    assert torino.characters == len(TURIN)


def test_a_swap_made_elsewhere_is_followed_when_asked_to(
    library: Library, settings: Settings
) -> None:
    before = library.generation
    after = change(settings)
    assert library.generation == before
    assert library.ask("Quanti colli ha Roma?").generation == before
    assert library.refresh()
    assert library.ask("Quanti colli ha Roma?").generation == after
    assert not library.refresh()


def test_a_failed_reload_leaves_what_was_there_answering(
    library: Library, settings: Settings
) -> None:
    before = library.generation
    for file in settings.sources.iterdir():
        file.unlink()
    with pytest.raises(SourcesError):
        library.reload()
    assert library.ask("Quanti abitanti ha Roma?").generation == before


def test_a_new_generation_that_cannot_be_opened_is_left_alone(
    library: Library, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    before = library.generation
    after = change(settings)
    (settings.store / "generations" / after / "words.npy").write_bytes(b"garbled")
    assert not library.refresh()
    assert library.ask("Quanti abitanti ha Roma?").generation == before
    assert before in caplog.text


def test_a_generation_of_another_embedder_is_never_served(settings: Settings) -> None:
    reload(settings, HashEmbedder("other"))
    library = library_on(settings)
    with pytest.raises(StoreError, match="another embedder"):
        library.refresh()
    assert library.ask("Che cosa?").status is Status.NO_SOURCES
    library.close()


def test_a_question_under_way_keeps_its_generation_open(
    library: Library, settings: Settings
) -> None:
    searching, go_on = threading.Event(), threading.Event()

    class SlowRanker(Ranker):
        """Waits in the middle of a question."""

        def score(self, *features: object) -> object:  # type: ignore[override]  # passes it on
            searching.set()
            assert go_on.wait(30)
            return ranker.score(*features)  # type: ignore[arg-type]

    ranker = Ranker.load()
    slow = Library(
        settings,
        HashEmbedder(),
        SlowRanker(
            adapter=ranker.adapter,
            terms=ranker._terms,
            sentences=ranker._sentences,
            passages=ranker._passages,
            confidence=ranker._confidence,
            topic=ranker._topic,
        ),
    )
    slow.refresh()
    before = slow.generation
    found: list[str] = []
    asking = threading.Thread(target=lambda: found.append(slow.ask("Roma abitanti?").generation))
    asking.start()
    assert searching.wait(30)
    change(settings)
    assert slow.refresh()
    slow.close()
    go_on.set()
    asking.join(30)
    assert found == [before]


def test_questions_asked_during_many_swaps_are_each_answered_from_one_generation(
    library: Library, settings: Settings
) -> None:
    stop, troubles = threading.Event(), list[BaseException]()
    answers = []

    def keep_asking() -> None:
        try:
            while not stop.is_set():
                found = library.ask("Quanti abitanti ha Roma?")
                answers.append(found)
        except BaseException as error:  # noqa: BLE001  # whatever it is, the test must see it
            troubles.append(error)

    threads = [threading.Thread(target=keep_asking) for _ in range(2)]
    for thread in threads:
        thread.start()
    names = {library.generation}
    for number in range(5):
        names.add(change(settings, f"Roma conta {number} milioni di abitanti.\n"))
        library.refresh()
    stop.set()
    for thread in threads:
        thread.join(30)
    assert troubles == []
    assert {found.generation for found in answers} <= names
    assert answers


def test_a_quote_is_verbatim_only_in_its_version_and_place(
    library: Library, settings: Settings
) -> None:
    found = library.ask("Quanti milioni di abitanti conta?")
    quote = found.quotes[0] if found.quotes else found.closest
    assert quote is not None
    assert library.is_verbatim(quote)
    start, end = quote.passage.start + 1, quote.passage.end + 1
    moved = replace(quote.passage, start=start, end=end, sentences=())
    shifted = replace(quote, start=quote.start + 1, end=quote.end + 1, passage=moved)
    assert not library.is_verbatim(shifted)
    assert not library.is_verbatim(replace(quote, source="unknown"))
    assert not library.is_verbatim(replace(quote, content_hash="0" * 64))
    library.close()
    assert not library.is_verbatim(quote)


def test_the_owners_questions_become_suggestions(settings: Settings) -> None:
    line = '{"id": "1", "question": "Quanto è alta la Mole?", "source": "torino"}\n'
    (settings.store / "questions.jsonl").write_text(line, "utf-8")
    library = library_on(settings)
    library.reload()
    assert library.ask("Chi è Xyzzy?").suggestion == "Quanto è alta la Mole?"
    library.close()


def test_a_garbled_questions_file_costs_nothing_but_the_suggestions(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    (settings.store / "questions.jsonl").write_text("garbled", "utf-8")
    library = library_on(settings)
    library.reload()
    assert library.ask("Quanti abitanti ha Roma?").suggestion == ""
    assert "questions.jsonl, line 1" in caplog.text
    library.close()


def test_what_cannot_be_followed_is_complained_of_once(
    library: Library, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    (settings.store / "current").write_text("garbled", "utf-8")
    assert [library.refresh() for _ in range(3)] == [False] * 3
    assert caplog.text.count("going on with generation") == 1


def test_one_reload_at_a_time(settings: Settings) -> None:
    def reload_twice(settings: Settings, on_progress: OnProgress | None) -> Changes:
        with pytest.raises(StoreBusyError, match="already"):
            busy.reload()
        return reload_here(settings, on_progress)

    busy = Library(settings, HashEmbedder(), Ranker.load(), reload_twice)
    assert busy.reload().swapped
    busy.close()


def test_documents_that_were_refused_are_taken_by_their_name_and_no_others(
    settings: Settings,
) -> None:
    ask_about_both(settings)
    library = library_on(settings)
    before = library.reload().generation
    lose_both(settings)
    with pytest.raises(RegressionError) as refused:
        library.reload()
    named = refused.value.documents
    assert refused.value.changes
    assert refused.value.changes.changed
    new = settings.sources / "new.txt"
    new.write_text("Una nuova pagina.\n", "utf-8")
    with pytest.raises(RegressionError) as again:
        library.reload(accepted=named)
    assert again.value.documents != named
    assert library.generation == before
    new.unlink()
    assert library.reload(accepted=named).generation == library.generation > before
    library.close()


def test_a_refused_reload_leaves_what_was_there_answering_until_it_is_forced(
    settings: Settings,
) -> None:
    ask_about_both(settings)
    library = library_on(settings)
    before = library.reload().generation
    lose_both(settings)
    with pytest.raises(RegressionError, match="2 of 2"):
        library.reload()
    assert library.ask("Quanto è alta la Mole?").generation == before
    changes = library.reload(force=True)
    assert changes.regression
    assert len(changes.regression.lost) == 2
    assert library.generation == changes.generation > before
    library.close()
