"""Files and links together: from a page on the web to a quote that leads back to it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.background import reload_in_child
from retrieval.changes import Changes, Progress
from retrieval.collecting import collect
from retrieval.comparing import unchanged
from retrieval.embedding import LocalEmbedder
from retrieval.errors import SourcesError, WipeError
from retrieval.generations import Generations
from retrieval.library import Library
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.settings import Settings
from tests.retrieval.embedders import HashEmbedder
from tests.retrieval.web.site import Site, page, response, serving_in_thread

MOLE = page(
    "La Mole Antonelliana",
    "La Mole Antonelliana di Torino è alta 167 metri e mezzo, ed è il simbolo della città.",
    "Fu cominciata nel 1863 su progetto di Alessandro Antonelli, e finita nel 1889.",
)
VESUVIO = page(
    "Il Vesuvio",
    "Il Vesuvio sta accanto a Napoli, e si vede da tutto il golfo.",
    "L’ultima eruzione del Vesuvio è stata nel 1944, e durò due settimane.",
)


def silent(_: Progress) -> None:
    """Nobody is watching."""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving_in_thread({"/mole": response(body=MOLE, etag='"1"')}) as site:
        site.pages["/vesuvio"] = response(body=VESUVIO)
        yield site


@pytest.fixture
def settings(site: Site, tmp_path: Path) -> Settings:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "roma.txt").write_text("Roma è la capitale.\n", "utf-8")
    (sources / "web.links").write_text(f"# pagine\n{local(site, '/mole')}\n", "utf-8")
    return Settings(sources, tmp_path / "store", web=site.settings())


def local(site: Site, target: str) -> str:
    return site.url(target, "127.0.0.1")


def test_a_quote_from_a_web_page_opens_with_its_link(
    site: Site, settings: Settings, local_embedder: LocalEmbedder
) -> None:
    changes = reload(settings, local_embedder)
    name = f"127.0.0.1:{site.port}/mole"
    assert changes.added == (name, "roma")
    library = Library(settings, local_embedder, Ranker.load())
    library.refresh()
    try:
        [quote, *_] = library.ask("Quanto è alta la Mole?").quotes
        assert "167 metri" in quote.text
        assert (quote.source, quote.link) == (name, local(site, "/mole"))
        assert quote.title == "La Mole Antonelliana"
        assert library.is_verbatim(quote)
        [page_, file] = library.sources()
        assert (page_.kind, file.kind) == ("web", "txt")
        assert page_.seen
        assert page_.changed <= page_.seen
    finally:
        library.close()


def test_a_link_that_is_added_changed_and_taken_out_is_followed(
    site: Site, settings: Settings
) -> None:
    links = settings.sources / "web.links"
    reload(settings, HashEmbedder())
    with links.open("a", encoding="utf-8") as file:
        file.write(f"{local(site, '/vesuvio')}  # un vulcano\n")
    name = f"127.0.0.1:{site.port}"
    assert reload(settings, HashEmbedder()).added == (f"{name}/vesuvio",)
    site.pages["/vesuvio"] = response(body=VESUVIO.replace(b"1944", b"1906"))
    changes = reload(settings, HashEmbedder())
    assert (changes.changed, changes.unchanged) == ((f"{name}/vesuvio",), 2)
    links.write_text(local(site, "/vesuvio"))
    assert reload(settings, HashEmbedder()).removed == (f"{name}/mole",)
    assert len(list((settings.store / "fetched").iterdir())) == 1


def test_a_list_taken_away_by_mistake_costs_no_text_that_was_good(
    site: Site, settings: Settings
) -> None:
    links = settings.sources / "web.links"
    links.write_text(f"{local(site, '/mole')}\n{local(site, '/vesuvio')}\n")
    reload(settings, HashEmbedder())
    site.pages.clear()
    before = links.read_text()
    links.unlink()
    with pytest.raises(WipeError, match="2 of 3 documents"):
        reload(settings, HashEmbedder())
    links.write_text(before)
    changes = reload(settings, HashEmbedder())
    assert (len(changes.stale), changes.unchanged) == (2, 3)


def test_a_page_that_is_gone_keeps_its_text_and_is_reported(site: Site, settings: Settings) -> None:
    reload(settings, HashEmbedder())
    del site.pages["/mole"]
    changes = reload(settings, HashEmbedder())
    assert not changes.swapped
    assert [report.path for report in changes.stale] == [local(site, "/mole")]
    assert changes.unchanged == 2


FEED = """<rss version="2.0"><channel><title>Diario del Po</title>
<item><title>La piena</title><link>{}</link><description>In breve.</description>
<pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item>
<item><title>La secca</title><guid>tag:2</guid><description>{}</description></item>
</channel></rss>"""


def test_a_feed_is_read_entry_by_entry_in_the_process_that_reads_files(
    site: Site, settings: Settings
) -> None:
    whole = (
        "&lt;p&gt;Il Po è &lt;b&gt;in secca&lt;/b&gt;.&lt;/p&gt;" + "&lt;p&gt;Piove.&lt;/p&gt;" * 99
    )
    feed = FEED.format(local(site, "/vesuvio"), whole).encode()
    site.pages["/feed"] = response(body=feed, content_type="application/rss+xml")
    (settings.sources / "web.links").write_text(local(site, "/feed"))
    sources = {source.id: source for source in collect(settings, silent).sources}
    assert set(sources) == {"diario-del-po/vesuvio", "diario-del-po/la-secca", "roma"}
    flood, drought = sources["diario-del-po/vesuvio"], sources["diario-del-po/la-secca"]
    assert "L’ultima eruzione del Vesuvio è stata nel 1944" in flood.text
    assert (flood.title, flood.date, flood.kind) == ("La piena", "2026-11-20", "feed")
    assert flood.link == local(site, "/vesuvio")
    assert drought.text.startswith("Il Po è in secca.")
    assert drought.link == local(site, "/feed")


def test_other_kinds_of_documents_may_be_linked_to(site: Site, settings: Settings) -> None:
    site.pages["/prezzi"] = response(body=b"Voce,Prezzo\nPane,3\n", content_type="text/csv")
    site.pages["/note.md"] = response(body=b"# Note\n\nCiao.", content_type="text/plain")
    site.pages["/rotto"] = response(body=b"%PDF-1.7 e poi niente", content_type="application/pdf")
    links = [local(site, target) for target in ("/prezzi", "/note.md", "/rotto")]
    (settings.sources / "web.links").write_text("\n".join(links))
    reading = collect(settings, silent)
    kinds = {source.link: source.kind for source in reading.sources}
    assert kinds == {links[0]: "csv", links[1]: "md", "": "txt"}
    assert [skipped.path for skipped in reading.skipped] == [links[2]]


def test_whether_something_has_changed_is_asked_of_each_page_once(
    site: Site, settings: Settings
) -> None:
    reload_in_child(settings)
    asked = len(site.requests)
    assert site.targets() == ["/mole"]
    assert not reload_in_child(settings).swapped
    assert site.targets() == ["/mole", "/mole"]
    assert site.requests[-1].headers["if-none-match"] == '"1"'
    assert len(site.requests) == 2 * asked


def test_a_look_without_the_network_takes_pages_as_they_were(
    site: Site, settings: Settings
) -> None:
    def look() -> Changes | None:
        return unchanged(Generations(settings.store), settings, HashEmbedder().fingerprint)

    reload(settings, HashEmbedder())
    site.requests.clear()
    site.pages["/mole"] = response(body=VESUVIO)
    found = look()
    assert found
    assert found.unchanged == 2
    assert site.requests == []


def test_a_bad_line_is_named_and_costs_nothing_else(site: Site, settings: Settings) -> None:
    (settings.sources / "sub").mkdir()
    (settings.sources / "sub" / "more.LINKS").write_text(
        f"{local(site, '/vesuvio')}\n\nhttp://me:sesame@example.org/\nfile:///etc/passwd\n"
        f"{local(site, '/gone')}\n{local(site, '/mole')}\n",
        "utf-8",
    )
    reading = collect(settings, silent)
    reasons = {skipped.path: str(skipped.fault) for skipped in reading.skipped}
    assert set(reasons) == {"sub/more.LINKS:3", "sub/more.LINKS:4", local(site, "/gone")}
    assert "password" in reasons["sub/more.LINKS:3"]
    assert "sesame" not in str(reasons)
    assert len(reading.sources) == 3


def test_links_alone_are_enough_and_none_that_can_be_read_is_an_error(
    site: Site, settings: Settings
) -> None:
    (settings.sources / "roma.txt").unlink()
    with pytest.raises(SourcesError, match="has been read yet"):
        collect(settings, silent, fetch=False)
    assert len(collect(settings, silent).sources) == 1
    (settings.sources / "web.links").write_text(local(site, "/gone"))
    with pytest.raises(SourcesError, match=r"/gone: it is not there \(404\)"):
        collect(settings, silent)
    (settings.sources / "web.links").write_text("# niente\n")
    with pytest.raises(SourcesError, match="is empty"):
        collect(settings, silent)


def test_a_page_that_has_the_name_of_a_file_goes_by_its_link(
    site: Site, settings: Settings
) -> None:
    folder = settings.sources / f"127.0.0.1:{site.port}"
    folder.mkdir()
    (folder / "mole.txt").write_text("Sono un file.\n")
    ids = [source.id for source in collect(settings, silent).sources]
    assert ids == [f"127.0.0.1:{site.port}/mole", local(site, "/mole"), "roma"]


async def test_links_are_read_where_a_loop_is_running_too(settings: Settings) -> None:
    assert asyncio.get_running_loop()
    assert len(collect(settings, silent).sources) == 2
