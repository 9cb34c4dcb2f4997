"""Files of links: one a line, and comments behind ``#``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from retrieval.changes import Skipped
from retrieval.faults import Fault, FaultError, unreadable
from retrieval.settings import WebSettings
from retrieval.sources.document import decode
from retrieval.web.links import Link, parse

SUFFIX = ".links"
"""Of the files, in lower case."""

MOST = 5_000
"""Links in all: more is a crawl."""

_LARGEST = 2_000_000  # bytes of one file
_COMMENT = re.compile(r"(?:^|\s)#.*")  # not within a link, where it leads to a part of the page


@dataclass(frozen=True, slots=True)
class Listed:
    """A link, and where it is written: the file below the sources folder, and the line."""

    link: Link
    file: str
    line: int

    @property
    def place(self) -> str:
        """Where it is written, in a word."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Lists:
    """All links of a folder, each once, in the order of files and lines.

    ``whole`` tells whether every file could be read: if not, what is missing isn't removed.
    """

    links: tuple[Listed, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    whole: bool = True


def has_lists(folder: Path) -> bool:
    """Tell whether there are files of links in a folder or below."""
    return next(_files(folder), None) is not None


def read_lists(folder: Path, settings: WebSettings) -> Lists:
    """Read all files of links in a folder and below. A bad line costs nothing but itself."""
    links: dict[str, Listed] = {}
    skipped: list[Skipped] = []
    whole = True
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        try:
            lines = _lines(path, folder)
        except (OSError, ValueError) as error:
            whole = False
            skipped.append(Skipped(name, unreadable(error)))
            continue
        for number, line in _links(lines):
            listed = _listed(line, name, number, settings, skipped)
            if listed is None:
                continue
            first = links.setdefault(listed.link.id, listed)
            if first.link != listed.link:
                english = f"it leads to the same page as {first.place}: take one of them out"
                fault = Fault("same-page", english, place=first.place)
                skipped.append(Skipped(listed.place, fault))
    found = tuple(links.values())
    surplus = Fault("surplus", f"it is one too many: {MOST} are read", most=MOST)
    skipped += [Skipped(more.place, surplus) for more in found[MOST:]]
    return Lists(found[:MOST], tuple(skipped), whole)


def _listed(
    line: str, name: str, number: int, settings: WebSettings, skipped: list[Skipped]
) -> Listed | None:
    try:
        return Listed(parse(line, settings), name, number)
    except FaultError as error:
        skipped.append(Skipped(f"{name}:{number}", error.fault))
        return None


def _files(folder: Path) -> Iterator[Path]:
    """All files of links, in the order of their names. Hidden ones and linked folders are not."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and PurePosixPath(name).suffix.lower() == SUFFIX:
                yield Path(root, name)


def decode_lines(data: bytes) -> list[str]:
    """Read the lines of a file of links.

    Raises:
        FaultError: it is not a text in UTF-8.
    """
    return decode(data).removesuffix("\n").split("\n") if data.strip() else []


def _lines(path: Path, folder: Path) -> list[str]:
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        english = "it is a link that leads out of the sources folder: copy the file here"
        raise FaultError(Fault("leads-out", english))
    if not path.is_file():
        english = "it is not a regular file, or a link to nothing: remove it"
        raise FaultError(Fault("not-regular", english))
    if path.stat().st_size > _LARGEST:
        limit = _LARGEST // 1_000_000
        english = f"it is larger than {limit} MB: split it"
        raise FaultError(Fault("too-large", english, megabytes=limit))
    return decode_lines(path.read_bytes())


def _links(lines: list[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, start=1):
        if link := _COMMENT.sub("", line).strip():
            yield number, link
