"""A document as blocks, before it is one text: headings, paragraphs, items of lists, rows. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "paragraph", "item", "row"]


@dataclass(frozen=True, slots=True)
class Block:
    """What stands by itself, marked as in Markdown: ``# …`` for a heading, ``- …`` for an item."""

    kind: Kind
    text: str


def heading(text: str, level: int) -> Block:
    """Make a heading, on one line."""
    return Block("heading", f"{'#' * min(level, 6)} {' '.join(text.split())}")


def join(blocks: Iterable[Block]) -> str:
    """Write blocks down, set off by empty lines but for the items of a list and rows of a table."""
    written: list[str] = []
    before = ""
    for block in blocks:
        close = block.kind == before and block.kind in ("item", "row")
        written += [("\n" if close else "\n\n") if written else "", block.text]
        before = block.kind
    return "".join([*written, "\n"]) if written else ""


def even(text: str) -> str:
    """White space as people see it: line ends stay, all else between words is one space."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
