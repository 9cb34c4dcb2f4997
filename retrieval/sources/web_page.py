"""HTML: a page's main text, with its headings, lists and tables, as trafilatura finds it."""

from __future__ import annotations

import re
from typing import Any

from retrieval.sources.document import Document, tidy_title, web_link
from retrieval.sources.encodings import decode_any
from retrieval.sources.markup import to_text

_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HEAD = 4_096  # bytes in which a page says its encoding


def read(data: bytes) -> Document:
    """Read an HTML page.

    Where no main text can be told from the rest, all of its body is read.

    Raises:
        ValueError: its encoding can't be told, or there is no text in it.
    """
    import trafilatura
    from lxml import html

    declared = _CHARSET.search(data, 0, _HEAD)
    text = _DECLARATION.sub("", decode_any(data, declared[1].decode() if declared else ""))
    if not text.strip():
        raise ValueError("it is empty: write something in it or remove it")
    page: Any = trafilatura.bare_extraction(
        text,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    tree = html.document_fromstring(text)
    main = to_text(page.body) if page is not None and page.body is not None else ""
    if not any(map(str.isalnum, main)):
        main = to_text(tree)
    if not any(map(str.isalnum, main)):
        raise ValueError("there is no text in it: it may be drawn by a script; save it as text")
    title = (page.title if page else "") or tree.findtext(".//title") or ""
    return Document(
        text=main,
        title=tidy_title(title),
        origin=" ".join(((page.sitename if page else "") or "").split()),
        date=(page.date if page else "") or "",
        author=" ".join(((page.author if page else "") or "").replace("; ", ", ").split()),
        link=web_link((page.url if page else "") or ""),
    )
