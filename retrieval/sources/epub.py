"""Books, EPUB: the chapters in their order, with their headings."""

from __future__ import annotations

import posixpath
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from retrieval.faults import Fault, FaultError
from retrieval.sources import archives
from retrieval.sources.blocks import join
from retrieval.sources.document import Document, tidy_title
from retrieval.sources.markup import blocks_of
from retrieval.sources.raised import raised_in

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_TEXT = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
    "e": "http://www.w3.org/2001/04/xmlenc#",
}


def read(data: bytes) -> Document:
    """Read a book, without its table of contents.

    Raises:
        FaultError: it is protected, damaged or too large, or there is no text in it.
    """
    archives.check(data, "an EPUB book")
    with ZipFile(BytesIO(data)) as book:
        names = set(book.namelist())
        root = _xml(book, _CONTAINER).find(".//c:rootfile", _NAMES)
        place = str(root.get("full-path")) if root is not None else ""
        package = _xml(book, place)
        chapters = [name for name in _chapters(package, place) if name in names]
        _require_open(book, names, chapters)
        text = join(block for name in chapters for block in blocks_of(_html(book.read(name))))
    if not text:
        raise FaultError(Fault("no-text", "there is no text in it: it may be a book of pictures"))
    return Document(
        text=text,
        title=tidy_title(_said(package, "title")),
        author=_said(package, "creator"),
        origin=_said(package, "publisher"),
        date=_said(package, "date").partition("T")[0],
    )


def _chapters(package: Any, place: str) -> list[str]:
    """The names of the parts that hold the text, in order."""
    folder = posixpath.dirname(place)
    items = {item.get("id"): item for item in package.iterfind(".//o:manifest/o:item", _NAMES)}
    found = []
    for reference in package.iterfind(".//o:spine/o:itemref", _NAMES):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _TEXT:
            continue
        if "nav" not in (item.get("properties") or "").split():
            href = unquote(str(item.get("href")).partition("#")[0])
            found.append(posixpath.normpath(posixpath.join(folder, href)))
    return list(dict.fromkeys(found))


def _require_open(book: ZipFile, names: set[str], chapters: list[str]) -> None:
    """Fonts may be garbled, chapters may not."""
    if _ENCRYPTION not in names:
        return
    garbled = {
        unquote(str(reference.get("URI")))
        for reference in _xml(book, _ENCRYPTION).iterfind(".//e:CipherReference", _NAMES)
    }
    if garbled & set(chapters):
        english = "it is protected against copying: use a copy without protection"
        raise FaultError(Fault("copy-protected", english))


def _said(package: Any, name: str) -> str:
    values = (
        " ".join("".join(e.itertext()).split()) for e in package.iterfind(f".//d:{name}", _NAMES)
    )
    found = list(dict.fromkeys(filter(None, values)))
    return ", ".join(found) if name == "creator" else next(iter(found), "")


def _xml(book: ZipFile, name: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(book.read(name), parser)
    except (KeyError, etree.XMLSyntaxError) as error:
        english = f"it is damaged, or not an EPUB book: {error}"
        raise FaultError(Fault("damaged", english)) from None


def _html(data: bytes) -> Any:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        text = raised_in(data.decode("utf-8", "replace"))
        return html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError:  # an empty chapter
        return html.document_fromstring("<p></p>")
