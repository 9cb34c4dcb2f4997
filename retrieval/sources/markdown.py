"""Markdown, kept as written: citations point into the file, markup included."""

from __future__ import annotations

import re

from retrieval.sources.document import Document, read_labels, tidy_title, web_link
from retrieval.sources.encodings import decode_old

_HEADING = re.compile(r" {0,3}#[ \t]+(?P<title>.*)")
_FENCE = re.compile(r" {0,3}(```|~~~)")


def read(data: bytes) -> Document:
    """Read a Markdown document.

    Its title is its first heading of the first level, or else a ``Title: …`` line near the top.

    Raises:
        ValueError: its encoding can't be told, or there is nothing in it.
    """
    text = decode_old(data)
    lines = text.split("\n")
    labels = read_labels(lines)
    return Document(
        text=text,
        title=tidy_title(_heading(lines)) or tidy_title(labels.get("title", "")),
        origin=labels.get("origin", ""),
        date=labels.get("date", ""),
        link=web_link(labels.get("link", "")),
    )


def _heading(lines: list[str]) -> str:
    fence = ""
    for line in lines:
        if match := _FENCE.match(line):
            # In a code block, a line with "# " is a comment.
            fence = "" if fence == match[1] else fence or match[1]
        elif not fence and (match := _HEADING.match(line)) and match["title"].strip("# \t"):
            return match["title"].rstrip("# \t")
    return ""
