"""Source to passages and sentences, with exact offsets. Pure.

A passage is a few neighbouring sentences under one heading, cut where paragraphs end if that
leaves it a fair size. Passages don't overlap; together they hold every word of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.sentences import LONGEST, split_sentences
from retrieval.sources.document import is_label, tidy_title
from retrieval.types import Passage, Source, Span

LONGEST_PASSAGE = 1_400
"""In characters; a passage ends before the paragraph or sentence that would exceed it."""

FINGERPRINT = f"sentences/5 passage={LONGEST_PASSAGE} sentence={LONGEST}"
"""Changes whenever chunking would cut differently: a store cut otherwise is rebuilt."""

_LONG_LINE = 110  # nobody wraps later: a longer line is a paragraph
_UNWRAPPED = 200  # a line this long says that the whole document has one line a paragraph
_SOFT_WRAP = 40  # a shorter line that ends without a stop stands alone: a title, a signature
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<text>.*)")
_ITEM = re.compile(r"[ \t]*(?:[-*+•–—]|\d{1,3}[.)])[ \t]+(?=\S)")
_RULE = re.compile(r"[ \t]*([-*_=])(?:[ \t]*\1){2,}[ \t]*$")
_ROW = re.compile(r"[ \t]*\|")
_CELLS = re.compile(r"(?![-*+•–—#>] )\S.* · \S")  # as retrieval.sources.rows writes them
_STOPPED = re.compile(r"[.!?…:;][\"'”’»“)\]*_]*[ \t]*$")


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, a list item or a heading: what never shares a sentence with its neighbours."""

    start: int
    end: int
    kind: str  # "heading", "label", "paragraph", "item", "row", "rule"
    opens_paragraph: bool


@dataclass(slots=True)
class _Section:
    """What stands under one heading (or several in a row), paragraph by paragraph."""

    heading: str
    opening: Span | None  # the headings themselves, which the first passage begins with
    number: int  # of its first paragraph
    paragraphs: list[tuple[int, tuple[Span, ...]]]  # each with its number


def chunk(source: Source) -> tuple[Passage, ...]:
    """Cut a source into passages: in order, ``passage.text == source.text[start:end]``."""
    return tuple(
        Passage(
            source=source.id,
            start=start,
            end=sentences[-1].end,
            text=source.text[start : sentences[-1].end],
            sentences=sentences,
            heading=section.heading,
            paragraph=number,
            page=source.page_at(start),
        )
        for section in _sections(source.text, source.title)
        for start, number, sentences in _shares(section)
    )


def _sections(text: str, title: str) -> Iterator[_Section]:
    section = _Section("", None, 1, [])
    paragraph = 0
    for block in _blocks(text):
        if block.kind == "rule":
            continue
        if block.kind == "heading":
            if section.paragraphs:
                yield section
                section = _Section("", None, paragraph + 1, [])
            match = _HEADING.match(text[block.start : block.end])
            start = section.opening.start if section.opening else block.start
            section.opening = Span(start, block.end)
            section.heading = match["text"].rstrip("# \t") if match else ""
            continue
        if block.kind == "label" and paragraph == 1 and _is_title(section, text, title):
            # The title of a plain text is a line like any other, until a label follows it.
            [(_, [line])] = section.paragraphs
            begins = section.opening or line
            section.opening, paragraph = Span(begins.start, line.end), 0
            section.paragraphs.clear()
        if block.kind == "label" and not paragraph:
            # «Fonte: …» is about the document; nobody's question is answered with it.
            section.opening = Span(
                section.opening.start if section.opening else block.start, block.end
            )
            continue
        sentences = _sentences(text, block)
        if sentences:
            paragraph += block.opens_paragraph
            section.paragraphs.append((max(paragraph, 1), sentences))
    if section.paragraphs or section.opening:
        yield section


def _is_title(section: _Section, text: str, title: str) -> bool:
    """Tell whether all there is of a section is the document's title, in a line."""
    spans = [span for _, sentences in section.paragraphs for span in sentences]
    return len(spans) == 1 and tidy_title(text[spans[0].start : spans[0].end]) == title


def _sentences(text: str, block: _Block) -> tuple[Span, ...]:
    if block.kind == "row" and block.end - block.start <= LONGEST:
        return (Span(block.start, block.end),)  # cut anywhere, its values lose their headers
    return tuple(split_sentences(text, block.start, block.end))


def _shares(section: _Section) -> Iterator[tuple[int, int, tuple[Span, ...]]]:
    """Share a section out in passages of about the same size: start, paragraph, sentences."""
    opening = section.opening
    if not section.paragraphs:
        if opening:
            yield opening.start, section.number, (opening,)
        return
    start = opening.start if opening else section.paragraphs[0][1][0].start
    whole = section.paragraphs[-1][1][-1].end - start
    share = whole / -(-whole // LONGEST_PASSAGE)
    number, portion = section.paragraphs[0][0], list[Span]()
    for paragraph, sentences in section.paragraphs:
        breakable = sentences[-1].end - sentences[0].start > share
        for index, span in enumerate(sentences):
            middle = (span.start + (span if breakable else sentences[-1]).end) / 2
            fits = span.end - start <= LONGEST_PASSAGE
            may_cut = index == 0 or breakable
            if portion and ((may_cut and middle - start > share) or not fits):
                yield start, number, tuple(portion)
                portion, start = [], span.start
            if not portion:
                number = paragraph
            portion.append(span)
    yield start, number, tuple(portion)


def _blocks(text: str) -> Iterator[_Block]:
    unwrapped = any(len(line) > _UNWRAPPED for line in text.split("\n"))
    start = end = -1
    kind, opens, after_blank, last = "paragraph", True, True, ""
    for line_start, line in _lines(text):
        item = _ITEM.match(line)
        alone = _stands_alone(line)
        blank = not line.strip()
        if start >= 0 and (blank or alone or item or _ends_block(last, unwrapped)):
            yield _Block(start, end, kind, opens)
            start = -1
        end = line_start + len(line)
        if alone:
            yield _Block(line_start, end, alone, opens_paragraph=True)
        elif start < 0 and not blank:
            start = line_start + (item.end() if item else 0)
            kind = "item" if item else "paragraph"
            opens = bool(item) or after_blank or len(last) > _LONG_LINE
        after_blank, last = blank or bool(alone), line
    if start >= 0:
        yield _Block(start, end, kind, opens)


def _stands_alone(line: str) -> str:
    """Name the kind of a line that is a block by itself, else ""."""
    if _HEADING.match(line):
        return "heading"
    if _RULE.match(line):
        return "rule"
    if is_label(line):
        return "label"
    if _CELLS.match(line):
        return "row"
    return "paragraph" if _ROW.match(line) else ""


def _ends_block(line: str, unwrapped: bool) -> bool:
    """Tell whether a line is the last of its paragraph though no blank line follows."""
    if len(line) > _LONG_LINE:
        return True
    if _STOPPED.search(line):
        return unwrapped or len(line) < _SOFT_WRAP
    return len(line) < _SOFT_WRAP and not line.rstrip().endswith((",", "-"))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    position = 0
    for line in text.split("\n"):
        yield position, line
        position += len(line) + 1
