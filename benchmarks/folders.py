"""Whether a folder with nothing to read ever replaces what answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.rows import Row
from benchmarks.workshop import SAMPLE, Workshop, opened
from retrieval.errors import SourcesError
from retrieval.library import Library

_QUESTION = "Quanti membri ha la NATO?"


def _vanished(sources: Path) -> None:
    shutil.rmtree(sources)


def _empty(sources: Path) -> None:
    shutil.rmtree(sources)
    sources.mkdir()


def _unreadable_files(sources: Path) -> None:
    _empty(sources)
    (sources / "a.txt").write_bytes(b"\xff\xfe\xff")
    (sources / "b.md").symlink_to(sources / "nowhere.md")


def _no_folder(sources: Path) -> None:
    _vanished(sources)
    sources.write_text("a file where the folder should be")


def _no_sentence(sources: Path) -> None:
    _empty(sources)
    (sources / "a.md").write_text("---\n\n***\n")


_TROUBLES: dict[str, Callable[[Path], None]] = {
    "vanished": _vanished,
    "empty": _empty,
    "unreadable": _unreadable_files,
    "no folder": _no_folder,
    "without a sentence": _no_sentence,
}


def folders(workshop: Workshop) -> Iterator[Row]:
    """Reload with a bad folder: refused, the old answer still given, and after a restart too."""
    survived = 0
    for name, spoil in _TROUBLES.items():
        settings = workshop.copy(SAMPLE / "sources", f"folder {name}")
        with opened(settings) as library:
            before = _answer(library)
            spoil(settings.sources)
            try:
                library.reload()
            except SourcesError:
                refused = True
            else:
                refused = False
            still = _answer(library) == before
        with opened(settings) as library:
            survived += refused and still and _answer(library) == before and bool(before[1])
    total = len(_TROUBLES)
    yield Row("bad folders survived", survived, f"of {total}", at_least=total)


def _answer(library: Library) -> tuple[str, int, str]:
    answer = library.ask(_QUESTION)
    return answer.text, len(answer.quotes), answer.generation
