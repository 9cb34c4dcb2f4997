"""What every reader makes of a file, and what readers share. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from retrieval.faults import Fault, FaultError

LONGEST_TITLE = 200
"""In characters; a longer title is cut and ends in an ellipsis."""

_LOOKED_AT = 2_000  # characters of a line or a title; looking takes their square
_TOP = 20  # lines; further down, "Data: ..." is more likely to be part of the text
_MARKUP = r"[\s>*_\-+]"
_LABEL = re.compile(
    rf"""{_MARKUP}*
    (?: (?P<title>titolo|title) | (?P<origin>fonte|source) | (?P<date>data|date)
        | (?P<link>link) )
    [\s*_]* : [\s*_]*
    (?P<value>\S.*?)
    [\s*_]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_ROW = re.compile(r"[^·:]+: [^·]+ · [^·:]+: \S")


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read. All but ``text`` is "" where the document doesn't say it.

    ``author``, ``link`` and ``pages`` are those of a :class:`~retrieval.types.Source`. ``kind`` is
    only given by readers of what isn't a file: the kind of a file is its suffix.
    """

    text: str
    title: str = ""
    origin: str = ""
    date: str = ""
    author: str = ""
    link: str = ""
    pages: tuple[int, ...] = ()
    kind: str = ""


Reader = Callable[[bytes], Document]
"""Reads the bytes of a file. Raises ``FaultError`` with the reason and the way out."""


def decode(data: bytes) -> str:
    """Decode a text file: UTF-8 without its byte order mark, with line feeds alone as line ends.

    Raises:
        FaultError: it is not a text in UTF-8, or there is nothing in it.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FaultError(Fault("encoding", "it is UTF-16 text: save it as UTF-8"))
    if b"\0" in data:
        raise FaultError(
            Fault("binary", "it is not a text but a binary file: save it as UTF-8 text")
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        english = f"it is not UTF-8 (line {line}): save it as UTF-8"
        raise FaultError(Fault("encoding", english)) from None
    if not text.strip():
        raise FaultError(Fault("empty", "it is empty: write something in it or remove it"))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_label(line: str) -> bool:
    """Tell whether a line says the title, origin, date or link: ``**Fonte:** ANSA``."""
    return _label(line) is not None


def read_labels(lines: Iterable[str]) -> dict[str, str]:
    """Find what lines near the top say of a document: its title, origin, date and link.

    The first of each kind counts, with or without Markdown around it or quotation marks.
    """
    found: dict[str, str] = {}
    for line in _top(lines):
        match = _label(line)
        if not match:
            continue
        value = match["value"].strip("\"'")
        kind = next(kind for kind in match.groupdict() if kind != "value" and match[kind])
        # A longer one is a sentence that happens to begin like a label.
        if value and len(value) <= LONGEST_TITLE:
            found.setdefault(kind, value)
    return found


def _label(line: str) -> re.Match[str] | None:
    # A row of a table may well begin with a date: «Data: 2026 · Importo: 5».
    return None if _ROW.match(line) else _LABEL.match(line[:_LOOKED_AT])


def tidy_title(title: str) -> str:
    """One line of fair length, with no markup around it."""
    words = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", " ".join(title.split())[:_LOOKED_AT])
    words = words.strip("*_` ")
    if len(words) <= LONGEST_TITLE:
        return words
    return f"{words[: LONGEST_TITLE - 1].rsplit(' ', 1)[0]}…"


def title_from_name(stem: str) -> str:
    """Make a file's name readable: ``nato-tokyo`` is "Nato tokyo"; dates keep their hyphens."""
    words = " ".join(re.sub(r"(?<!\d)[-_]|[-_](?!\d)", " ", stem).split()) or stem
    return tidy_title(words[:1].upper() + words[1:]) or stem


def web_link(link: str) -> str:
    """Give a link as it is if it leads to the web and shows no password, else ""."""
    link = link.strip()
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    good = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    return parts.geturl() if good and not re.search(r"\s", link) else ""


def _top(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == _TOP:
            return
        yield line
