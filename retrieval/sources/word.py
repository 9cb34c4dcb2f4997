"""Word documents, DOCX: headings, paragraphs, lists, tables and footnotes, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from retrieval.faults import Fault, FaultError
from retrieval.sources import archives, rows
from retrieval.sources.blocks import Block, even, heading, join
from retrieval.sources.document import Document, read_labels, tidy_title
from retrieval.sources.raised import raised

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|titolo|überschrift|titre)\s*([1-9])", re.IGNORECASE)
_NO_HEADING = 9  # the outline level of body text
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_MARKS = {
    **dict.fromkeys((f"{_W}tab", f"{_W}ptab"), " "),
    **dict.fromkeys((f"{_W}br", f"{_W}cr"), "\n"),
    f"{_W}noBreakHyphen": "-",
}
# What Word takes from the font «Symbol», by the last two digits; without it «≥ 18» would be «18».
_SYMBOLS = {"A3": "≤", "B3": "≥", "B9": "≠", "BB": "≈", "B1": "±", "B4": "×", "B0": "°", "AE": "→"}
_NOT_SAID = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", "Fallback"})


def read(data: bytes) -> Document:
    """Read a Word document as it looks with all changes taken on.

    Raises:
        FaultError: it is protected, damaged or too large, or there is no text in it.
    """
    archives.check(data, "a DOCX document")
    import docx

    document: Any = docx.Document(BytesIO(data))
    reader = _Reader(document)
    reader.walk(document.element.body)
    reader.add_footnotes()
    text = join(reader.blocks)
    if not text.strip():
        raise FaultError(Fault("no-text", "there is no text in it: it may be pictures alone"))
    about = document.core_properties
    labels = read_labels(text.split("\n"))
    template = about.author == "python-docx"  # all it says then is when that was written
    changed = None if template else about.modified or about.created
    title = labels.get("title", "") or about.title or reader.title
    return Document(
        text=text,
        title=tidy_title(title),
        author="" if template else rows.tidy(about.author or ""),
        origin=labels.get("origin", ""),
        date=labels.get("date", "") or (changed.date().isoformat() if changed else ""),
    )


class _Reader:
    def __init__(self, document: Any) -> None:
        self._document = document
        self.blocks: list[Block] = []
        self._styles = {style.style_id: style for style in document.styles}
        self.title = ""

    def walk(self, parent: Any) -> None:
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
                self.walk(child)

    def add_footnotes(self) -> None:
        from docx.oxml import parse_xml

        for relation in self._document.part.rels.values():
            if relation.reltype == _FOOTNOTES and not relation.is_external:
                for note in parse_xml(relation.target_part.blob):
                    if note.get(f"{_W}type") in (None, "normal"):
                        self.walk(note)

    def _paragraph(self, paragraph: Any) -> None:
        text = even("".join(_words(paragraph)))
        if not text:
            return
        style = self._style(paragraph)
        level = self._level(paragraph, style)
        if style is not None and style.name == "Title":
            self.title = self.title or text.replace("\n", " ")
            level = 1
        if level:
            self.blocks.append(heading(text, level))
        elif self._is_item(paragraph, style):
            self.blocks.append(Block("item", f"- {text}"))
        else:
            self.blocks.append(Block("paragraph", text))

    def _style(self, paragraph: Any) -> Any:
        return self._styles.get(paragraph.style)

    def _level(self, paragraph: Any, style: Any) -> int:
        """The level of a heading, from 1; 0 where it is none."""
        for place in (paragraph, *(s.element for s in _lineage(style))):
            level = place.find(f"{_W}pPr/{_W}outlineLvl")
            if level is not None and str(level.get(f"{_W}val")).isdecimal():
                number = int(level.get(f"{_W}val"))
                return number + 1 if number < _NO_HEADING else 0
        for parent in _lineage(style):
            if match := _HEADING.match(parent.name or ""):
                return int(match[1])
        return 0

    def _is_item(self, paragraph: Any, style: Any) -> bool:
        for place in (paragraph, *(s.element for s in _lineage(style))):
            number = place.find(f"{_W}pPr/{_W}numPr/{_W}numId")
            if number is not None:
                return bool(number.get(f"{_W}val") != "0")
        return style is not None and (style.name or "").startswith("List ")

    def _table(self, table: Any) -> None:
        cells: list[list[str]] = []
        above: list[str] = []
        for row in table.iter(f"{_W}tr"):
            if next(row.iterancestors(f"{_W}tbl")) is not table:
                continue  # of a table in a cell, which is read as the cell's text
            above = _cells(row, above)
            cells.append(above)
        if sum(any(row) for row in cells) == 1 or max(map(len, cells), default=0) == 1:
            # A frame around text, not a table.
            for cell in table.iter(f"{_W}tc"):
                if next(cell.iterancestors(f"{_W}tbl")) is table:
                    self.walk(cell)
            return
        for line in rows.lines(cells, header=_header(table)):
            if line:
                self.blocks.append(Block("row", line))


def _header(table: Any) -> bool | None:
    """Tell whether the first row names the columns, ``None`` where it doesn't say."""
    if table.find(f"{_W}tr/{_W}trPr/{_W}tblHeader") is not None:
        return True
    look = table.find(f"{_W}tblPr/{_W}tblLook")
    if look is not None and look.get(f"{_W}firstRow") is not None:
        return True if look.get(f"{_W}firstRow") in ("1", "true", "on") else None
    return None


def _cells(row: Any, above: list[str]) -> list[str]:
    """The cells of a row; one that goes on from the row above says the same."""
    cells: list[str] = []
    for cell in row.iter(f"{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr")) is not row:
            continue
        merged = cell.find(f"{_W}tcPr/{_W}vMerge")
        goes_on = merged is not None and merged.get(f"{_W}val", "continue") == "continue"
        place = len(cells)
        same = above[place] if goes_on and place < len(above) else ""
        cells.append(same or even(" ".join(map("".join, map(_words, cell.iter(f"{_W}p"))))))
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        width = str(span.get(f"{_W}val")) if span is not None else "1"
        cells += [""] * (min(int(width), 100) - 1 if width.isdecimal() else 0)
    return cells


def _lineage(style: Any) -> Iterator[Any]:
    """A style and those it is based on."""
    for _ in range(10):
        if style is None:
            return
        yield style
        style = getattr(style, "base_style", None)


def _symbol(mark: Any) -> str:
    known = _SYMBOLS if mark.get(f"{_W}font") == "Symbol" else {}
    return known.get(str(mark.get(f"{_W}char")).upper()[-2:], " ")


def _is_unsaid(run: Any) -> bool:
    """Tell whether words are hidden, or struck out."""
    found = (run.find(f"{_W}rPr/{_W}{name}") for name in ("vanish", "strike", "dstrike"))
    return any(
        mark is not None and mark.get(f"{_W}val") not in ("0", "false", "off") for mark in found
    )


def _is_raised(run: Any) -> bool:
    place = run.find(f"{_W}rPr/{_W}vertAlign")
    return place is not None and place.get(f"{_W}val") == "superscript"


def _words(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _NOT_SAID or tag.endswith("}Fallback"):
            continue
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag in _MARKS:
            yield _MARKS[tag]
        elif tag == f"{_W}sym":
            yield _symbol(child)
        elif tag == f"{_W}r" and _is_unsaid(child):
            continue
        elif tag == f"{_W}r" and _is_raised(child):
            yield raised("".join(_words(child)))
        elif not tag.endswith("Pr"):
            yield from _words(child)
