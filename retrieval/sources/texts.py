"""What was made of files before: none is taken apart again before it, or its reader, has changed.

Taking a PDF apart costs half a second; to find that nothing has changed must not cost that for
each of them, every time.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.files import write_whole
from retrieval.sources.apart import Apart, to_document

if TYPE_CHECKING:
    from retrieval.sources.document import Document

FOLDER = "texts"
"""Its name in a store. It can be deleted at any time."""

_LIBRARIES = ("lxml", "openpyxl", "pypdf", "python-docx", "trafilatura")


class Texts:
    """Reads through ``apart`` what it doesn't find in ``folder``, and keeps it there.

    A file is known by its content, with its kind and what would read it. One that can't be read is
    tried anew each time. What is damaged, or can't be written, is as if it weren't there.
    """

    def __init__(self, folder: Path, apart: Apart) -> None:
        self._folder = folder
        self._apart = apart
        self._used: set[str] = set()

    def read(self, suffix: str, data: bytes) -> Document:
        """Read a file as :meth:`~retrieval.sources.apart.Apart.read` does.

        Raises:
            FaultError: it can't be read, with the reason and the way out.
        """
        key = hashlib.sha256(f"{readers()}\n{suffix}\n".encode() + data).hexdigest()
        name = f"{key}.json"
        self._used.add(name)
        document = self._get(name)
        if document is None:
            document = self._apart.read(suffix, data)
            self._put(name, document)
        return document

    def forget_others(self) -> None:
        """Delete what this one wasn't asked for. Nobody else may be reading with the folder."""
        with suppress(OSError):
            for path in self._folder.glob("*"):
                if path.name not in self._used:
                    path.unlink(missing_ok=True)

    def _get(self, name: str) -> Document | None:
        try:
            digest, _, text = (self._folder / name).read_text("utf-8").partition("\n")
            if digest != _digest(text):
                return None
            return to_document(json.loads(text))
        except (OSError, ValueError, TypeError):
            return None

    def _put(self, name: str, document: Document) -> None:
        text = json.dumps(asdict(document), ensure_ascii=False)
        with suppress(OSError, ValueError):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._folder / name, f"{_digest(text)}\n{text}")


@cache
def readers() -> str:
    """Name what files are read by: our own code and the libraries behind it."""
    parts = [f"{name} {_version(name)}" for name in _LIBRARIES]
    parts += [path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("*.py"))]
    return _digest("\n".join(parts))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
