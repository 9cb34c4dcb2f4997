"""How cost grows with size: a store of generated text, built and asked as the bot does it.

    python -m benchmarks.scale [--sizes 1000,10000,100000] [--questions N] [--json FILE]

Sizes are in paragraphs, twenty a document; text and questions are made up (see
:mod:`benchmarks.prose`), and so are the vectors: 512 numbers a text, from its words alone, so that
what is timed is everything but the embedder. (The real one takes some 2 ms a question, and a
hundredth of a second a paragraph.) Then one document gets another paragraph, and is read again.
Every store is opened in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import lru_cache, wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

import numpy as np

from benchmarks.prose import documents
from benchmarks.rows import Row, percentile
from benchmarks.workshop import Workshop
from retrieval import library, retriever
from retrieval.embedding import Embedder, Vectors
from retrieval.generation import Generation
from retrieval.lexical import Lexicon
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.settings import Settings
from retrieval.words import split

SIZES = (1_000, 10_000, 100_000)
_ROWS = 4_096  # of the stand-in's
_WARMING = 20  # questions that aren't timed
_STAGES: dict[str, tuple[Any, str]] = {
    "BM25": (Lexicon, "bm25"),
    "Chroma, nearest": (Generation, "nearest"),
    "words alike": (Lexicon, "matches"),
    "features": (retriever, "features"),
    "scores": (Ranker, "score"),
    "confidence": (Ranker, "judge"),
    "words met": (retriever, "meet"),
    "candidates, else": (retriever.Retriever, "meet"),
    "answer, else": (library, "converse"),
}
"""What a question passes through: each is timed without those above it that it calls."""


@dataclass(frozen=True, slots=True)
class Sized:
    """What a store of one size costs. ``stages`` are milliseconds a question, on average.

    ``found`` is the share of the questions whose document came first; ``again_s`` is what a reload
    takes after one document has changed, and ``again_mb`` the most memory it had.
    """

    paragraphs: int
    passages: int
    index_s: float
    again_s: float
    again_mb: float | None
    disk_mb: float
    open_s: float
    resident_mb: float | None
    p50_ms: float
    p95_ms: float
    found: float
    stages: Mapping[str, float]


class StandIn(Embedder):
    """Vectors from words alone: texts that share their longer words are near each other.

    A word is the difference of two of some thousand random rows, chosen by its hash, and a text
    the sum of its words: a random projection (Johnson and Lindenstrauss 1984).
    """

    dimensions = 512
    fingerprint = "stand-in/1/512"

    def __init__(self) -> None:
        from threadpoolctl import threadpool_limits

        threadpool_limits(limits=1, user_api="blas")  # for the whole process, as the real one does
        chance = np.random.default_rng(1)
        self._rows: Vectors = chance.standard_normal((_ROWS, self.dimensions), dtype=np.float32)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Add up the words of each text."""
        rows, places, weights = list[int](), list[int](), list[float]()
        for number, text in enumerate(texts):
            for word in split(text) or [text]:
                weight = 0.2 if len(word) < 4 else 1.0  # grammar, mostly
                rows += (number, number)
                places += _places(word)
                weights += (weight, -weight)
        used, columns = np.unique(places, return_inverse=True)
        counts = np.zeros((len(texts), len(used)), dtype=np.float32)
        np.add.at(counts, (np.array(rows), columns), np.array(weights, dtype=np.float32))
        sums = counts @ self._rows[used]
        sums /= np.linalg.norm(sums, axis=1, keepdims=True)
        return sums


@lru_cache(maxsize=1_000_000)
def _places(word: str) -> tuple[int, int]:
    first, step = divmod(crc32(word.lower().encode()) % (_ROWS * (_ROWS - 1)), _ROWS - 1)
    return first, (first + 1 + step) % _ROWS


def measure(folder: Path, paragraphs: int, questions: int) -> Sized:
    """Make documents up in a folder, index them, and ask so many questions."""
    settings = Settings(folder / "sources", folder)
    settings.sources.mkdir(parents=True)
    asked = []
    for document in documents(paragraphs):
        (settings.sources / f"{document.name}.txt").write_text(document.text, "utf-8")
        asked += [(question, document.name) for question in document.questions]
    count = min(questions + _WARMING, len(asked))
    chosen = [asked[i] for i in np.random.default_rng(1).choice(len(asked), count, replace=False)]
    changes = reload(settings, StandIn())
    built = settings.store / "generations" / changes.generation
    size = sum(path.stat().st_size for path in built.rglob("*") if path.is_file())
    # In a process of its own, so that its memory is what opening and asking takes.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as pool:
        open_s, resident, times, found, stages = pool.submit(_ask, settings, chosen).result()
    changed = min(settings.sources.iterdir())
    changed.write_text(f"{changed.read_text('utf-8')}\nLa parola d'ordine è falco.\n", "utf-8")
    with ProcessPoolExecutor(1, context) as pool:
        again_s, again_mb = pool.submit(_again, settings).result()
    return Sized(
        paragraphs,
        changes.passages,
        changes.seconds,
        again_s,
        again_mb,
        size / 1e6,
        open_s,
        resident,
        percentile(times, 0.5),
        percentile(times, 0.95),
        found,
        stages,
    )


def _again(settings: Settings) -> tuple[float, float | None]:
    changes = reload(settings, StandIn())
    return changes.seconds, _memory_mb("VmHWM")


