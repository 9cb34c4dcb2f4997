"""How good the answers are, measured on questions whose answers are known.

A questions file has one JSON object a line: ``id``, ``lang``, ``question``, ``answers`` (any one of
these strings, compared without capitals and punctuation, must stand in a cited quote), ``source``
(the id of the source that answers, where known) and ``kind``: ``answerable``, ``off-topic`` or
``near-miss``.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

from retrieval.errors import QuestionsError
from retrieval.types import Answer, Language, Quote, Status

KINDS = ("answerable", "off-topic", "near-miss")
_PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class TestQuestion:
    """A question, and what answers it."""

    id: str
    question: str
    lang: Language = "it"
    answers: tuple[str, ...] = ()
    source: str = ""
    kind: str = "answerable"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question and the answer it got. ``verbatim`` counts the quotes in their place."""

    question: TestQuestion
    answer: Answer
    quotes: int
    verbatim: int

    @property
    def refused(self) -> bool:
        """Tell whether the answer is a refusal."""
        return self.answer.status not in (Status.ANSWERED, Status.PARTIAL)

    def holds_answer(self, most: int) -> bool:
        """Tell whether one of the first ``most`` quotes holds an answer."""
        quotes = self.answer.quotes[:most]
        return any(contains_answer(quote.text, self.question.answers) for quote in quotes)

    @property
    def rank(self) -> int | None:
        """The rank of the source that answers, from 0; None where it wasn't found."""
        ranked = self.answer.ranked
        source = self.question.source
        return ranked.index(source) if source in ranked else None

    def to_dict(self) -> dict[str, Any]:
        """One line of a results file."""
        return {
            "id": self.question.id,
            **self.answer.to_dict(),
            "ranked": list(self.answer.ranked),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation measured. Shares from 0 to 1, times in milliseconds; None: not measured.

    ``answer_in_first_quote`` and ``…_three`` are shares of the answerable questions, refused ones
    counted as misses; ``source_…`` and ``ndcg_at_10`` of those whose source is known (Järvelin and
    Kekäläinen 2002, one relevant source). ``sentences_per_first_quote`` is their mean. ``auroc``
    is how well the confidence tells answerable questions from the others.
    """

    questions: int
    answer_in_first_quote: float | None
    answer_in_first_three: float | None
    sentences_per_first_quote: float | None
    source_at_1: float | None
    source_at_10: float | None
    ndcg_at_10: float | None
    auroc: float | None
    verbatim_quotes: float | None
    quotes: int
    p50_ms: float | None
    p95_ms: float | None
    answered: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)


def read_questions(file: Path) -> tuple[TestQuestion, ...]:
    """Read a questions file.

    Raises:
        QuestionsError: it can't be read; the message names the line.
    """
    try:
        lines = file.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(f"the questions file {file} can't be read: {error}") from None
    return tuple(
        _question(line, f"{file}, line {number}")
        for number, line in enumerate(lines, start=1)
        if line.strip()
    )


def _question(line: str, place: str) -> TestQuestion:
    try:
        values = json.loads(line)
        if isinstance(values.get("answers"), str):
            raise TypeError("answers is not a list")
        question = TestQuestion(
            id=str(values["id"]),
            question=str(values["question"]),
            lang="en" if values.get("lang") == "en" else "it",
            answers=tuple(str(answer) for answer in values.get("answers", ())),
            source=str(values.get("source") or ""),
            kind=str(values.get("kind", "answerable")),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise QuestionsError(
            f"{place}: {error!r}: a line is a JSON object with id, lang, question, answers, kind"
        ) from None
    if question.kind not in KINDS:
        raise QuestionsError(f"{place}: kind is {question.kind!r}, not one of {', '.join(KINDS)}")
    return question


def contains_answer(text: str, answers: Sequence[str]) -> bool:
    """Tell whether one of the answers stands in a text, capitals and punctuation aside."""
    plain = _plain(text)
    return any((wanted := _plain(answer)) and wanted in plain for answer in answers)


def _plain(text: str) -> str:
    return _PUNCTUATION.sub(" ", text.casefold()).strip()


def evaluate(
    questions: Sequence[TestQuestion],
    ask: Callable[[TestQuestion], Answer],
    is_verbatim: Callable[[Quote], bool],
    on_progress: Callable[[int], None] | None = None,
) -> tuple[Outcome, ...]:
    """Ask every question. ``is_verbatim`` says whether a quote stands in its source as given."""
    outcomes = []
    for number, question in enumerate(questions, start=1):
        answer = ask(question)
        quotes = [*answer.quotes, *([answer.closest] if answer.closest else [])]
        verbatim = sum(is_verbatim(quote) for quote in quotes)
        outcomes.append(Outcome(question, answer, len(quotes), verbatim))
        if on_progress:
            on_progress(number)
    return tuple(outcomes)


def report(outcomes: Sequence[Outcome]) -> Report:
    """Sum up."""
    answerable = [o for o in outcomes if o.question.kind == "answerable"]
    sourced = [o for o in answerable if o.question.source]
    with_quote = [o for o in answerable if o.answer.quotes]
    times = sorted(o.answer.ms for o in outcomes)
    quotes = sum(o.quotes for o in outcomes)
    return Report(
        questions=len(outcomes),
        answer_in_first_quote=_mean([o.holds_answer(1) for o in answerable]),
        answer_in_first_three=_mean([o.holds_answer(3) for o in answerable]),
        sentences_per_first_quote=_mean([_sentences(o.answer.quotes[0]) for o in with_quote]),
        source_at_1=_mean([o.rank == 0 for o in sourced]),
        source_at_10=_mean([o.rank is not None and o.rank < 10 for o in sourced]),
        ndcg_at_10=_mean([_gain(o.rank) for o in sourced]),
        auroc=auroc(
            [o.answer.confidence for o in answerable],
            [o.answer.confidence for o in outcomes if o.question.kind != "answerable"],
        ),
        verbatim_quotes=sum(o.verbatim for o in outcomes) / quotes if quotes else None,
        quotes=quotes,
        p50_ms=_percentile(times, 0.50),
        p95_ms=_percentile(times, 0.95),
        answered={k: sum(o.question.kind == k and not o.refused for o in outcomes) for k in KINDS},
        refused={k: sum(o.question.kind == k and o.refused for o in outcomes) for k in KINDS},
    )


def _sentences(quote: Quote) -> int:
    return sum(s.start < quote.end and quote.start < s.end for s in quote.passage.sentences)


def _gain(rank: int | None) -> float:
    return 1 / math.log2(rank + 2) if rank is not None and rank < 10 else 0.0


def _mean(values: Sequence[float]) -> float | None:
    return fmean(values) if values else None


def _percentile(ordered: Sequence[float], share: float) -> float | None:
    """Give the nearest-rank percentile."""
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)] if ordered else None


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """Give the chance that a positive scores above a negative, ties counted half."""
    if not positives or not negatives:
        return None
    ordered = sorted(negatives)
    below = sum(bisect_left(ordered, value) for value in positives)
    not_above = sum(bisect_right(ordered, value) for value in positives)
    wins = (below + not_above) / 2
    return wins / (len(positives) * len(negatives))


def table(result: Report) -> str:
    """Lay a report out for a terminal."""

    def share(value: float | None) -> str:
        return "–" if value is None else f"{value:.3f}"

    def number(value: float | None) -> str:
        return "–" if value is None else f"{value:.1f}"

    rows = [
        ("questions", str(result.questions)),
        ("answer in the first quote", share(result.answer_in_first_quote)),
        ("answer in the first three", share(result.answer_in_first_three)),
        ("sentences in the first quote", number(result.sentences_per_first_quote)),
        ("source at rank 1", share(result.source_at_1)),
        ("source at rank 10", share(result.source_at_10)),
        ("nDCG@10", share(result.ndcg_at_10)),
        ("AUROC of the confidence", share(result.auroc)),
        (f"verbatim quotes (of {result.quotes})", share(result.verbatim_quotes)),
        ("p50 ms", number(result.p50_ms)),
        ("p95 ms", number(result.p95_ms)),
    ]
    for kind in KINDS:
        answered, refused = result.answered[kind], result.refused[kind]
        if answered or refused:
            rows.append((kind, f"{answered} answered, {refused} refused"))
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name.ljust(width)}  {value}" for name, value in rows)
