"""PDF: pages of lines put together again as paragraphs, and where each page begins in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from retrieval.faults import Fault, FaultError
from retrieval.sources.document import Document, read_labels, tidy_title
from retrieval.sources.layout import Line, flow

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\0": ""}
)
_NO_TITLE = re.compile(
    r"untitled|senza (?:titolo|nome)|microsoft \w+ - |.*\.\w{2,4}$", re.IGNORECASE
)
_LOCKED = "it is protected with a password: save it without one"
_FEWEST = 3  # letters a page; a scan may have a stamp or a page number


def read(data: bytes) -> Document:
    """Read a PDF.

    Raises:
        FaultError: it is protected or damaged, or a scan without text.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, LimitReachedError, PdfReadError

    try:
        reader = PdfReader(BytesIO(data))
        # Many can be opened by anybody, and are locked against changes alone.
        if reader.is_encrypted and not reader.decrypt(""):
            raise FaultError(Fault("password", _LOCKED))
        pages = [_lines(page) for page in reader.pages]
        about: Any = reader.metadata or {}
    except DependencyError:
        raise FaultError(Fault("password", _LOCKED)) from None
    except LimitReachedError:
        english = "it unpacks to more than is read of one page: save it anew"
        raise FaultError(Fault("unpacks", english)) from None
    except PdfReadError as error:
        english = f"it is damaged, or not a PDF: {error}: open it and save it again"
        raise FaultError(Fault("damaged", english)) from None
    letters = sum(map(str.isalnum, "".join(line.text for page in pages for line in page)))
    if letters < _FEWEST * len(pages) or not letters:
        english = "it is a scan without text: run text recognition (OCR) over it and save it again"
        raise FaultError(Fault("scan", english))
    text, starts = flow(pages)
    labels = read_labels(text.split("\n"))
    named = tidy_title(str(about.get("/Title") or ""))
    title = labels.get("title", "") or ("" if _NO_TITLE.match(named) else named)
    return Document(
        text=text,
        title=tidy_title(title or _first_heading(text)),
        author=" ".join(str(about.get("/Author") or "").split()),
        origin=labels.get("origin", ""),
        date=labels.get("date", "") or _date(str(about.get("/CreationDate") or "")),
        pages=starts,
    )


def _lines(page: Any) -> Sequence[Line]:
    """The lines of a page, in the order in which they are to be read."""
    lines: list[Line] = []
    pieces: list[str] = []
    place: tuple[float, float, float] | None = None  # of the first word: from left, bottom; size

    def end() -> None:
        nonlocal place
        text = " ".join("".join(pieces).translate(_LIGATURES).split())
        if text and place:
            lines.append(Line(text, *place))
        pieces.clear()
        place = None

    def visit(text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        nonlocal place
        for number, piece in enumerate(text.split("\n")):
            if number:
                end()
            if piece.strip() and place is None:
                left = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
                bottom = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
                scale = abs((tm[3] or tm[1]) * (cm[3] or cm[1]))
                place = (float(left), float(bottom), float(size) * float(scale))
            pieces.append(piece)

    page.extract_text(visitor_text=visit)
    end()
    return lines


def _first_heading(text: str) -> str:
    first = text.partition("\n")[0]
    return first.lstrip("# ") if first.startswith("#") else ""


def _date(written: str) -> str:
    """``D:20260503…`` as 2026-05-03."""
    match = re.match(r"(?:D:)?((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])", written)
    return "-".join(match.groups()) if match else ""