def _ask(
    settings: Settings, questions: Sequence[tuple[str, str]]
) -> tuple[float, float | None, list[float], float, dict[str, float]]:
    began = time.perf_counter()
    opened = library.Library(settings, StandIn(), Ranker.load())
    opened.refresh()
    open_s = time.perf_counter() - began
    try:
        for question, _ in questions[:_WARMING]:
            opened.ask(question)
        times, found = [], []
        for question, source in questions[_WARMING:]:
            began = time.perf_counter()
            answer = opened.ask(question)
            times.append((time.perf_counter() - began) * 1e3)
            found.append(answer.ranked[:1] == (source,))
        resident = _memory_mb("VmRSS")
        stages = _stages(opened, [question for question, _ in questions[_WARMING:]])
    finally:
        opened.close()
    return open_s, resident, times, sum(found) / len(found), stages


def _stages(opened: library.Library, questions: Sequence[str]) -> dict[str, float]:
    """Ask once more with a stopwatch around each stage: milliseconds a question."""
    spent: dict[str, float] = defaultdict(float)
    inner: list[float] = []  # what was called from the stage that runs, stage by stage

    def timed(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def wrapper(*arguments: Any, **named: Any) -> Any:
            inner.append(0.0)
            began = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                took = time.perf_counter() - began
                spent[stage] += took - inner.pop()
                if inner:
                    inner[-1] += took

        return wrapper

    before = {stage: getattr(owner, name) for stage, (owner, name) in _STAGES.items()}
    for stage, (owner, name) in _STAGES.items():
        setattr(owner, name, timed(stage, before[stage]))
    try:
        for question in questions:
            opened.ask(question)
    finally:
        for stage, (owner, name) in _STAGES.items():
            setattr(owner, name, before[stage])
    return {stage: spent[stage] * 1e3 / len(questions) for stage in _STAGES}


def _memory_mb(key: str) -> float | None:
    """Read the memory of this process, where the system tells it as Linux does: now, or at most."""
    try:
        lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    except OSError:
        return None
    [line] = [line for line in lines if line.startswith(f"{key}:")]
    return int(line.split()[1]) / 1e3


def rows(workshop: Workshop) -> Iterator[Row]:
    """Give one small size as rows of the long measurements, its limits as targets."""
    sized = measure(workshop.folder / "scale", workshop.size.paragraphs, workshop.size.questions)
    name = f"{sized.passages} generated passages"
    yield Row(f"{name}: indexed", sized.index_s, "s")
    yield Row(f"{name}: one document changed", sized.again_s, "s")
    yield Row(f"{name}: on disk", sized.disk_mb, "MB")
    yield Row(f"{name}: opened", sized.open_s, "s")
    yield Row(f"{name}: in memory", sized.resident_mb, "MB")
    yield Row(f"{name}: document first", sized.found)
    yield Row(f"{name}: a question, p50", sized.p50_ms, "ms", at_most=25)
    yield Row(f"{name}: a question, p95", sized.p95_ms, "ms", at_most=60)


def table(results: Sequence[Sized]) -> str:
    """Lay results out for a terminal: a column a size."""
    lines = [["paragraphs", *(f"{one.paragraphs:,}" for one in results)]]
    lines.append(["passages", *(f"{one.passages:,}" for one in results)])
    columns: dict[str, list[float] | list[float | None]] = {
        "indexing, s": [one.index_s for one in results],
        "one document changed, s": [one.again_s for one in results],
        "  of all that, %": [100 * one.again_s / one.index_s for one in results],
        "  memory at most, MB": [one.again_mb for one in results],
        "on disk, MB": [one.disk_mb for one in results],
        "opening, s": [one.open_s for one in results],
        "in memory, MB": [one.resident_mb for one in results],
        "document first, %": [100 * one.found for one in results],
        "a question, p50 ms": [one.p50_ms for one in results],
        "a question, p95 ms": [one.p95_ms for one in results],
        **{f"  {stage}, ms": [one.stages[stage] for one in results] for stage in _STAGES},
    }
    for name, values in columns.items():
        lines.append([name, *("–" if value is None else f"{value:,.2f}" for value in values)])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])])
        for line in lines
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each size and print one table; returns the exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.ERROR, format="%(message)s", stream=sys.stderr)
    results = []
    for size in options.sizes:
        print(f"{size:,} paragraphs …", file=sys.stderr, flush=True)
        with TemporaryDirectory(prefix="scale-") as folder:
            results.append(measure(Path(folder), size, options.questions))
    print(table(results))
    if options.json:
        values = [asdict(result) for result in results]
        options.json.write_text(json.dumps(values, indent=1) + "\n", "utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scale", description="Measure how cost grows with size."
    )
    parser.add_argument(
        "--sizes", type=_sizes, default=SIZES, metavar="N,…", help="paragraphs, some sizes"
    )
    parser.add_argument("--questions", type=int, default=300, metavar="N", help="(default: 300)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all values here")
    return parser


def _sizes(value: str) -> tuple[int, ...]:
    sizes = tuple(int(size) for size in filter(None, value.split(",")))
    if not sizes or min(sizes) < 100:
        raise argparse.ArgumentTypeError(f"sizes are numbers from 100, not {value!r}")
    return sizes


if __name__ == "__main__":
    sys.exit(main())
