"""Passo and others, side by side: the same passages, vectors and questions for all.

    make compare DATA=folder
    python -m benchmarks.side_by_side DATA [--questions N] [--json FILE]

DATA is a folder that holds ``squad-it/``: documents, and ``questions.jsonl`` (and
``questions_en.jsonl``) on them. Each question is asked once; a hit is the source that answers, by
the rank of its first passage. Times are of one question after the other, its embedding included;
index seconds are without the passages' vectors, which are made once for all. (Passo also embeds
sentences and words, and that is counted.) Whose packages aren't installed is left out.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.contenders import Contender
from benchmarks.ranks import Mean, measures, rank_of
from benchmarks.recall import RecallingEmbedder
from benchmarks.rows import Row, percentile
from benchmarks.workshop import Workshop
from retrieval.chunking import chunk
from retrieval.embedding import Embedder, LocalEmbedder
from retrieval.evaluation import TestQuestion, read_questions
from retrieval.settings import Settings
from retrieval.sources import read_folder
from retrieval.types import Language, Passage
from retrieval.words import fold, split, stem

_LANGUAGES: dict[Language, str] = {"it": "Italian", "en": "English"}
_ASKED = 50  # passages, so that ten different sources are among them
_REMARK = (
    "Passo's ranking was trained on SQuAD-it, which flatters it there: see the README for articles "
    "it was not trained on."
)


@dataclass(frozen=True, slots=True)
class Result:
    """How one contender did on the questions of one language. Times in ms, and s for the index."""

    name: str
    language: Language
    questions: int
    means: Mapping[str, Mean]
    p50_ms: float
    p95_ms: float
    index_s: float


def contenders(
    embedder: Embedder, sources: Path, folder: Path
) -> Iterator[Callable[[], Contender]]:
    """List who takes part; making one raises ImportError where its packages aren't installed."""

    def similarity() -> Contender:
        from benchmarks.contenders.similarity import Similarity

        return Similarity(embedder, folder / "similarity")

    def langchain() -> Contender:
        from benchmarks.contenders.langchain import LangChain

        return LangChain(embedder, folder / "langchain")

    def stemming_langchain() -> Contender:
        from benchmarks.contenders.langchain import LangChain

        return LangChain(embedder, folder / "stemming", _stems, " (Italian stems)")

    def llamaindex() -> Contender:
        from benchmarks.contenders.llamaindex import LlamaIndex

        return LlamaIndex(embedder)

    def haystack() -> Contender:
        from benchmarks.contenders.haystack import Haystack

        return Haystack(embedder)

    def passo() -> Contender:
        from benchmarks.contenders.passo import Passo

        return Passo(embedder, Settings(sources, folder / "passo"))

    yield from (similarity, langchain, stemming_langchain, llamaindex, haystack, passo)


def compare(
    sources: Path, questions: Sequence[TestQuestion], folder: Path, embedder: Embedder
) -> Iterator[Result]:
    """Let everyone index the documents in ``sources`` and answer the questions, in turn.

    ``folder`` is for what they keep on disk.
    """
    passages = [passage for source in read_folder(sources).sources for passage in chunk(source)]
    _say(f"{len(passages)} passages, {len(questions)} questions; embedding the passages")
    embedder = RecallingEmbedder(embedder, [passage.text for passage in passages])
    for make in contenders(embedder, sources, folder):
        try:
            contender = make()
        except ImportError as error:
            _say(f"left out: {make.__name__.replace('_', ' ')} ({error})")
            continue
        yield from _measured(contender, passages, questions)
        if close := getattr(contender, "close", None):
            close()
        del contender
        gc.collect()  # so that nobody pays for another's memory


def _measured(
    contender: Contender, passages: Sequence[Passage], questions: Sequence[TestQuestion]
) -> Iterator[Result]:
    began = time.perf_counter()
    contender.index(passages)
    index_s = time.perf_counter() - began
    _say(f"{contender.name}: indexed in {index_s:.1f} s")
    contender.search(questions[0].question, _ASKED)  # what loads at first use
    for language in _LANGUAGES:
        ranks: list[int | None] = []
        times: list[float] = []
        for question in (one for one in questions if one.lang == language):
            began = time.perf_counter()
            found = contender.search(question.question, _ASKED)
            times.append((time.perf_counter() - began) * 1e3)
            ranks.append(rank_of(question.source, found))
        if ranks:
            yield Result(
                contender.name,
                language,
                len(ranks),
                measures(ranks),
                percentile(times, 0.5),
                percentile(times, 0.95),
                index_s,
            )


def questions_of(workshop: Workshop, most: int = 0) -> list[TestQuestion]:
    """Gather answerable questions of both languages, up to ``most`` of each; 0 is all."""
    name = workshop.large()
    found = list(workshop.questions(name))
    if workshop.has(name):
        assert workshop.data
        english = workshop.data / name / "questions_en.jsonl"
        found += read_questions(english) if english.exists() else ()
    chosen = []
    for language in _LANGUAGES:
        own = [q for q in found if q.lang == language and q.kind == "answerable" and q.source]
        chosen += random.Random(1).sample(own, most) if 0 < most < len(own) else own
    return chosen


def rows(workshop: Workshop) -> Iterator[Row]:
    """Give the comparison as rows of the long measurements."""
    questions = questions_of(workshop, workshop.size.questions)
    sources = workshop.sources(workshop.large())
    for result in compare(sources, questions, workshop.folder / "compared", LocalEmbedder()):
        name = f"{result.name}, {_LANGUAGES[result.language]}"
        yield Row(f"{name}: nDCG@10", result.means["nDCG@10"].value)
        yield Row(f"{name}: p50 of {result.questions} questions", result.p50_ms, "ms")


def table(results: Sequence[Result]) -> str:
    """Lay results out for a terminal, a table a language."""
    parts = []
    for language, adjective in _LANGUAGES.items():
        here = [result for result in results if result.language == language]
        if not here:
            continue
        head = [f"{adjective} questions ({here[0].questions})", *here[0].means]
        lines = [[*head, "p50 ms", "p95 ms", "index s"]]
        for result in here:
            times = (result.p50_ms, result.p95_ms, result.index_s)
            means = (str(mean) for mean in result.means.values())
            lines.append([result.name, *means, *(f"{value:.1f}" for value in times)])
        widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
        parts.append(
            "\n".join(
                "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])])
                for line in lines
            )
        )
    return "\n\n".join(parts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare and print a table a language; returns the exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.ERROR, format="%(message)s", stream=sys.stderr)
    with TemporaryDirectory(prefix="side-by-side-") as folder:
        workshop = Workshop(Path(folder), options.data)
        if not workshop.has("squad-it"):
            print(f"there is no folder {options.data / 'squad-it'}", file=sys.stderr)
            return 2
        questions = questions_of(workshop, options.questions)
        sources = workshop.sources("squad-it")
        results = list(compare(sources, questions, Path(folder) / "compared", LocalEmbedder()))
    print(f"{table(results)}\n\n{_REMARK}")
    if options.json:
        values: Any = [asdict(result) for result in results]
        options.json.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.side_by_side", description="Compare Passo with others."
    )
    parser.add_argument("data", type=Path, metavar="DATA", help="a folder that holds squad-it/")
    parser.add_argument(
        "--questions", type=int, default=1000, metavar="N",
        help="ask up to N of each language, drawn at random; 0 is all (default: 1000)",
    )  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all values here")
    return parser


def _stems(text: str) -> list[str]:
    """Cut a text into Italian stems, as a reader of LangChain's page might."""
    return [stem(fold(word), "it") for word in split(text)]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
