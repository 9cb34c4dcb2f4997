"""Puts the owner's questions to a new generation and to the live one, and compares.

A question passes where it is treated right: an answerable one is answered, with an answer among the
quotes a reader sees first; any other is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.changes import OnProgress, Progress, Skipped, Step
from retrieval.errors import QuestionsError
from retrieval.evaluation import contains_answer, read_questions
from retrieval.faults import Fault
from retrieval.regression import LostQuestion, Regression
from retrieval.types import Answer, Status

if TYPE_CHECKING:
    from retrieval.embedding import Embedder
    from retrieval.evaluation import TestQuestion
    from retrieval.generation import Generation

_SEEN = 3  # quotes; which of them comes first may change without harm


@dataclass(frozen=True, slots=True)
class Side:
    """One of two generations: the ids of its documents, and how to put a question to it."""

    sources: Collection[str]
    ask: Callable[[TestQuestion], Answer]


def read(file: Path) -> tuple[Sequence[TestQuestion], tuple[Skipped, ...]]:
    """Read the owner's questions, if there are any.

    A slip in them should not keep the documents from being read: it is reported like a document
    that can't be, and there is nothing to test with.
    """
    try:
        return (read_questions(file) if file.exists() else ()), ()
    except QuestionsError as error:
        english = str(error).removeprefix(f"{file}, ")
        line = re.match(r"line (\d+)", english)
        fault = Fault("question", english, line=line[1]) if line else Fault("questions", english)
        return (), (Skipped(file.name, fault),)


def assess(
    new: Generation,
    live: Generation | None,
    questions: Sequence[TestQuestion],
    embedder: Embedder,
    on_progress: OnProgress,
) -> Regression:
    """Put questions to a new generation, and to the live one if that answers."""
    from retrieval.answering import answer
    from retrieval.ranking import Ranker
    from retrieval.shelf import Shelf

    ranker = Ranker.load()

    def side(generation: Generation) -> Side:
        shelf = Shelf(generation, embedder, ranker)
        return Side(
            frozenset(summary.id for summary in generation.summaries()),
            lambda question: answer(question.question, shelf.sources, question.lang),
        )

    # One that was cut otherwise can't be served any more, and has nothing to lose.
    answers = live is not None and not live.manifest.misfit(embedder.fingerprint)
    return compare(
        questions,
        side(new),
        side(live) if live and answers else None,
        lambda done, total: on_progress(Progress(Step.TESTING, done, total)),
    )


def passes(question: TestQuestion, answer: Answer) -> bool:
    """Tell whether a question is treated right.

    One that is answerable without saying how has to be answered from its source, if it names one.
    """
    answered = answer.status in (Status.ANSWERED, Status.PARTIAL)
    if question.kind != "answerable":
        return not answered
    quotes = answer.quotes[:_SEEN]
    if question.answers:
        return any(contains_answer(quote.text, question.answers) for quote in quotes)
    places = {twin.id for quote in quotes for twin in quote.also}
    return answered and question.source in ("", *(quote.source for quote in quotes), *places)


def compare(
    questions: Sequence[TestQuestion],
    new: Side,
    live: Side | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Regression:
    """Put questions to a new generation and to the live one, where there is one.

    Questions about documents that are in neither are left out. ``on_progress`` is told how many
    questions of how many are done.
    """
    known = {"", *new.sources, *(live.sources if live else ())}
    questions = [question for question in questions if question.source in known]
    told = on_progress or _silent
    passed = before = 0
    lost, failing = list[LostQuestion](), list[str]()
    told(0, len(questions))
    for number, question in enumerate(questions, start=1):
        now = passes(question, new.ask(question))
        then = live is not None and passes(question, live.ask(question))
        passed += now
        before += then
        if then and not now:
            gone = "" if question.source in new.sources else question.source
            lost.append(LostQuestion(question.id, question.question, gone))
        elif not now:
            failing.append(question.question)
        told(number, len(questions))
    return Regression(len(questions), passed, before, tuple(lost), tuple(failing))


def _silent(_done: int, _total: int) -> None:
    """Nobody is watching."""
