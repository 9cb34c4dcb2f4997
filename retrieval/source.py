"""A document as read, and what a list of documents says of it."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field


def content_hash(text: str) -> str:
    """Name a text by its content: the SHA-256 of its UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def set_of(source: str) -> str:
    """Name the set a source (by id) belongs to: the topmost folder it lies in, "" for none."""
    folder, slash, _ = source.partition("/")
    return folder if slash else ""


@dataclass(frozen=True, slots=True)
class Twin:
    """Another document with the same text: its id and title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Source:
    """One document as read: what citations point into.

    ``id`` is its path below the sources folder without the suffix, ``path`` the same with it.
    ``origin`` (who published it), ``author`` and ``date`` are the document's own words, where it
    gives them. ``link`` is its address on the web, http or https. ``pages`` are the offsets at
    which its pages begin, page 1 first; () where it has none. ``kind`` is the suffix of its file
    in lower case, without the dot, or "web", or "feed". ``also`` are the other documents that
    have the same text, where that is known.
    """

    id: str
    path: str
    title: str
    text: str
    origin: str = ""
    date: str = ""
    author: str = ""
    link: str = ""
    pages: tuple[int, ...] = ()
    kind: str = ""
    also: tuple[Twin, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if self.link and not self.link.startswith(("http://", "https://")):
            raise ValueError(f"not an address on the web: {self.link}")
        edges = [0, *self.pages, len(self.text)]
        if edges != sorted(edges):
            raise ValueError(f"the pages of {self.path} are out of order")

    @property
    def content_hash(self) -> str:
        """Which version of the document this is: its text, and where its pages begin."""
        pages = " ".join(map(str, self.pages))
        return content_hash(f"{self.text}\0{pages}" if pages else self.text)

    def page_at(self, offset: int) -> int:
        """The number of the page that an offset lies on, 0 where there are no pages."""
        return max(bisect_right(self.pages, offset), 1) if self.pages else 0


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What a list of sources says of one of them. ``characters`` is its size.

    ``seen`` and ``changed`` say when it was last found and last differed: UTC, in ISO 8601, ""
    where that is unknown. ``same_as`` is the id of the document that has the same text and is
    searched in its place, "" for none; ``passages`` are that one's then.
    """

    id: str
    path: str
    title: str
    content_hash: str
    origin: str
    date: str
    passages: int
    characters: int
    author: str = ""
    link: str = ""
    kind: str = ""
    seen: str = ""
    changed: str = ""
    same_as: str = ""

    @property
    def set(self) -> str:
        """The set it belongs to: the topmost folder it lies in, "" for none."""
        return set_of(self.id)
