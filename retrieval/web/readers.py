"""Reads what was fetched."""

from __future__ import annotations

from retrieval.sources import kinds
from retrieval.sources.document import Document
from retrieval.web.feeds import Feed, read_feed
from retrieval.web.links import Link


class Here:
    """Reads in this process."""

    def page(self, data: bytes, suffix: str) -> Document:
        """Read a page, or another kind of document by the suffix of its files."""
        return kinds.read(suffix, data)

    def feed(self, data: bytes, link: Link) -> Feed:
        """Read a feed."""
        return read_feed(data, link)

    def entry(self, html: str) -> Document:
        """Read what a feed says of one of its entries."""
        from lxml import html as parser

        from retrieval.sources.markup import to_text

        return Document(to_text(parser.fragment_fromstring(html, create_parent="div")))
