"""Reads what was fetched, in the process that reads files."""

from __future__ import annotations

from retrieval.sources.apart import Apart
from retrieval.sources.document import Document
from retrieval.web.feeds import Feed, from_document
from retrieval.web.links import Link


class ReadersApart:
    """Reads with a worker. All methods block, and raise ``FaultError`` with the reason."""

    def __init__(self, apart: Apart) -> None:
        self._apart = apart

    def page(self, data: bytes, suffix: str) -> Document:
        """Read a page, or another kind of document by the suffix of its files."""
        return self._apart.read(suffix, data)

    def feed(self, data: bytes, link: Link) -> Feed:
        """Read a feed."""
        return from_document(self._apart.read("feed", f"{link.url}\n".encode() + data))

    def entry(self, html: str) -> Document:
        """Read what a feed says of one of its entries."""
        return self._apart.read("entry", html.encode("utf-8", "replace"))
