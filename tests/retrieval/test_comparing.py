"""A document is one in its place; the same text in two is searched once, and cites both."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from retrieval.comparing import names_of
from retrieval.duplicates import Alike
from retrieval.library import Library
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.settings import Settings
from retrieval.source import Source
from tests.retrieval.embedders import HashEmbedder
from tests.retrieval.reloads import TEXTS, live, write, written

QUESTION = "Quanto è alta la Mole?"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return written(tmp_path)


def opened(settings: Settings) -> Library:
    library = Library(settings, HashEmbedder(), Ranker.load())
    library.refresh()
    return library


def test_documents_are_called_by_their_titles_and_those_that_share_one_apart() -> None:
    sources = [
        Source(n, f"{n}.md", t, "x") for n, t in (("a", "Gita"), ("b", "Gita"), ("c", "Coro"))
    ]
    assert names_of(sources) == {"a": "Gita (a)", "b": "Gita (b)", "c": "Coro"}


def test_a_report_names_what_is_gone_too(settings: Settings) -> None:
    (settings.sources / "gita.md").write_text("# La gita\n\nIl lago è bello.\n", "utf-8")
    assert reload(settings, HashEmbedder()).name_of("gita") == "La gita"
    (settings.sources / "gita.md").unlink()
    assert reload(settings, HashEmbedder()).name_of("gita") == "La gita"


def test_a_document_put_in_its_place_again_replaces_itself(settings: Settings) -> None:
    first = reload(settings, HashEmbedder())
    (settings.sources / "a.txt").write_text("Roma conta 4 milioni di abitanti.\n", "utf-8")
    second = reload(settings, HashEmbedder())
    assert (second.changed, second.added) == (("a",), ())
    assert second.passages == first.passages
    with live(settings) as generation:
        assert [one.id for one in generation.summaries()] == ["a", "b", "sub/c"]


def test_the_same_text_in_two_places_is_searched_once_and_cites_both(settings: Settings) -> None:
    before = reload(settings, HashEmbedder()).passages
    write(settings.sources, TEXTS | {"altra/mole.md": TEXTS["b.md"], "z.txt": TEXTS["b.md"]})
    changes = reload(settings, HashEmbedder())
    assert (changes.added, changes.embedded) == (("altra/mole", "z"), 0)
    assert changes.passages == before
    assert set(changes.alike) == {Alike("altra/mole", "b", 1.0), Alike("altra/mole", "z", 1.0)}
    with closing(opened(settings)) as library:
        for within in ("", "altra"):
            found = library.ask(QUESTION, within=within)
            quote = found.quotes[0]
            assert "167" in quote.text
            assert quote.source == "altra/mole"
            assert [twin.id for twin in quote.also] == ["b", "z"]
            assert {"altra/mole", "b", "z"} <= set(found.ranked)
            assert library.is_verbatim(quote)
        told = {one.id: one for one in library.sources()}
        assert [told[name].same_as for name in ("altra/mole", "b", "z", "a")] == [
            "",
            "altra/mole",
            "altra/mole",
            "",
        ]
        assert told["b"].passages == told["altra/mole"].passages > 0


def test_one_of_two_that_changes_is_searched_for_itself_again(settings: Settings) -> None:
    write(settings.sources, TEXTS | {"z.md": TEXTS["b.md"]})
    reload(settings, HashEmbedder())
    write(settings.sources, TEXTS | {"b.md": "Torino è altrove.\n", "z.md": TEXTS["b.md"]})
    reload(settings, HashEmbedder())
    with closing(opened(settings)) as library:
        quote = library.ask(QUESTION).quotes[0]
        assert (quote.source, quote.also) == ("z", ())


def test_documents_that_say_almost_the_same_are_told_of_once(settings: Settings) -> None:
    text = "Torino sta sul fiume Po da sempre. La Mole è alta 167 metri. Ci si va in treno da Roma."
    write(settings.sources, {"a.txt": text, "b.txt": text.replace("167", "168")})
    assert reload(settings, HashEmbedder()).alike == (Alike("a", "b", 0.5),)
    (settings.sources / "c.txt").write_text("Una cosa del tutto diversa da quelle.\n", "utf-8")
    assert reload(settings, HashEmbedder()).alike == ()
