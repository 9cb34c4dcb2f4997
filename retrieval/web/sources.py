"""The sources that links lead to, as the cache has them. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable

from retrieval.settings import WebSettings
from retrieval.source import Source
from retrieval.sources.document import title_from_name
from retrieval.web.cache import Kept, Record
from retrieval.web.links import Link, parse


def sources_of(
    found: Iterable[tuple[Link, Record]], taken: Container[str]
) -> list[tuple[Source, str]]:
    """Make sources of what links led to, each with when it was last seen.

    A page's id is its host and path, that of a feed's entry the feed's name and the entry's slug;
    where a file has that name already, it is the whole link.
    """
    made: list[tuple[Source, str]] = []
    for link, record in found:
        for kept in record.kept:
            name = f"{record.feed}/{kept.id}" if record.feed else link.id
            if name in taken:
                name = f"{link.url}#{kept.id}" if record.feed else link.url
            made.append((_source(name, link, kept), kept.seen))
    return made


def _source(name: str, link: Link, kept: Kept) -> Source:
    document = kept.document
    return Source(
        id=name,
        path=kept.link or link.url,
        title=document.title or title_from_name(name.rpartition("/")[2]),
        text=document.text,
        origin=document.origin or link.host,
        date=document.date,
        author=document.author,
        link=_shown(document.link, kept.link or link.url),
        pages=document.pages,
        kind=document.kind,
    )


def _shown(said: str, found: str) -> str:
    """The link a page wants to be known by, if it is one of its own server; else where it was."""
    here = _parsed(found)
    there = _parsed(said) if said else None
    if there and here and _bare(there.host) == _bare(here.host):
        return there.url
    return found


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def _parsed(url: str) -> Link | None:
    """Read a link whatever port it leads to, ``None`` where it is none."""
    try:
        return parse(url, _ANY)
    except ValueError:
        return None


_ANY = WebSettings(ports=frozenset(range(1, 65_536)))
