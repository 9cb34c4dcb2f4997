"""HTML: a page's main text, with its headings, lists and tables, as trafilatura finds it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from retrieval.faults import Fault, FaultError
from retrieval.sources.blocks import Block, join
from retrieval.sources.document import Document, tidy_title, web_link
from retrieval.sources.encodings import decode_any
from retrieval.sources.markup import blocks_of, spread
from retrieval.sources.raised import raised_in

_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NOT_SAID = [  # marks of notes, and what is struck out
    *("//sup[.//a]", "//a[sup][starts-with(@href, '#')]", "//*[@role='doc-backlink']"),
    *("//del", "//s", "//strike"),
]
_TELLING = 30  # letters; a longer block that is part of what was found is part of it
_ENOUGH = 0.9  # of what was found has to be found again
_HEAD = 4_096  # bytes in which a page says its encoding


def read(data: bytes) -> Document:
    """Read an HTML page.

    Where no main text can be told from the rest, all of its body is read.

    Raises:
        FaultError: its encoding can't be told, or there is no text in it.
    """
    import trafilatura
    from lxml import html

    declared = _CHARSET.search(data, 0, _HEAD)
    text = _DECLARATION.sub("", decode_any(data, declared[1].decode() if declared else ""))
    text = raised_in(text)
    if not text.strip():
        raise FaultError(Fault("empty", "it is empty: write something in it or remove it"))
    tree = html.document_fromstring(text)
    if spread(tree):
        text = html.tostring(tree, encoding="unicode")
    page: Any = trafilatura.bare_extraction(
        text,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        prune_xpath=_NOT_SAID,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    found = blocks_of(page.body) if page is not None and page.body is not None else []
    main = join(_chosen(blocks_of(tree), found))
    if not any(map(str.isalnum, main)):
        english = "no text is found in it: it may be drawn by a script; save it as text"
        raise FaultError(Fault("no-page-text", english))
    title = (page.title if page else "") or tree.findtext(".//title") or ""
    return Document(
        text=main,
        title=tidy_title(title),
        origin=" ".join(((page.sitename if page else "") or "").split()),
        date=(page.date if page else "") or "",
        author=" ".join(((page.author if page else "") or "").replace("; ", ", ").split()),
        link=web_link((page.url if page else "") or ""),
    )


def _chosen(blocks: Sequence[Block], found: Sequence[Block]) -> Sequence[Block]:
    """Those blocks of a page that trafilatura found, and the headings over them.

    It tells a page's text from what is around it; but it leaves out headings, and knows less of
    tables. Without anything found, all blocks are taken.
    """
    wanted = {_letters(block.text) for block in found} - {""}
    if not wanted:
        return blocks
    whole = "\n".join(wanted)
    chosen: list[Block] = []
    above: list[Block] = []
    for block in blocks:
        letters = _letters(block.text)
        if block.kind == "heading":
            above.append(block)
        elif letters in wanted or (len(letters) >= _TELLING and letters in whole):
            chosen += [*above, block]
            above = []
        else:
            above = []
    taken = sum(len(block.text) for block in chosen)
    return chosen if taken >= _ENOUGH * sum(len(block.text) for block in found) else found


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def read_part(data: bytes) -> Document:
    """Read a piece of HTML in UTF-8, all of which is meant to be read.

    Raises:
        ValueError: there is no text in it.
    """
    from lxml import html

    part = html.fragment_fromstring(raised_in(data.decode("utf-8", "replace")), create_parent="div")
    text = join(blocks_of(part))
    if not any(map(str.isalnum, text)):
        raise FaultError(Fault("no-text", "there is no text in it"))
    return Document(text)
