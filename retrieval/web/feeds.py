"""RSS and Atom, of any version: what a feed's entries are called and say. Pure."""

from __future__ import annotations

import io
import json
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from retrieval.faults import Fault, FaultError
from retrieval.source import content_hash
from retrieval.sources.document import Document

MOST_ENTRIES = 100
"""Of one feed at a time; it gives the newest first, and what it has given before is kept."""

_WHOLE = 1_000  # characters; a summary of that length is not one
_LONGEST_SLUG = 80


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. ``html`` is all it says here, ``whole`` whether that is the text.

    ``slug`` names it within its feed; ``link`` is as written there, "" for none. ``stamp`` changes
    when the entry does. ``date`` is a day, in ISO 8601, "" where it gives none.
    """

    slug: str
    title: str
    link: str
    author: str
    date: str
    html: str
    whole: bool
    stamp: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed calls itself, and its entries in its order."""

    title: str
    entries: tuple[Entry, ...]


def to_document(data: bytes) -> Document:
    """Read a feed where nothing but documents comes out: see :func:`from_document`.

    ``data`` is the link it was fetched from, a line feed, and the feed.

    Raises:
        FaultError: it is none, or has no entries.
    """
    link, _, feed = data.partition(b"\n")
    return Document(json.dumps(asdict(read_feed(feed, link.decode()))))


def from_document(document: Document) -> Feed:
    """Read what :func:`to_document` wrote."""
    values = json.loads(document.text)
    return Feed(values["title"], tuple(Entry(**entry) for entry in values["entries"]))


def read_feed(data: bytes, link: str) -> Feed:
    """Read a feed that was fetched from ``link``.

    Raises:
        FaultError: it is none, or has no entries.
    """
    import feedparser

    # Given the bytes themselves, it would try to open a file of that name.
    parsed = feedparser.parse(io.BytesIO(data), response_headers={"content-location": link})
    if not parsed.get("version"):
        english = "it is neither a page nor a feed: link to what can be read"
        raise FaultError(Fault("media", english))
    raw = parsed.entries[:MOST_ENTRIES]
    slugs = _distinct([(_slug(entry), _identity(entry)) for entry in raw])
    entries = tuple(_entry(entry, name) for entry, name in zip(raw, slugs, strict=True))
    if not entries:
        english = "there are no entries in the feed: link to another"
        raise FaultError(Fault("no-entries", english))
    return Feed(_line(parsed.feed.get("title", "")), entries)


def slug(text: str) -> str:
    """Make a name of a text: letters and digits in lower case, with hyphens between."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower().replace("_", " "))
    return "-".join(words)[:_LONGEST_SLUG].rstrip("-")


def _entry(entry: Mapping[str, Any], name: str) -> Entry:
    content = max((part.get("value", "") for part in entry.get("content", ())), key=len, default="")
    html = content or _said(entry, "summary")
    when = _said(entry, "published_parsed") or _said(entry, "updated_parsed")
    title, author = (_line(_said(entry, key)) for key in ("title", "author"))
    date = time.strftime("%Y-%m-%d", when) if when else ""
    link = _link(entry)
    updated = _said(entry, "updated")
    return Entry(
        slug=name,
        title=title,
        link=link,
        author=author,
        date=date,
        html=html,
        whole=bool(content) or len(html) >= _WHOLE,
        stamp=content_hash(repr((title, link, author, date, updated, html))),
    )


def _said(entry: Mapping[str, Any], name: str) -> Any:
    # Its `get` answers with another value where there is none, and warns that it does.
    return (entry[name] or "") if name in entry else ""


def _link(entry: Mapping[str, Any]) -> str:
    # Where there is none, it is the entry's identity, which may be of any form.
    link = str(_said(entry, "link")).strip()
    return link if link.startswith(("http://", "https://")) else ""


def _slug(entry: Mapping[str, Any]) -> str:
    """The last word of its address, or else its title: what is there for people to read."""
    path = _link(entry).partition("?")[0].partition("#")[0].rstrip("/")
    last = path.rpartition("/")[2] if path.count("/") > 2 else ""
    last = re.sub(r"\.(?:html?|php|aspx?)$", "", last)
    words = slug(last)
    if words.isdecimal() or words in ("", "index"):
        words = slug(_said(entry, "title")) or words
    return words or "entry"


def _identity(entry: Mapping[str, Any]) -> str:
    return str(_said(entry, "id") or _said(entry, "link") or _said(entry, "title"))


def _distinct(named: Sequence[tuple[str, str]]) -> list[str]:
    """Tell entries of one name apart by what they are, so that order doesn't matter."""
    counts = Counter(name for name, _ in named)
    told = [
        name if counts[name] == 1 else f"{name}-{content_hash(identity)[:8]}"
        for name, identity in named
    ]
    # The same entry twice is not worth an error.
    repeated: Counter[str] = Counter()
    for number, name in enumerate(told):
        repeated[name] += 1
        if repeated[name] > 1:
            told[number] = f"{name}-{repeated[name]}"
    return told


def _line(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())
