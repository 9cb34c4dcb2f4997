"""All there is to index: the files of a folder, and what the links in it lead to."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

from retrieval.changes import OnProgress, Skipped
from retrieval.errors import SourcesError
from retrieval.faults import Fault
from retrieval.settings import Settings
from retrieval.sources import Reading, read_folder
from retrieval.sources.apart import Apart
from retrieval.sources.texts import FOLDER, Texts
from retrieval.web.cache import Cache
from retrieval.web.gathering import Gathered, Round
from retrieval.web.lists import Lists, read_lists
from retrieval.web.sources import sources_of

_Result = TypeVar("_Result")


def collect(settings: Settings, on_progress: OnProgress, *, fetch: bool = True) -> Reading:
    """Read all files, and all links; without ``fetch``, links as they were when last fetched.

    With it, the store's lock has to be held.

    Raises:
        SourcesError: the folder is missing or unreadable, or there is nothing to index in it.
    """
    lists = read_lists(settings.sources, settings.web)
    with Apart() as apart:
        texts = Texts(settings.store / FOLDER, apart)
        files = read_folder(
            settings.sources, on_progress, may_be_empty=bool(lists.links), reader=texts
        )
    if fetch:
        texts.forget_others()
    cache = Cache(settings.store)
    gathered = Gathered()
    if fetch and lists.links:
        gathered = _run(_gather(settings, cache, lists, on_progress))
    records = ((listed.link, cache.get(listed.link.url)) for listed in lists.links)
    known = [(link, record) for link, record in records if record]
    pages = sources_of(known, {source.id for source in files.sources})
    sources = sorted([*files.sources, *(page for page, _ in pages)], key=lambda source: source.id)
    skipped = sorted((*files.skipped, *lists.skipped, *gathered.failed), key=lambda it: it.path)
    if not sources:
        raise SourcesError(_nothing(settings, skipped))
    return replace(
        files,
        sources=tuple(sources),
        skipped=tuple(skipped),
        stale=gathered.stale,
        seen={page.id: seen for page, seen in pages},
    )


def forget_removed(settings: Settings) -> None:
    """Forget what links led to that stand in no file any more.

    Not before the documents without it answer: whoever takes a list away by mistake gets it back.
    The store's lock has to be held.
    """
    lists = read_lists(settings.sources, settings.web)
    if lists.whole:
        with suppress(OSError):
            Cache(settings.store).prune([listed.link.url for listed in lists.links])


async def _gather(
    settings: Settings, cache: Cache, lists: Lists, on_progress: OnProgress
) -> Gathered:
    from retrieval.web.fetching import Fetcher
    from retrieval.web.readers import ReadersApart

    with Apart() as apart:
        async with Fetcher(settings.web) as fetcher:
            round_ = Round(settings.web, cache, fetcher, ReadersApart(apart))
            return await round_.run(lists.links, on_progress)


def _run(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Run to the end what is asynchronous, whoever asks for it."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def _nothing(settings: Settings, skipped: list[Skipped]) -> Fault:
    if not skipped:
        english = (
            f"no link in {settings.sources} has been read yet: run `python -m retrieval index`"
        )
        return Fault("none-fetched", english)
    first, *others = skipped
    more = f" (and {len(others)} more)" if others else ""
    english = (
        f"nothing in {settings.sources} can be read: {first.path}: {first.fault}{more}; put "
        "documents in it, or links that can be read"
    )
    return Fault("none-readable", english, name=first.path, cause=first.fault)
