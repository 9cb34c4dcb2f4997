"""One round over all links: what has changed is read, what fails keeps its last good text."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Protocol, TypeVar, TypeVarTuple

from retrieval.changes import OnProgress, Progress, Skipped, Step
from retrieval.faults import Fault, FaultError, unreadable
from retrieval.settings import WebSettings
from retrieval.source import content_hash
from retrieval.sources.document import Document
from retrieval.web.cache import Cache, Kept, Record
from retrieval.web.feeds import Entry, Feed, slug
from retrieval.web.fetched import Fetched, Validators
from retrieval.web.links import Link, parse
from retrieval.web.lists import Listed
from retrieval.web.media import FEED

logger = logging.getLogger(__name__)

_Given = TypeVarTuple("_Given")
_Found = TypeVar("_Found")

MOST_KEPT = 500
"""Entries of one feed, with those that it doesn't list any more."""

AGAIN, FIRST = 60.0, 600.0
"""Seconds for all links that have been read before, and for those that haven't."""

_PAGES = 0.6  # of that time; after it a feed goes by its summaries, lest it never comes in at all


class Fetch(Protocol):
    """What fetches: see :class:`~retrieval.web.fetching.Fetcher`."""

    async def fetch(self, link: Link, known: Validators | None = None) -> Fetched:
        """Fetch a page."""


class Readers(Protocol):
    """What reads what was fetched. All block, and raise ``FaultError`` with the reason."""

    def page(self, data: bytes, suffix: str) -> Document:
        """Read a page, or another kind of document by the suffix of its files."""

    def feed(self, data: bytes, link: Link) -> Feed:
        """Read a feed."""

    def entry(self, html: str) -> Document:
        """Read what a feed says of one of its entries."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a round came to, in words for an operator, by link.

    ``stale`` are those that failed and keep their text, ``failed`` those that have none.
    """

    stale: tuple[Skipped, ...] = ()
    failed: tuple[Skipped, ...] = ()


