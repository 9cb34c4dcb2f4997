"""The command line: ``index`` documents, ``ask`` a question, ``evaluate`` on many."""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from retrieval.errors import QuestionsError, RetrievalError
from retrieval.settings import Settings, read_environment
from retrieval.types import Answer, Changes, Progress, Quote, Step

if TYPE_CHECKING:
    from retrieval.library import Library


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code: 0, or 1 where something could not be done."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal may not be able to show «Perché»
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    try:
        run: Callable[[argparse.Namespace], None] = options.run
        run(options)
    except RetrievalError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m retrieval",
        description="Answer questions from documents, with the passage behind every claim.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    index = commands.add_parser("index", help="bring the store up to date with the documents")
    index.set_defaults(run=_index)

    ask = commands.add_parser("ask", help="answer one question")
    ask.add_argument("question", metavar="QUESTION")
    ask.set_defaults(run=_ask)

    evaluate = commands.add_parser("evaluate", help="measure the answers to many questions")
    evaluate.add_argument(
        "--questions", type=Path, required=True, metavar="FILE", help="one JSON object a line"
    )
    evaluate.add_argument(
        "--results", type=Path, metavar="FILE", help="write every answer here, a JSON object a line"
    )
    evaluate.set_defaults(run=_evaluate)

    for command in (index, ask, evaluate):
        command.add_argument(
            "--sources",
            type=Path,
            metavar="DIR",
            help="the folder of documents (default: sources/ in DOCS_STORE)",
        )
    for command in (ask, evaluate):
        command.add_argument("--json", action="store_true", help="print JSON and nothing else")
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    environment = read_environment()
    if options.sources is None:
        return Settings.from_environment(environment)
    return Settings.for_folder(options.sources, environment)


def _index(options: argparse.Namespace) -> None:
    from retrieval.embedding import LocalEmbedder
    from retrieval.reload import reload

    with _ProgressBar() as progress:
        changes = reload(_settings(options), LocalEmbedder(), progress)
    _name_skipped(changes)
    for label in ("added", "changed", "removed"):
        names: tuple[str, ...] = getattr(changes, label)
        shown = ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
        print(f"{label:9} {len(names):6}  {shown}".rstrip())
    print(f"unchanged {changes.unchanged:6}")
    done = f"generation {changes.generation}, {changes.passages} passages"
    built = f"{changes.embedded} of them embedded anew" if changes.swapped else "nothing to do"
    print(f"{done}, {built}, in {changes.seconds:.1f} s")


def _ask(options: argparse.Namespace) -> None:
    library = _open(options)
    try:
        answer = library.ask(options.question)
    finally:
        library.close()
    shown = _json(answer.to_dict()) if options.json else _for_people(answer, sys.stdout.isatty())
    print(shown)


def _evaluate(options: argparse.Namespace) -> None:
    from retrieval.evaluation import evaluate, read_questions, report, table

    questions = read_questions(options.questions)
    if not questions:
        raise QuestionsError(f"the questions file {options.questions} has no questions in it")
    with _results(options.results) as results:
        library = _open(options)
        try:
            library.search(questions[0].question)  # the model loads at first use, not measured
            with _bar(len(questions), "questions") as bar:
                outcomes = evaluate(
                    questions,
                    lambda question: library.ask(question.question, language=question.lang),
                    library.is_verbatim,
                    lambda done: bar.update(done - bar.n),
                )
        finally:
            library.close()
        results.writelines(f"{_json(outcome.to_dict())}\n" for outcome in outcomes)
    measured = report(outcomes)
    print(_json(asdict(measured)) if options.json else table(measured))


@contextmanager
def _results(file: Path | None) -> Iterator[TextIO]:
    """Open the results file before the work begins; one that nobody asked for goes nowhere."""
    try:
        results = (file or Path(os.devnull)).open("w", encoding="utf-8")
    except OSError as error:
        raise QuestionsError(f"the results can't be written: {error}") from None
    with results:
        yield results


def _open(options: argparse.Namespace) -> Library:
    from retrieval.library import Library

    with _ProgressBar() as progress:
        library = Library.open(
            _settings(options),
            on_progress=progress,
            up_to_date=options.sources is not None,
        )
    if library.changes:
        _name_skipped(library.changes)
    return library


def _name_skipped(changes: Changes) -> None:
    for skipped in changes.skipped:
        print(f"skipped {skipped.path}: {skipped.reason}", file=sys.stderr)


def _for_people(answer: Answer, ansi: bool) -> str:
    """Lay an answer out; ``ansi`` shows the words that answer in bold."""
    from retrieval.wording import wording

    words = wording(answer.language)
    text = answer.text
    for span in reversed(answer.highlights if ansi else ()):
        marked = f"\033[1m{text[span.start : span.end]}\033[0m"
        text = text[: span.start] + marked + text[span.end :]
    lines = [text, ""]
    lines += [_place(f"[{number}]", quote) for number, quote in enumerate(answer.quotes, start=1)]
    if answer.closest:
        lines += [words.closest, answer.closest.text, _place("—", answer.closest)]
    if answer.suggestion:
        lines += ["", f"{words.try_asking} {answer.suggestion}"]
    return "\n".join(lines).rstrip()


def _place(marker: str, quote: Quote) -> str:
    return f"{marker} {quote.title} ({quote.source}, {quote.start}–{quote.end})"


def _json(value: Any) -> str:
    # Escaped where standard output could not take it as it is: JSON in any case.
    readable = sys.stdout.encoding.lower() in ("utf-8", "utf8")
    return json.dumps(value, ensure_ascii=not readable)


def _bar(total: int | None, unit: str) -> Any:
    from tqdm import tqdm

    return tqdm(total=total, unit=f" {unit}", disable=not sys.stderr.isatty(), leave=False)


class _ProgressBar:
    """Shows a reload on the terminal, one bar a step; elsewhere it says nothing."""

    def __init__(self) -> None:
        self._step: Step | None = None
        self._bar: Any = None

    def __enter__(self) -> _ProgressBar:
        return self

    def __call__(self, progress: Progress) -> None:
        if progress.step is not self._step:
            self.__exit__()
            self._step = progress.step
            self._bar = _bar(progress.total, "")
            self._bar.set_description(str(progress.step))
        self._bar.total = progress.total
        self._bar.update(progress.done - self._bar.n)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()


if __name__ == "__main__":
    sys.exit(main())
