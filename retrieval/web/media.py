"""Which kind of file a server sends. Pure."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import PurePosixPath

FEED = ".xml"
"""Stands for RSS and Atom, and for any other XML until somebody looks inside."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
_SUFFIXES: Mapping[str, str] = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/rss+xml": FEED,
    "application/atom+xml": FEED,
    "application/rdf+xml": FEED,
    "application/xml": FEED,
    "text/xml": FEED,
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    f"{_OFFICE}.wordprocessingml.document": ".docx",
    f"{_OFFICE}.spreadsheetml.sheet": ".xlsx",
}
_VAGUE = frozenset(
    {"", "text/plain", "application/octet-stream", "binary/octet-stream", "application/zip"}
)
# Nothing in it is given up again: for each character it might be, memory would be kept.
_PROLOG = re.compile(
    rb"\s*+(?:\xef\xbb\xbf)?(?:\s++|<\?.{0,500}?\?>|<!--.{0,2000}?-->|<!DOCTYPE[^>]*+>)*+",
    re.DOTALL,
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_PAGE = re.compile(rb"<html[\s>]", re.IGNORECASE)


def suffix_of(media: str, path: str) -> str:
    """Give the suffix of a file of this media type at this path, "" where it can't be read."""
    if media in _VAGUE:
        suffix = PurePosixPath(path.partition("?")[0]).suffix.lower()
        if suffix in _SUFFIXES.values():
            return suffix
    return _SUFFIXES.get(media, "")


def looked_into(suffix: str, body: bytes) -> str:
    """Correct a suffix by what is inside: feeds are called pages, and pages XML."""
    if suffix not in (FEED, ".html", ".txt"):
        return suffix
    prolog = _PROLOG.match(body)
    start = prolog.end() if prolog else 0
    if _FEED.match(body, start):
        return FEED
    if suffix == FEED and _PAGE.match(body, start):
        return ".html"
    return suffix


def in_utf8(suffix: str, body: bytes, content_type: str) -> bytes:
    """Write a text in UTF-8, where only its server says that it is in another encoding.

    A server may say so of everything it has, so that what is in UTF-8 stays as it is.
    """
    match = _CHARSET.search(content_type)
    if suffix not in (".html", ".txt", ".md", ".csv") or not match:
        return body
    try:
        body.decode()
    except UnicodeDecodeError:
        name = match[1].lower()
        with suppress(UnicodeError, LookupError, ValueError):
            # What is called Latin-1 is read as its larger kin by every browser.
            old = codecs.lookup(name).name
            return body.decode("cp1252" if old == "iso8859-1" else old).encode()
    return body
