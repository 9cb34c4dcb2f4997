"""The command line: ``index``, ``ask``, ``evaluate``, ``compare``, ``export`` and ``import``."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from retrieval.changes import Changes
from retrieval.errors import RegressionError, RetrievalError
from retrieval.regression import Regression
from retrieval.settings import Settings, read_environment
from retrieval.terminal import ProgressBar, answer_text, bar

if TYPE_CHECKING:
    from retrieval.evaluation.command import Ask
    from retrieval.library import Library


_NAMED = 10


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
    index.add_argument("--force", action="store_true", help="swap however much is lost")
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
    evaluate.add_argument(
        "--compare", type=Path, metavar="RESULTS", help="compare with an earlier results file"
    )
    evaluate.add_argument(
        "--page", type=Path, metavar="FILE", help="write a page with plots and every failure here"
    )
    evaluate.set_defaults(run=_evaluate)

    compare = commands.add_parser("compare", help="compare two results files")
    for name in ("before", "after"):
        compare.add_argument(name, type=Path, metavar=name.upper(), help=f"results {name}")
    compare.set_defaults(run=_compare)

    export = commands.add_parser("export", help="write documents, store and questions to one file")
    export.set_defaults(run=_export)
    back = commands.add_parser("import", help="put what export wrote in the place of what is there")
    back.set_defaults(run=_import)
    for command in (export, back):
        command.add_argument("file", type=Path, metavar="FILE")

    for command in (index, ask, evaluate):
        command.add_argument(
            "--sources",
            type=Path,
            metavar="DIR",
            help="the folder of documents (default: sources/ in DOCS_STORE)",
        )
    for command in (ask, evaluate, compare):
        command.add_argument("--json", action="store_true", help="print JSON and nothing else")
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    environment = read_environment()
    if options.sources is None:
        return Settings.from_environment(environment)
    return Settings.for_folder(options.sources, environment)


def _index(options: argparse.Namespace) -> None:
    from retrieval.embedding import open_embedder
    from retrieval.reload import reload

    settings = _settings(options)
    if options.force:
        settings = settings.forced()
    try:
        with ProgressBar() as progress, closing(open_embedder(settings.model)) as embedder:
            changes = reload(settings, embedder, progress)
    except RegressionError as error:
        _name_lost(error.regression, sys.stderr)
        raise
    _name_skipped(changes)
    for label in ("added", "changed", "removed"):
        names: tuple[str, ...] = getattr(changes, label)
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        shown = ", ".join(names[:_NAMED]) + more
        print(f"{label:9} {len(names):6}  {shown}".rstrip())
    print(f"unchanged {changes.unchanged:6}")
    for pair in changes.alike[:_NAMED]:
        print(f"alike     {pair.share:6.0%}  {pair.first}, {pair.second}")
    if changes.regression:
        print(f"passed    {changes.regression.passed:6}  of {changes.regression.asked} questions")
        _name_lost(changes.regression, sys.stdout)
    done = f"generation {changes.generation}, {changes.passages} passages"
    built = f"{changes.embedded} of them embedded anew" if changes.swapped else "nothing to do"
    print(f"{done}, {built}, in {changes.seconds:.1f} s")


def _ask(options: argparse.Namespace) -> None:
    with closing(_open(options)) as library, _asking(library, options) as ask:
        answer = ask(options.question, None)
    bold = sys.stdout.isatty()
    print(_json(answer.to_dict()) if options.json else answer_text(answer, bold=bold))


def _evaluate(options: argparse.Namespace) -> None:
    from retrieval.evaluation.command import Evaluation

    evaluation = Evaluation(
        options.questions, results=options.results, earlier=options.compare, page_file=options.page
    )
    with (
        closing(_open(options)) as library,
        _asking(library, options) as ask,
        bar(len(evaluation.questions), "questions") as shown,
    ):
        measured = evaluation.run(library, lambda done: shown.update(done - shown.n), ask=ask)
    print(_json(measured.to_dict()) if options.json else measured.table())


def _compare(options: argparse.Namespace) -> None:
    from retrieval.evaluation import compare, comparison_table, read_results

    found = compare(read_results(options.before), read_results(options.after))
    print(_json(found.to_dict()) if options.json else comparison_table(found))


def _export(options: argparse.Namespace) -> None:
    from retrieval.backup import export
    from retrieval.reload import writing

    store = Settings.from_environment(read_environment()).store
    with writing(store):
        size = export(store, options.file)
    print(f"{options.file}: {size / 1e6:.1f} MB")


def _import(options: argparse.Namespace) -> None:
    from retrieval.backup import restore
    from retrieval.reload import writing

    store = Settings.from_environment(read_environment()).store
    with writing(store):
        print(f"generation {restore(store, options.file)} answers")


def _open(options: argparse.Namespace) -> Library:
    from retrieval.library import Library

    with ProgressBar() as progress:
        library = Library.open(
            _settings(options),
            on_progress=progress,
            up_to_date=options.sources is not None,
        )
    if library.changes:
        _name_skipped(library.changes)
    return library


@contextmanager
def _asking(library: Library, options: argparse.Namespace) -> Iterator[Ask]:
    """Ask the model of the settings, or where there is none, the library alone."""
    settings = _settings(options)
    if not settings.model.writes:
        yield lambda question, language: library.ask(question, language=language)
        return
    from retrieval.writing import Writer

    writer = Writer.open(settings, library)
    assert writer
    with asyncio.Runner() as runner:
        try:
            yield lambda question, language: runner.run(writer.ask(question, language=language))
        finally:
            runner.run(writer.aclose())


def _name_skipped(changes: Changes) -> None:
    for skipped in changes.skipped:
        print(f"skipped {skipped.path}: {skipped.fault}", file=sys.stderr)
    for stale in changes.stale:
        print(f"stale   {stale.path}: {stale.fault}", file=sys.stderr)


def _name_lost(regression: Regression, file: TextIO) -> None:
    if regression.lost:
        print(f"lost      {len(regression.lost):6}", file=file)
    for question in regression.lost:
        gone = f" ({question.gone} is gone)" if question.gone else ""
        print(f"  {question.id}  {question.question}{gone}", file=file)


def _json(value: Any) -> str:
    # Escaped where standard output could not take it as it is: JSON in any case.
    readable = sys.stdout.encoding.lower() in ("utf-8", "utf8")
    return json.dumps(value, ensure_ascii=not readable)


if __name__ == "__main__":
    sys.exit(main())
