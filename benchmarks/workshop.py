"""Where measurements are made: the documents at hand, and temporary folders for their stores."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.texts import plain_paragraphs, questions_on
from retrieval.changes import Changes
from retrieval.embedding import LocalEmbedder
from retrieval.evaluation import TestQuestion, read_questions
from retrieval.library import Library
from retrieval.reload import reload
from retrieval.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "docs_store"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: in full by default; tests make do with less.

    ``paragraphs`` and ``documents`` are those made up; ``repeats`` of what is timed as a whole.
    """

    paragraphs: int = 1000
    questions: int = 500
    documents: int = 300
    repeats: int = 5
    kills: int = 20


@dataclass(frozen=True)
class Workshop:
    """The documents to measure on, and a folder that is gone afterwards.

    ``data`` may hold the folders ``article`` and ``squad-it``: documents (in ``sources/`` or as
    they are) and ``questions*.jsonl``. Stores are built once and shared; nothing may change them.
    """

    folder: Path
    data: Path | None = None
    size: Size = Size()
    _built: dict[Path, tuple[Settings, Changes]] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Tell whether a set of documents is at hand."""
        return self.data is not None and (self.data / name).is_dir()

    def sources(self, name: str) -> Path:
        """Give the folder of documents of a set: ``sample``, ``generated`` or one of ``data``."""
        if name == "sample":
            return SAMPLE / "sources"
        if name == "generated":
            return self._generated()
        assert self.data
        inner = self.data / name / "sources"
        return inner if inner.is_dir() else self.data / name

    def questions(self, name: str) -> Sequence[TestQuestion]:
        """Give the questions of a set."""
        if name == "sample":
            return read_questions(SAMPLE / "questions.jsonl")
        if name == "generated":
            return questions_on(self._generated())
        assert self.data
        return read_questions(self.data / name / "questions.jsonl")

    def large(self) -> str:
        """Name the set of about a thousand paragraphs, one a file."""
        return "squad-it" if self.has("squad-it") else "generated"

    def built(self, sources: Path) -> tuple[Settings, Changes]:
        """Build a store of a folder, in this process; the second time give the same one."""
        if sources not in self._built:
            settings = Settings(sources, self.folder / f"store-{len(self._built)}")
            self._built[sources] = (settings, reload(settings, LocalEmbedder()))
        return self._built[sources]

    @contextmanager
    def library(self, sources: Path) -> Iterator[Library]:
        """Open a library on a folder, warmed up."""
        settings, _ = self.built(sources)
        with opened(settings) as library:
            yield library

    def copy(self, sources: Path, name: str) -> Settings:
        """Copy documents and their store to where they may be changed."""
        settings, _ = self.built(sources)
        copied = Settings(self.folder / name / "sources", self.folder / name)
        shutil.copytree(settings.store, copied.store)
        # Not all that lies beside documents is one of them.
        shutil.copytree(sources, copied.sources, ignore=shutil.ignore_patterns("*.jsonl"))
        return copied

    def _generated(self) -> Path:
        folder = self.folder / "generated"
        if not folder.exists():
            folder.mkdir()
            for number, text in enumerate(plain_paragraphs(self.size.paragraphs)):
                (folder / f"{number:04}.txt").write_text(text, "utf-8")
        return folder


@contextmanager
def opened(settings: Settings) -> Iterator[Library]:
    """Open a library, and let it load all that loads at first use."""
    library = Library.open(settings)
    try:
        library.ask("Chi ha detto che cosa?")
        yield library
    finally:
        library.close()


def stands_in_file(quote: dict[str, object], sources: Path) -> bool:
    """Read a quote's source file once more, and tell whether it says so at that place.

    On purpose it shares no code with what made the quote. ``quote`` is as JSON shows it.
    """
    source, start, end = str(quote["source"]), int(str(quote["start"])), int(str(quote["end"]))
    files = [sources / f"{source}{suffix}" for suffix in ("", ".txt", ".md")]
    content = next(file for file in files if file.is_file()).read_bytes()
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text[start:end] == quote["quote"]


def quotes_of(answer: dict[str, object]) -> list[dict[str, object]]:
    """List all quotes of an answer as JSON shows it, a refusal's closest one too."""
    told = json.loads(json.dumps(answer))
    quotes = [quote for claim in told["claims"] for quote in claim["quotes"]]
    return [*quotes, *([told["closest"]] if told["closest"] else [])]