class Round:
    """One round, of all links there are. ``now`` gives the time."""

    def __init__(
        self,
        settings: WebSettings,
        cache: Cache,
        fetcher: Fetch,
        readers: Readers,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._cache = cache
        self._fetcher = fetcher
        self._readers = readers
        self._now = now
        self._reading = asyncio.Lock()  # one at a time: there is one process that reads
        self._names: dict[str, str] = {}
        self._until = (0.0, 0.0)  # when feeds read before, and new ones, fetch no more pages
        self._stale: list[Skipped] = []
        self._failed: list[Skipped] = []

    async def run(
        self,
        links: Iterable[Listed],
        on_progress: OnProgress,
        *,
        again: float = AGAIN,
        first: float = FIRST,
    ) -> Gathered:
        """Bring the cache up to date with all links, as far as time allows.

        Those never read come first, then those seen longest ago, so that where time is short
        each has its turn in one of the next rounds.
        """
        known = [(listed.link, self._cache.get(listed.link.url)) for listed in links]
        known.sort(key=lambda pair: pair[1].seen if pair[1] else "")
        self._names = {record.feed: record.url for _, record in known if record and record.feed}
        begun = asyncio.get_running_loop().time()
        self._until = (begun + _PAGES * again, begun + _PAGES * first)
        done = 0

        async def bring(link: Link, record: Record | None) -> None:
            nonlocal done
            await self._bring(link, record)
            done += 1
            on_progress(Progress(Step.FETCHING, done, len(known)))

        on_progress(Progress(Step.FETCHING, 0, len(known)))
        tasks = [asyncio.create_task(bring(link, record)) for link, record in known]
        pairs = list(zip(tasks, known, strict=True))
        old = [task for task, (_, record) in pairs if record]
        new = [task for task, (_, record) in pairs if not record]
        try:
            await asyncio.gather(_wait(old, again), _wait(new, first))
        finally:
            for task in tasks:
                task.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
        for (link, record), result in zip(known, results, strict=True):
            if isinstance(result, asyncio.CancelledError):
                fault = Fault("no-time", "there was no time for it: reload again")
                self._report(link, record, fault)
            elif isinstance(result, BaseException):
                raise result
        return Gathered(_sorted(self._stale), _sorted(self._failed))

    async def _bring(self, link: Link, record: Record | None) -> None:
        try:
            found = await self._find(link, record)
        except FaultError as error:
            self._report(link, record, error.fault)
        except Exception as error:
            # Whatever somebody's page makes of our libraries, it costs that page alone.
            # What follows in a link may be a key to it.
            logger.exception("%s can't be read", link.url.partition("?")[0])
            english = f"it can't be read ({type(error).__name__}): take it out"
            self._report(link, record, Fault("unexpected", english))
        else:
            self._cache.put(found)

    async def _find(self, link: Link, record: Record | None) -> Record:
        fetched = await self._fetcher.fetch(link, record.validators if record else None)
        now = self._now().isoformat(timespec="seconds")
        body = sha256(fetched.body).hexdigest() if fetched.body is not None else ""
        if record and body in ("", record.body):
            return _seen_again(replace(record, validators=fetched.validators), now)
        assert fetched.body is not None
        if fetched.suffix == FEED:
            return await self._feed(link, record, fetched, body, now)
        document = await self._read(self._readers.page, fetched.body, fetched.suffix)
        kind = "web" if fetched.suffix == ".html" else fetched.suffix[1:]
        document = replace(document, kind=document.kind or kind)
        kept = Kept("", fetched.link.url, document, now)
        return Record(link.url, now, (kept,), body, validators=fetched.validators)

    async def _read(self, read: Callable[[*_Given], _Found], *given: *_Given) -> _Found:
        """Have one of the readers read, when its turn has come.

        Where time is over meanwhile, it reads on in its thread, and the next one waits for that.
        """
        await self._reading.acquire()
        reading = asyncio.create_task(asyncio.to_thread(read, *given))
        reading.add_done_callback(lambda _: self._reading.release())
        return await asyncio.shield(reading)

    async def _feed(
        self, link: Link, record: Record | None, fetched: Fetched, body: str, now: str
    ) -> Record:
        assert fetched.body is not None
        feed = await self._read(self._readers.feed, fetched.body, fetched.link)
        known = {kept.id: kept for kept in record.kept} if record and record.feed else {}
        found: dict[str, Kept] = {}
        whole = True
        until = self._until[0 if record else 1]
        for entry in feed.entries:
            before = known.get(entry.slug)
            if before and before.stamp == entry.stamp:
                found[entry.slug] = replace(before, seen=now)
                continue
            try:
                kept, good = await self._entry(entry, fetched.link, now, until)
                found[entry.slug] = kept
            except ValueError as error:
                good = False
                cause, title = unreadable(error), entry.title or entry.slug
                english = f"the entry “{title}” can't be read: {cause}"
                self._report(link, None, Fault("entry", english, title=title, cause=cause))
                if before:
                    found[entry.slug] = before
            whole = whole and good
        if not found and not known:
            english = "not one entry of the feed can be read: link to another"
            raise FaultError(Fault("entries", english))
        gone = [kept for name, kept in known.items() if name not in found]
        entries = [*found.values(), *sorted(gone, key=lambda kept: kept.seen, reverse=True)]
        return Record(
            link.url,
            now,
            tuple(entries[:MOST_KEPT]),
            # What could not be read is tried again, although the feed may be the same then.
            body if whole else "",
            feed=record.feed if record and record.feed else self._name(feed, link),
            validators=fetched.validators if whole else Validators(),
        )

    async def _entry(self, entry: Entry, feed: Link, now: str, until: float) -> tuple[Kept, bool]:
        """Read an entry: its own text, or that of its page where it has only a summary.

        Tells, too, whether that is all there is: where the page fails, or there is no time for it
        ``until`` then, the summary stands in.
        """
        link, document, good = None, None, True
        if entry.link:
            try:
                link = parse(entry.link, self._settings, feed)
            except FaultError:
                if not entry.whole:  # else there is nothing to go there for
                    raise
        if not entry.whole and link:
            try:
                async with asyncio.timeout_at(until):
                    page = await self._fetcher.fetch(link)
                if page.body is not None and page.suffix != FEED:
                    document = await self._read(self._readers.page, page.body, page.suffix)
            except (ValueError, TimeoutError) as error:
                logger.info("%s: %s", link.url.partition("?")[0], error)
                good = False
        if document is None:
            document = await self._read(self._readers.entry, entry.html)
        document = replace(
            document,
            title=entry.title or document.title,
            author=entry.author or document.author,
            date=entry.date or document.date,
            kind="feed",
        )
        where = link.url if link else ""
        return Kept(entry.slug, where, document, now, entry.stamp if good else ""), good

    def _name(self, feed: Feed, link: Link) -> str:
        """Name a feed for good, by what it calls itself or where it is."""
        name = slug(feed.title) or link.host
        for other in (name, f"{name}-{slug(link.host)}", f"{name}-{content_hash(link.url)[:8]}"):
            if self._names.setdefault(other, link.url) == link.url:
                return other
        raise AssertionError("hashes are distinct")

    def _report(self, link: Link, record: Record | None, fault: Fault) -> None:
        if record:
            day = record.seen[:10]
            english = f"{fault} (its text of {day} stays)"
            self._stale.append(Skipped(link.url, Fault("kept", english, cause=fault, day=day)))
        else:
            self._failed.append(Skipped(link.url, fault))


def _seen_again(record: Record, now: str) -> Record:
    """What has not changed was seen again; but not what a feed had ceased to list before."""
    latest = max(kept.seen for kept in record.kept)
    kept = tuple(replace(each, seen=now) if each.seen == latest else each for each in record.kept)
    return replace(record, seen=now, kept=kept)


async def _wait(tasks: Sequence[asyncio.Task[None]], seconds: float) -> None:
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
        for task in late:
            task.cancel()


def _sorted(reports: Sequence[Skipped]) -> tuple[Skipped, ...]:
    return tuple(sorted(reports, key=lambda report: report.path))
