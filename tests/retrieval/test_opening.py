"""A place of a source opens again, whatever has happened to the source and to its passages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.changes import Changes, OnProgress
from retrieval.chunking import chunk
from retrieval.library import Library
from retrieval.opening import open_place, passages_of
from retrieval.places import Opening, Place, Standing
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.settings import Settings
from retrieval.types import Passage, Source
from tests.retrieval.embedders import HashEmbedder
from tests.retrieval.libraries import ROME, written

PARAGRAPHS = [f"Il paragrafo numero {n} racconta la storia di un fiume. " * 12 for n in range(1, 8)]
LONG = "# Fiumi\n\n" + "\n\n".join(PARAGRAPHS) + "\n"


def a_source(text: str = LONG) -> Source:
    return Source("fiumi", "fiumi.md", "Fiumi", text, "ANSA", "3 maggio 2026")


def at(source: Source, words: str) -> Place:
    start = source.text.index(words)
    return Place(source.id, source.content_hash, start, start + len(words), words)


def opened(place: Place, today: Source | None, before: Source | None = None) -> Opening:
    return open_place(place, today, chunk(today) if today else (), lambda: before)


def test_a_place_opens_the_passage_around_it_and_says_where_that_stands() -> None:
    source = a_source()
    found = opened(at(source, "numero 4"), source)
    assert found.standing is Standing.CURRENT
    assert found.passage
    assert "numero 4" in found.passage.text
    assert found.source == source
    assert 1 < found.number < found.count == len(chunk(source))


def test_neighbours_lead_through_the_whole_source_and_back() -> None:
    source = a_source()
    passages, place = list[Passage](), at(source, "numero 1")
    while True:
        found = opened(place, source)
        assert found.passage
        assert found.number == len(passages) + 1
        if found.before:
            assert opened(found.before, source).passage == passages[-1]
        passages.append(found.passage)
        if found.after is None:
            break
        place = found.after
    assert passages == list(chunk(source))


def test_a_place_cut_in_two_by_other_settings_is_opened_whole() -> None:
    source = a_source()
    first, second, *_ = chunk(source)
    place = Place("fiumi", source.content_hash, first.end - 10, second.start + 10)
    found = opened(place, source)
    assert found.passage
    assert (found.passage.start, found.passage.end) == (first.start, second.end)
    assert found.passage.text == source.text[first.start : second.end]
    assert found.before is None
    assert found.after
    assert opened(found.after, source).number == 3


@given(st.integers(-5, 10_000), st.integers(-5, 10_000))
def test_whatever_place_is_asked_for_there_is_a_passage_of_its_source(start: int, end: int) -> None:
    source = a_source()
    found = opened(Place("fiumi", source.content_hash, start, end), source)
    assert found.passage
    assert found.passage.text == source.text[found.passage.start : found.passage.end]
    if 9 <= start < end <= len(LONG):
        assert found.passage.start <= start + 2  # but for the gap between two paragraphs


def test_a_source_that_changed_shows_what_it_was_while_that_is_kept() -> None:
    before = a_source()
    found = opened(at(before, "numero 4"), a_source("Altro.\n"), before)
    assert found.standing is Standing.EARLIER
    assert found.passage
    assert "numero 4" in found.passage.text
    assert found.after
    assert found.after.content_hash == before.content_hash


def test_later_the_same_words_are_found_where_they_stand_today() -> None:
    before = a_source()
    today = a_source("Una premessa.\n\n" + LONG)
    place = at(before, "Il paragrafo numero 4 racconta")
    found = opened(place, today)
    assert found.standing is Standing.MOVED
    assert found.place.start == place.start + len("Una premessa.\n\n")
    assert today.text[found.place.start : found.place.end] == place.words
    assert found.place.content_hash == today.content_hash
    assert found.passage
    assert place.words in found.passage.text


def test_of_several_equal_words_those_nearest_to_the_old_place_are_taken() -> None:
    before = a_source("Primo. Uguale a prima. Secondo. Uguale a prima.\n")
    today = a_source("Primo. Uguale a prima. Secondo. Uguale a prima. Terzo. Uguale a prima.\n")
    start = before.text.rindex("Uguale")
    found = opened(Place("fiumi", before.content_hash, start, start + 15, "Uguale a prima."), today)
    assert found.place.start == start


def test_words_that_were_only_wrapped_otherwise_are_found_too() -> None:
    before = a_source("Il Po è il fiume più lungo d'Italia, disse.\n")
    today = a_source("Il Po è il fiume\npiù lungo d’Italia, disse. Altro.\n")
    found = opened(at(before, "il fiume più lungo d'Italia"), today)
    assert found.place.words == "il fiume\npiù lungo d’Italia"


def test_words_that_are_no_longer_there_are_not_replaced_by_others() -> None:
    before = a_source()
    found = opened(at(before, "numero 4"), a_source("Il paragrafo numero 44.\n".replace("44", "5")))
    assert (found.standing, found.passage) == (Standing.CHANGED, None)
    assert found.source
    assert found.source.title == "Fiumi"
    unknown = replace(at(before, "numero 4"), words="")
    assert opened(unknown, a_source("Altro.\n")).standing is Standing.CHANGED


def test_a_source_that_was_taken_away_is_gone_even_where_it_is_kept() -> None:
    before = a_source()
    found = opened(at(before, "numero 4"), None, before)
    assert (found.standing, found.passage) == (Standing.GONE, None)


def test_the_passages_of_a_source_are_found_among_those_of_all() -> None:
    sources = [a_source(), Source("a", "a.md", "A", "Uno.\n"), Source("z", "z.md", "Z", "Due.\n")]
    passages = sorted(
        (passage for source in sources for passage in chunk(source)),
        key=lambda passage: (passage.source, passage.start),
    )
    for source in sources:
        assert tuple(passages_of(source.id, passages)) == chunk(source)
    assert not passages_of("b", passages)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return written(tmp_path)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    def reload_here(settings: Settings, on_progress: OnProgress | None) -> Changes:
        return reload(settings, HashEmbedder(), on_progress)

    library = Library(settings, HashEmbedder(), Ranker.load(), reload_here)
    library.reload()
    yield library
    library.close()


def test_a_place_goes_on_resolving_over_reloads(library: Library, settings: Settings) -> None:
    rome = settings.sources / "roma.txt"
    source = Source("roma", "roma.txt", "Roma", ROME)
    place = at(source, "Conta tre milioni di abitanti.")
    seen = [library.open_passage(place)]
    for text in (f"Anno 2026.\n\n{ROME}", f"Anno 2027.\n\n{ROME}", "Roma è bella.\n"):
        rome.write_text(text, "utf-8")
        library.reload()
        seen.append(library.open_passage(place))
    rome.unlink()
    library.reload()
    seen.append(library.open_passage(place))
    assert [found.standing for found in seen] == [
        Standing.CURRENT,
        Standing.EARLIER,
        Standing.MOVED,
        Standing.CHANGED,
        Standing.GONE,
    ]
    assert [bool(found.passage) for found in seen] == [True, True, True, False, False]
    assert seen[1].passage
    assert seen[1].passage.text.endswith(place.words)


def test_an_earlier_version_that_is_garbled_is_as_good_as_none(
    library: Library, settings: Settings
) -> None:
    place = at(Source("roma", "roma.txt", "Roma", ROME), "Roma è la capitale.")
    before = library.generation
    (settings.sources / "roma.txt").write_text("Altro.\n", "utf-8")
    library.reload()
    (settings.store / "generations" / before / "sources.jsonl").write_text('{"id": "roma"', "utf-8")
    assert library.open_passage(place).standing is Standing.CHANGED


def test_without_any_documents_every_place_is_gone(settings: Settings) -> None:
    library = Library(settings, HashEmbedder(), Ranker.load())
    assert library.open_passage(Place("roma", "0" * 64, 0, 5)).standing is Standing.GONE
    library.close()
