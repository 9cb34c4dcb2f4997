"""A tree of HTML, or of what is made of it, as text in the house's conventions.

Headings become ``# …``, list items ``- …``, rows of tables lines; paragraphs are set off by empty
lines. White space is evened out as a browser does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice
from typing import Any

from retrieval.sources import rows
from retrieval.sources.blocks import Block, Kind, heading

_HEADING = re.compile(r"h([1-6])")
_BLOCKS = frozenset(
    """
    address article aside blockquote body center dd details div dl dt fieldset figcaption figure
    footer form header hr html li item list main ol p quote section summary table td th tr ul
    """.split()
)
_SKIPPED = frozenset(
    """
    button canvas del head iframe nav noscript object s script select strike style svg template
    textarea title
    graphic img
    """.split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LINE_END = "\x1f"  # what <br> says; line ends in the markup itself are only white space
_LAYOUT = 400  # characters; a cell that holds more is there for the looks, not a value

Element = Any
"""One of lxml's, which mypy has no types for."""


def blocks_of(root: Element) -> list[Block]:
    """Read what a tree shows, in order."""
    spread(root)
    writer = _Writer()
    writer.walk(root)
    writer.flush()
    return writer.blocks


def spread(root: Element) -> bool:
    """Let a cell over several rows of a table stand in each of them; tell whether there was one.

    Without, the cells of the later rows would stand below the names of other columns.
    """
    found = root.xpath(".//td[@rowspan] | .//th[@rowspan]")
    for cell in found:
        span = str(cell.attrib.pop("rowspan"))
        column = sum(map(_width, cell.itersiblings("td", "th", preceding=True)))
        more = max(min(int(span), 100) - 1, 0) if span.isdecimal() else 0
        for row in islice(cell.getparent().itersiblings("tr"), more):
            again = deepcopy(cell)
            again.tail = None
            row.insert(_place(row, column), again)
    return bool(found)


class _Writer:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._buffer: list[str] = []
        self._prefix = ""

    def flush(self) -> None:
        lines = (" ".join(line.split()) for line in "".join(self._buffer).split(_LINE_END))
        text = "\n".join(filter(None, lines))
        self._buffer = []
        if text:
            self._add("item" if self._prefix else "paragraph", self._prefix + text)
            self._prefix = ""

    def walk(self, element: Element) -> None:
        tag = _tag(element)
        if not tag or (tag in _SKIPPED and not element.get("rend")) or _is_hidden(element, tag):
            return
        if level := _level(element, tag):
            self.flush()
            if (title := "".join(_words(element))).strip():
                self.blocks.append(heading(title, level))
        elif tag == "pre":
            self.flush()
            self._add("paragraph", "".join(_words(element)).strip("\n"))
        elif tag == "table":
            self.flush()
            self._table(element)
        elif tag in ("br", "lb"):
            self._buffer.append(_LINE_END)
        else:
            self._walk_inside(element, tag)

    def _walk_inside(self, element: Element, tag: str) -> None:
        block = tag in _BLOCKS
        if block:
            self.flush()
        if tag in ("li", "item"):
            self._prefix = "- "
        self._buffer.append(element.text or "")
        for child in element:
            self.walk(child)
            self._buffer.append(child.tail or "")
        if block:
            self.flush()
        if tag in ("li", "item"):
            self._prefix = ""

    def _table(self, table: Element) -> None:
        found = list(_rows(table))
        cells = [[_cell_text(cell) for cell in row] for row in found]
        single = max(map(len, cells), default=0) < 2
        if single or any(len(text) > _LAYOUT for row in cells for text in row):
            for row in found:
                for cell in row:
                    self._walk_inside(cell, "td")
            return
        wide = [_widened(row, texts) for row, texts in zip(found, cells, strict=True)]
        header = True if found and all(map(_names_column, found[0])) else None
        if header is None and max(map(len, wide)) == 2:
            header = False  # what looks like a header is more often the first pair
        for line in rows.lines(wide, header=header):
            if line:
                self._add("row", line)

    def _add(self, kind: Kind, text: str) -> None:
        if text.strip():
            self.blocks.append(Block(kind, text))


def _tag(element: Element) -> str:
    """The name of a tag without its namespace; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _level(element: Element, tag: str) -> int:
    """The level of a heading, 0 where it is none."""
    match = _HEADING.fullmatch(str(element.get("rend") or "h2") if tag == "head" else tag)
    return int(match[1]) if match else 0


def _is_hidden(element: Element, tag: str) -> bool:
    """Tell whether an element isn't seen, or is no more than a mark that leads to a note."""
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return True
    if tag == "sup":
        return element.find(".//{*}a") is not None
    if tag != "a" or not str(element.get("href")).startswith("#"):
        return False
    said = f"{element.get('role')} {element.get('epub:type')}"
    return "noteref" in said or "backlink" in said or element.find("{*}sup") is not None


def _words(element: Element) -> Iterator[str]:
    """All text in an element that is seen."""
    tag = _tag(element)
    if not tag or tag in _SKIPPED - {"head"} or _is_hidden(element, tag):
        return
    yield " " if tag in _BLOCKS or tag in ("br", "lb") else ""
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""
    yield " " if tag in _BLOCKS else ""


def _rows(table: Element) -> Iterator[list[Element]]:
    """The cells of each row of a table, but not of the tables in it."""
    for part in table:
        if _tag(part) in ("thead", "tbody", "tfoot"):
            yield from _rows(part)
        elif _tag(part) in ("tr", "row"):
            yield [cell for cell in part if _tag(cell) in ("td", "th", "cell")]
        elif _tag(part) == "caption":
            yield [part]


def _cell_text(cell: Element) -> str:
    return " ".join("".join(_words(cell)).split())


def _names_column(cell: Element) -> bool:
    return _tag(cell) == "th" or cell.get("role") == "head"


def _widened(row: list[Element], texts: list[str]) -> list[str]:
    """Let a cell over several columns stand in the first of them."""
    wide: list[str] = []
    for cell, text in zip(row, texts, strict=True):
        wide += [text, *("",) * (_width(cell) - 1)]
    return wide


def _place(row: Element, column: int) -> int:
    """Where in a row a column begins."""
    width = 0
    for place, cell in enumerate(row):
        if width >= column:
            return place
        width += _width(cell) if _tag(cell) in ("td", "th") else 0
    return len(row)


def _width(cell: Element) -> int:
    """How many columns a cell takes."""
    span = str(cell.get("colspan") or "1")
    return max(min(int(span), 100), 1) if span.isdecimal() else 1
