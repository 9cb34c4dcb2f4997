"""One evaluation from files to files: what ``python -m retrieval evaluate`` does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retrieval.errors import QuestionsError
from retrieval.evaluation.comparison import Comparison, compare
from retrieval.evaluation.outcomes import Outcome, evaluate
from retrieval.evaluation.page import page
from retrieval.evaluation.questions import read_questions
from retrieval.evaluation.reporting import Report, report
from retrieval.evaluation.results import Result, read_results, write_results
from retrieval.evaluation.tables import comparison_table, table
from retrieval.types import Answer, Language

if TYPE_CHECKING:
    from retrieval.library import Library

Ask = Callable[[str, Language | None], Answer]
"""Answers a question; the language is the asker's, where it is known."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What an evaluation found."""

    report: Report
    comparison: Comparison | None = None

    def to_dict(self) -> dict[str, Any]:
        """All of it as JSON shows it."""
        compared = {"comparison": self.comparison.to_dict()} if self.comparison else {}
        return {**asdict(self.report), **compared}

    def table(self) -> str:
        """All of it for a terminal."""
        compared = [comparison_table(self.comparison)] if self.comparison else []
        return "\n\n".join([table(self.report), *compared])


class Evaluation:
    """Asks a questions file, and writes down what came of it.

    Args:
        questions: the questions file.
        results: where every answer is written, a JSON object a line.
        earlier: a results file to compare with. It may be the same one.
        page_file: where a page that shows it all is written.

    Raises:
        QuestionsError: a file can't be read or written: better known before the work than after.
    """

    def __init__(
        self,
        questions: Path,
        *,
        results: Path | None = None,
        earlier: Path | None = None,
        page_file: Path | None = None,
    ) -> None:
        self.questions = read_questions(questions)
        if not self.questions:
            raise QuestionsError(f"the questions file {questions} has no questions in it")
        self._earlier: tuple[Result, ...] | None = read_results(earlier) if earlier else None
        self._file, self._results, self._earlier_file, self._page_file = (
            questions,
            results,
            earlier,
            page_file,
        )
        for file in (results, page_file):
            if file:
                _check_writable(file)

    def run(
        self,
        library: Library,
        on_progress: Callable[[int], None] | None = None,
        *,
        ask: Ask | None = None,
    ) -> Measured:
        """Ask every question; ``on_progress`` is told how many are done.

        ``ask`` gives the answers, where they aren't the library's own.

        Raises:
            QuestionsError: results can't be written, or have no question of the earlier ones.
        """
        library.search(self.questions[0].question)  # the model loads at first use, not measured
        asked = ask or (lambda question, language: library.ask(question, language=language))
        outcomes = evaluate(
            self.questions,
            lambda question: asked(question.question, question.lang),
            library.is_verbatim,
            on_progress,
        )
        if self._results:
            write_results(self._results, outcomes)
        compared = None
        if self._earlier is not None:
            compared = compare(self._earlier, [Result.of(outcome) for outcome in outcomes])
        measured = Measured(report(outcomes), compared)
        if self._page_file:
            _write(self._page_file, self._shown(measured, outcomes, library))
        return measured

    def _shown(self, measured: Measured, outcomes: Sequence[Outcome], library: Library) -> str:
        sources = {source.id for source in library.sources()}
        about = {
            "questions": f"{len(outcomes)} from {self._file.name}",
            "documents": f"{len(sources)}, generation {library.generation or '–'}",
            "compared with": self._earlier_file.name if self._earlier_file else "",
            "measured": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        }
        return page(
            measured.report,
            outcomes,
            sources=sources,
            about={name: value for name, value in about.items() if value},
            comparison=measured.comparison,
        )


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise QuestionsError(f"the page can't be written: {error}") from None


def _check_writable(file: Path) -> None:
    try:
        file.open("a", encoding="utf-8").close()
    except OSError as error:
        raise QuestionsError(f"the output can't be written: {error}") from None
