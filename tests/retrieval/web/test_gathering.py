"""A round over all links: what changes is read, what fails keeps its last good text."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from retrieval.changes import Progress, Step
from retrieval.faults import Fault, FaultError
from retrieval.settings import WebSettings
from retrieval.source import Source
from retrieval.sources.document import Document
from retrieval.web.cache import Cache
from retrieval.web.feeds import Feed, read_feed
from retrieval.web.fetched import Fetched, FetchError, Validators
from retrieval.web.gathering import MOST_KEPT, Gathered, Round
from retrieval.web.links import Link, parse
from retrieval.web.lists import Listed
from retrieval.web.sources import sources_of

SETTINGS = WebSettings()


@dataclass
class Web:
    """Pages by link; what isn't there can't be had. ``asked`` are all requests, in order."""

    pages: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    slow: set[str] = field(default_factory=set)

    async def fetch(self, link: Link, known: Validators | None = None) -> Fetched:
        self.asked.append(link.url)
        if link.url in self.slow:
            await asyncio.sleep(60)
        if link.url not in self.pages:
            raise FetchError(Fault("not-there", "it is not there (404)", status="404"), 404)
        body = self.pages[link.url].encode()
        validators = Validators(link.url, sha256(body).hexdigest())
        if known == validators:
            return Fetched(link, None, "", known)
        suffix = ".xml" if body.startswith(b"<rss") else ".html"
        return Fetched(link, body, suffix, validators)


class Readers:
    """Reads what has no markup; ``unreadable`` is what breaks it."""

    def page(self, data: bytes, suffix: str) -> Document:
        text = data.decode()
        if "unreadable" in text:
            raise FaultError(Fault("no-text", "there is no text in it"))
        if "a bug" in text:
            raise KeyError("a bug")
        return Document(text, title=text.split()[0])

    def feed(self, data: bytes, link: Link) -> Feed:
        return read_feed(data, link.url)

    def entry(self, html: str) -> Document:
        return Document(html)


class SlowReaders(Readers):
    """Reads one page for so long that time is over, and notes whether more is read meanwhile."""

    def __init__(self, slow: str) -> None:
        self.slow = slow
        self.begun, self.others = threading.Event(), threading.Event()
        self.at_once = False

    def page(self, data: bytes, suffix: str) -> Document:
        if data.decode().startswith(self.slow):
            self.begun.set()
            self.at_once = self.others.wait(0.5)
        else:
            self.others.set()
        return super().page(data, suffix)


@dataclass
class World:
    """A store, a web, and a clock that moves by a day each round."""

    cache: Cache
    web: Web = field(default_factory=Web)
    now: datetime = datetime(2026, 11, 20, tzinfo=UTC)
    links: Sequence[str] = ()
    progress: list[Progress] = field(default_factory=list)

    def listed(self) -> list[Listed]:
        return [Listed(parse(url, SETTINGS), "a.links", n) for n, url in enumerate(self.links, 1)]

    async def round(
        self,
        *links: str,
        again: float = 60,
        first: float = 60,
        readers: Readers | None = None,
    ) -> Gathered:
        self.links = links or self.links
        self.now += timedelta(days=1)
        self.web.asked.clear()
        one = Round(SETTINGS, self.cache, self.web, readers or Readers(), now=lambda: self.now)
        return await one.run(self.listed(), self.progress.append, again=again, first=first)

    def pages(self) -> dict[str, tuple[Source, str]]:
        records = [(each.link, self.cache.get(each.link.url)) for each in self.listed()]
        found = sources_of([(link, record) for link, record in records if record], ())
        return {source.id: (source, seen[:10]) for source, seen in found}

    def texts(self) -> dict[str, str]:
        return {name: source.text for name, (source, _) in self.pages().items()}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(Cache(tmp_path))


A, B = "https://a.example/one", "https://b.example/two"


async def test_pages_are_read_and_what_is_the_same_is_not_read_again(world: World) -> None:
    world.web.pages = {A: "Roma è la capitale.", B: "Torino sta sul Po."}
    assert await world.round(A, B) == Gathered()
    assert world.texts() == {
        "a.example/one": world.web.pages[A],
        "b.example/two": "Torino sta sul Po.",
    }
    source, seen = world.pages()["a.example/one"]
    assert (source.title, source.link, source.kind, source.path) == ("Roma", A, "web", A)
    assert (source.origin, seen) == ("a.example", "2026-11-21")
    world.web.pages[B] = "Torino sta anche sulla Dora."
    await world.round()
    assert world.texts()["b.example/two"] == "Torino sta anche sulla Dora."
    assert world.pages()["a.example/one"] == (source, "2026-11-22")
    assert {(step.step, step.total) for step in world.progress} == {(Step.FETCHING, 2)}


@pytest.mark.parametrize("breaks", ["", "an unreadable page", "a bug"])
async def test_a_page_that_fails_keeps_its_last_good_text_and_its_date(
    world: World, breaks: str
) -> None:
    world.web.pages = {A: "Roma è la capitale.", B: "Torino sta sul Po."}
    await world.round(A, B)
    before = world.pages()["a.example/one"]
    if breaks:
        world.web.pages[A] = breaks
    else:
        del world.web.pages[A]
    for _ in range(2):
        gathered = await world.round()
        assert [report.path for report in gathered.stale] == [A]
        assert str(gathered.stale[0].fault).endswith("(its text of 2026-11-21 stays)")
        assert gathered.failed == ()
        assert world.pages()["a.example/one"] == before
        assert world.pages()["b.example/two"][1] == f"{world.now:%Y-%m-%d}"
    world.web.pages[A] = "Roma è tornata."
    assert await world.round() == Gathered()
    assert world.texts()["a.example/one"] == "Roma è tornata."


async def test_what_follows_in_a_link_is_in_no_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    keyed = f"{A}?key=4711"
    world.web.pages = {keyed: "a bug"}
    gathered = await world.round(keyed)
    assert [report.path for report in gathered.failed] == [keyed]
    assert A in caplog.text
    assert "4711" not in caplog.text


@pytest.mark.parametrize("page", [None, "an unreadable page", "a bug"])
async def test_a_page_that_was_never_read_is_reported_and_costs_nothing_else(
    world: World, page: str | None
) -> None:
    world.web.pages = {B: "Torino sta sul Po.", **({A: page} if page else {})}
    gathered = await world.round(A, B)
    assert [report.path for report in gathered.failed] == [A]
    assert list(world.texts()) == ["b.example/two"]


async def test_where_time_is_short_each_link_has_its_turn_in_the_end(world: World) -> None:
    world.web.pages = {A: "Roma.", B: "Torino."}
    await world.round(A)
    await world.round(A, B)
    world.web.slow = {A, B}
    gathered = await world.round(again=0.01)
    assert [str(report.fault) for report in gathered.stale] == [
        "there was no time for it: reload again (its text of 2026-11-22 stays)"
    ] * 2
    world.web.slow = {B}
    await world.round(again=0.01)
    world.web.slow.clear()
    await world.round()
    assert world.web.asked == [B, A]


async def test_links_never_read_come_first_and_have_more_time(world: World) -> None:
    world.web.pages = {A: "Roma."}
    await world.round(A)
    world.web.slow = {A, B}
    gathered = await world.round(A, B, again=0.01, first=0.02)
    assert world.web.asked == [B, A]
    assert [report.path for report in gathered.failed] == [B]
    assert [report.path for report in gathered.stale] == [A]


FEED = """<rss version="2.0"><channel><title>Il Giornale di Prova</title>{}</channel></rss>"""
ENTRY = """<item><title>{title}</title><link>{link}</link><guid>{link}</guid>
<description>{text}</description><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item>"""
LONG = "Una storia lunga. " * 60
SITE = "https://news.example"


def feed(*entries: tuple[str, str]) -> str:
    """A feed of entries: a path and what the feed says of it."""
    items = [ENTRY.format(title=f"Su {p}", link=f"{SITE}/{p}", text=text) for p, text in entries]
    return FEED.format("".join(items))


async def test_each_entry_of_a_feed_is_a_source_and_a_summary_leads_to_its_page(
    world: World,
) -> None:
    world.web.pages = {
        A: feed(("roma", LONG), ("torino", "In breve.")),
        f"{SITE}/torino": "Torino sta sul Po.",
    }
    assert await world.round(A) == Gathered()
    pages = world.pages()
    assert {name: source.text.strip() for name, (source, _) in pages.items()} == {
        "il-giornale-di-prova/roma": LONG.strip(),
        "il-giornale-di-prova/torino": "Torino sta sul Po.",
    }
    source = pages["il-giornale-di-prova/torino"][0]
    assert (source.title, source.link) == ("Su torino", f"{SITE}/torino")
    assert (source.date, source.kind) == ("2026-11-20", "feed")
    assert world.web.asked == [A, f"{SITE}/torino"]
    await world.round()
    assert world.web.asked == [A]
    assert world.pages()["il-giornale-di-prova/roma"] == (
        pages["il-giornale-di-prova/roma"][0],
        "2026-11-22",
    )


async def test_an_entry_is_read_again_only_when_it_changes(world: World) -> None:
    world.web.pages = {A: feed(("a", "Uno."), ("b", "Due.")), f"{SITE}/a": "A.", f"{SITE}/b": "B."}
    await world.round(A)
    world.web.pages |= {A: feed(("a", "Uno."), ("b", "Due e mezzo.")), f"{SITE}/b": "Bis."}
    await world.round()
    assert world.web.asked == [A, f"{SITE}/b"]
    assert world.texts()["il-giornale-di-prova/b"] == "Bis."


async def test_what_a_feed_lists_no_more_stays_with_the_date_it_was_last_there(
    world: World,
) -> None:
    world.web.pages = {A: feed(("a", LONG))}
    await world.round(A)
    world.web.pages = {A: feed(("b", LONG))}
    await world.round()
    await world.round()
    assert {name: seen for name, (_, seen) in world.pages().items()} == {
        "il-giornale-di-prova/a": "2026-11-21",
        "il-giornale-di-prova/b": "2026-11-23",
    }
    for number in range(MOST_KEPT // 100 + 1):
        world.web.pages = {A: feed(*((f"{number}-{n}", LONG) for n in range(100)))}
        await world.round()
    assert len(world.pages()) == MOST_KEPT
    assert "il-giornale-di-prova/b" not in world.pages()


async def test_an_entry_whose_page_fails_stands_on_its_summary_until_the_page_is_there(
    world: World,
) -> None:
    world.web.pages = {A: feed(("a", "In breve."))}
    await world.round(A)
    assert world.texts() == {"il-giornale-di-prova/a": "In breve."}
    world.web.pages[f"{SITE}/a"] = "Per intero."
    await world.round()
    assert world.texts() == {"il-giornale-di-prova/a": "Per intero."}


async def test_an_entry_may_not_lead_inside_and_one_bad_entry_costs_no_other(
    world: World,
) -> None:
    entries = [
        ENTRY.format(title="Dentro", link="http://169.254.169.254/", text="In breve."),
        ENTRY.format(title="Fuori", link=f"{SITE}/a", text=LONG),
    ]
    world.web.pages = {A: FEED.format("".join(entries))}
    gathered = await world.round(A)
    assert list(world.texts()) == ["il-giornale-di-prova/a"]
    assert "“Dentro”" in str(gathered.failed[0].fault)
    assert world.web.asked == [A]


@pytest.mark.parametrize("link", [f"{SITE}/a b", f"{SITE}:8443/a", "http://10.0.0.1/a"])
async def test_an_entry_that_says_all_is_read_wherever_it_leads(world: World, link: str) -> None:
    world.web.pages = {A: FEED.format(ENTRY.format(title="Su a", link=link, text=LONG))}
    assert await world.round(A) == Gathered()
    [(source, _)] = world.pages().values()
    assert (source.text, source.link) == (LONG.strip(), A)
    assert world.web.asked == [A]


async def test_two_feeds_of_one_name_keep_apart_and_keep_their_names(world: World) -> None:
    world.web.pages = {A: feed(("a", LONG)), B: feed(("a", LONG))}
    await world.round(A)
    await world.round(B, A)
    assert set(world.texts()) == {"il-giornale-di-prova/a", "il-giornale-di-prova-b-example/a"}
    world.web.pages[A] = world.web.pages[A].replace("Il Giornale", "Un altro nome")
    await world.round(B, A)
    assert set(world.texts()) == {"il-giornale-di-prova/a", "il-giornale-di-prova-b-example/a"}


async def test_a_page_has_its_whole_link_for_a_name_where_a_file_has_its_own(world: World) -> None:
    world.web.pages = {A: "Roma.", B: feed(("a", LONG))}
    await world.round(A, B)
    records = [
        (each.link, self) for each in world.listed() if (self := world.cache.get(each.link.url))
    ]
    taken = {"a.example/one", "il-giornale-di-prova/a"}
    assert [source.id for source, _ in sources_of(records, taken)] == [A, f"{B}#a"]


async def test_a_garbled_record_is_fetched_anew_and_one_read_otherwise_is_read_again(
    world: World, tmp_path: Path
) -> None:
    world.web.pages = {A: "Roma.", B: "Torino."}
    await world.round(A, B)
    one, two = sorted((tmp_path / "fetched").iterdir())
    one.write_text("{")
    two.write_text(two.read_text("utf-8").replace('"format": "', '"format": "0'), "utf-8")
    records = [world.cache.get(each.link.url) for each in world.listed()]
    assert [record.validators if record else None for record in records].count(None) == 1
    assert Validators() in [record.validators for record in records if record]
    assert await world.round() == Gathered()
    assert len(world.texts()) == 2


async def test_what_progress_raises_ends_the_round(world: World) -> None:
    class CancelledError(Exception):
        pass

    def cancel(progress: Progress) -> None:
        if progress.done:
            raise CancelledError

    world.web.pages = {A: "Roma."}
    world.web.slow = {B}
    world.links = (A, B)
    one = Round(SETTINGS, world.cache, world.web, Readers())
    with pytest.raises(CancelledError):
        await one.run(world.listed(), cancel)


async def test_links_taken_out_are_forgotten(world: World, tmp_path: Path) -> None:
    world.web.pages = {A: "Roma.", B: "Torino."}
    await world.round(A, B)
    (tmp_path / "fetched" / ".left.json.tmp").touch()
    world.cache.prune([B])
    assert world.cache.get(A) is None
    assert len(list((tmp_path / "fetched").iterdir())) == 1


async def test_a_feed_whose_pages_take_too_long_comes_in_by_its_summaries(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or it never would: each round would begin with the same pages, and end with them."""
    pages = [f"{SITE}/{name}" for name in ("roma", "torino")]
    world.web.pages = {
        A: feed(("roma", "In breve."), ("torino", "Anche questo.")),
        pages[0]: "Roma è la capitale.",
        pages[1]: "Torino sta sul Po.",
    }
    world.web.slow = {pages[1]}
    with monkeypatch.context() as patch:
        patch.setattr("retrieval.web.gathering._PAGES", 0.001)
        gathered = await world.round(A, first=200)
    assert (gathered.stale, gathered.failed) == ((), ())
    assert world.texts() == {
        "il-giornale-di-prova/roma": "Roma è la capitale.",
        "il-giornale-di-prova/torino": "Anche questo.",
    }
    world.web.slow.clear()
    await world.round()
    assert world.web.asked == [A, pages[1]], "what was read is not read again"
    assert world.texts()["il-giornale-di-prova/torino"] == "Torino sta sul Po."


async def test_nothing_else_is_read_while_a_page_still_is_for_which_time_is_over(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is one process that reads: the other page would be given its text."""
    world.web.pages = {A: "Roma."}
    await world.round(A)
    world.web.pages = {A: "Roma è la capitale.", B: "Torino sta sul Po."}
    readers, fetch = SlowReaders("Roma"), world.web.fetch

    async def fetch_after(link: Link, known: Validators | None = None) -> Fetched:
        if link.url == B:
            await asyncio.to_thread(readers.begun.wait, 30)
        return await fetch(link, known)

    monkeypatch.setattr(world.web, "fetch", fetch_after)
    gathered = await world.round(A, B, again=0.1, readers=readers)
    assert [report.path for report in gathered.stale] == [A]
    assert world.texts() == {"a.example/one": "Roma.", "b.example/two": "Torino sta sul Po."}
    assert not readers.at_once
