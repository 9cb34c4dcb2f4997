"""Plain text."""

from __future__ import annotations

from retrieval.sources.document import Document, is_label, read_labels, tidy_title, web_link
from retrieval.sources.encodings import decode_old

_LONGEST_FIRST_LINE = 120  # characters; a longer line is a paragraph, not a title


def read(data: bytes) -> Document:
    """Read a plain text.

    Its title is its first line, if that is short and stands alone, or above «Data: …» and the like.

    Raises:
        ValueError: its encoding can't be told, or there is nothing in it.
    """
    text = decode_old(data)
    labels = read_labels(text.split("\n"))
    return Document(
        text=text,
        title=tidy_title(labels.get("title", "") or _first_line(text)),
        origin=labels.get("origin", ""),
        date=labels.get("date", ""),
        link=web_link(labels.get("link", "")),
    )


def _first_line(text: str) -> str:
    lines = iter(text.split("\n"))
    first = next((line.strip() for line in lines if line.strip()), "")
    second = next(lines, "")
    ends_there = not second.strip() or is_label(second)
    stands_alone = ends_there and any(line.strip() for line in lines)
    is_title = len(first) <= _LONGEST_FIRST_LINE and not first.endswith((".", ",", ";", ":"))
    return first if stands_alone and is_title and not is_label(first) else ""
