"""Lines on pages to flowing text: what a page's layout cut is joined again. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_HEADING = 1.12  # times the size of the text
_LONGEST_HEADING = 200  # characters
_LOOSE = 1.3  # times the usual distance of lines; further apart, a paragraph has ended
_FULL = 0.75  # of the longest lines' length; a shorter line may be a paragraph's last
_EDGE = 3  # lines from the top and from the bottom that may be running headers or footers
_FEWEST_PAGES = 3
_BULLET = re.compile(r"[•▪●◦‣∙·○■□➢✓\uf0b7\uf0a7*–—-]\s+(?=\S)")
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)]\s+\S")
_STOPPED = re.compile(r"[.!?…:;][\"'”’»“)\]]*$")
_CUT_WORD = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line on a page; ``left`` and ``bottom`` from its lower left corner, in points."""

    text: str
    left: float
    bottom: float
    size: float


@dataclass(slots=True)
class _Block:
    page: int
    text: str
    kind: str
    last: Line


def flow(pages: Sequence[Sequence[Line]]) -> tuple[str, tuple[int, ...]]:
    """Join the lines of pages to paragraphs, items and headings.

    Returns the text and the offsets at which the pages begin in it. What stands at the edge of most
    pages, and page numbers, are left out.
    """
    kept = _without_running(pages)
    lines = [line for page in kept for line in page]
    usual = _Usual.of(kept)
    whole = "\n".join(line.text for line in lines)
    written: list[str] = []
    starts: list[int] = []
    length = 0
    before: Line | None = None
    kind = ""
    for page in kept:
        starts.append(-1)
        fresh = True
        for line in page:
            here = usual.kind(line)
            joined = before is not None and usual.goes_on(before, kind, line, here, fresh)
            if joined and before:
                last = written[-1]
                gap, cut = _seam(before.text, line.text, whole)
                written[-1] = last[: len(last) - cut]
                length -= cut
                text = gap + line.text
            else:
                close = kind == here == "item"
                gap = ("\n" if close else "\n\n") if written else ""
                text = gap + usual.marked(line, here)
                kind = here
            written.append(text)
            if starts[-1] < 0:
                starts[-1] = length + len(gap)
            length += len(text)
            before, fresh = line, False
        if starts[-1] < 0:
            starts[-1] = length  # an empty page
    text = "".join(written)
    return text + "\n", tuple(starts)


def _seam(before: str, after: str, whole: str) -> tuple[str, int]:
    """What stands between two lines that are one paragraph, and how much of the first goes."""
    cut, first = _CUT_WORD.search(before), _FIRST_WORD.match(after)
    if not cut or not first:
        return (" ", 0) if not before.endswith(("-", "–", "/")) else ("", 0)
    hyphen = before[-1]
    if hyphen == "\u00ad":
        return "", 1
    compound = f"{cut[1]}-{first[0]}"
    # «Italo-americano» keeps its hyphen where it has one in the middle of a line.
    keeps = compound in whole or not first[0][0].islower()
    return ("", 0) if keeps else ("", 1)


@dataclass(frozen=True, slots=True)
class _Usual:
    """What most lines of a document are like."""

    size: float
    leading: float  # the distance of lines, in sizes
    longest: int  # characters
    levels: tuple[float, ...]  # sizes of headings, largest first

    @classmethod
    def of(cls, pages: Sequence[Sequence[Line]]) -> _Usual:
        sizes: Counter[float] = Counter()
        for page in pages:
            for line in page:
                sizes[_rounded(line.size)] += len(line.text)
        size = sizes.most_common(1)[0][0] if sizes else 1.0
        body = [[line for line in page if _rounded(line.size) == size] for page in pages]
        gaps = Counter(
            round((one.bottom - two.bottom) / size, 1)
            for page in body
            for one, two in pairwise(page)
            if 0 < one.bottom - two.bottom < 3 * size
        )
        lengths = sorted(len(line.text) for page in body for line in page)
        longest = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
        levels = sorted((s for s in sizes if s >= _HEADING * size), reverse=True)
        return cls(size, gaps.most_common(1)[0][0] if gaps else 1.2, longest, tuple(levels))

    def kind(self, line: Line) -> str:
        if line.size >= _HEADING * self.size and len(line.text) <= _LONGEST_HEADING:
            return "heading"
        return "item" if _BULLET.match(line.text) else "paragraph"

    def marked(self, line: Line, kind: str) -> str:
        if kind == "heading":
            # The largest need not be the first level; that of a document's title is.
            level = min(self.levels.index(_rounded(line.size)) + 1, 6) if self.levels else 1
            return f"{'#' * level} {line.text}"
        return "- " + _BULLET.sub("", line.text, count=1) if kind == "item" else line.text

    def goes_on(self, before: Line, kind: str, line: Line, here: str, fresh: bool) -> bool:
        """Tell whether a line belongs to the paragraph, of that ``kind``, of the one before."""
        down = before.bottom - line.bottom
        alike = abs(before.size - line.size) <= 0.08 * max(before.size, line.size)
        if (here == "heading") != (kind == "heading") or not alike:
            return False
        if here == "heading":
            return not fresh and 0 < down < 1.6 * line.size
        if here == "item" or _NUMBERED.match(line.text):
            return False
        lower = line.text[:1].islower()
        cut = lower and _CUT_WORD.search(before.text) is not None
        full = cut or len(before.text) >= _FULL * self.longest
        stopped = bool(_STOPPED.search(before.text))
        if fresh or down < -0.5 * line.size:  # on the next page, or at the top of a column
            return full and (lower or not stopped)
        indented = line.left > before.left + 0.8 * self.size and kind != "item"
        outdented = line.left < before.left - 0.5 * self.size and kind == "item"
        ends = (stopped and (indented or not full)) or outdented or not (full or lower)
        return not ends and down <= _LOOSE * self.leading * self.size


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _without_running(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out headers and footers: what most pages say at the same edge, but for numbers."""
    if len(pages) < _FEWEST_PAGES:
        return [list(page) for page in pages]
    edges = [_edge(page) for page in pages]
    said = Counter(text for edge in edges for text in {_pattern(line) for line in edge})
    running = {text for text, count in said.items() if count > len(pages) / 2}
    return [
        [line for line in page if not (line in edge and _pattern(line) in running)]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _edge(page: Sequence[Line]) -> list[Line]:
    """The lines at the top and bottom of a page, wherever in the file they are."""
    high_first = sorted(page, key=lambda line: -line.bottom)
    return [*high_first[:_EDGE], *high_first[-_EDGE:]]


def _pattern(line: Line) -> str:
    """A line without what changes from page to page, unless it is a sentence."""
    if line.text.endswith((".", ":", ";", "?", "!")):
        return line.text
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", line.text.lower())
