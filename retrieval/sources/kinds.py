"""Which kinds of files are read, and by whom: one reader module a kind, one library behind it."""

from __future__ import annotations

from collections.abc import Mapping

from retrieval.faults import Fault, FaultError
from retrieval.sources import delimited, epub, markdown, pdf, text, web_page, word, workbook
from retrieval.sources.document import Document, Reader

READERS: Mapping[str, Reader] = {
    ".txt": text.read,
    ".md": markdown.read,
    ".pdf": pdf.read,
    ".docx": word.read,
    ".epub": epub.read,
    ".html": web_page.read,
    ".htm": web_page.read,
    ".csv": delimited.read,
    ".xlsx": workbook.read,
}
"""Who reads which kind of file, by suffix in lower case. Libraries are imported at first use."""


def _feed(data: bytes) -> Document:
    from retrieval.web.feeds import to_document

    return to_document(data)


WEB: Mapping[str, Reader] = {"feed": _feed, "entry": web_page.read_part}
"""Who reads what is no file: feeds, and what they say of their entries."""

PLAIN = frozenset({".txt", ".md"})
"""Kinds that are read by decoding them, which nothing in a file can abuse."""

LONGEST_TEXT = 20_000_000
"""In characters; a document that gives more is left out."""

ALL = ", ".join(suffix for suffix in READERS if suffix != ".htm")
"""All kinds, for a message in any language."""

_OLDER = {".doc": ".docx", ".xls": ".xlsx", ".odt": ".docx", ".ods": ".xlsx", ".rtf": ".docx"}


def read(suffix: str, data: bytes) -> Document:
    """Read the bytes of a file of one of the kinds, in this process.

    Files from elsewhere are read by :mod:`retrieval.sources.apart`, which gives up in time.

    Raises:
        FaultError: it can't be read, with the reason and the way out.
    """
    try:
        document = (READERS.get(suffix) or WEB[suffix])(data)
    except (FaultError, MemoryError):
        raise
    except ImportError as error:
        english = (
            f"reading {suffix} files needs {error.name or error}, which is not installed: "
            "run `pip install 'passo[documents]'`"
        )
        raise FaultError(Fault("not-installed", english, suffix=suffix)) from None
    except Exception as error:
        kind = suffix.removeprefix(".").upper()
        said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        english = f"it is damaged, or not {kind} at all ({said}): open it and save it again"
        raise FaultError(Fault("damaged", english)) from error
    if len(document.text) > LONGEST_TEXT:
        limit = LONGEST_TEXT // 1_000_000
        english = f"it holds more than {limit} million characters: split it"
        raise FaultError(Fault("too-long", english, millions=limit))
    return document


def unread(suffix: str) -> Fault:
    """Say why a file of a kind that isn't read is left out, and the way out."""
    if newer := _OLDER.get(suffix):
        name = newer[1:].upper()
        english = f"*{suffix} files are not read: save it as {name}"
        return Fault("old-kind", english, newer=name)
    english = f"only {listed('and')} files are read: convert it or move it away"
    return Fault("kind", english, kinds=ALL)


def listed(conjunction: str) -> str:
    """All kinds, for a message."""
    *names, last = (f"*{suffix}" for suffix in READERS if suffix != ".htm")
    return f"{', '.join(names)} {conjunction} {last}"
