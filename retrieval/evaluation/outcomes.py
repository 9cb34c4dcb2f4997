"""Every question asked, with the answer it got."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from retrieval.evaluation.questions import TestQuestion, contains_answer
from retrieval.types import Answer, Quote, Status


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question and the answer it got. ``verbatim`` counts the quotes in their place."""

    question: TestQuestion
    answer: Answer
    quotes: int
    verbatim: int

    @property
    def answerable(self) -> bool:
        """Tell whether the sources answer the question."""
        return self.question.kind == "answerable"

    @property
    def refused(self) -> bool:
        """Tell whether the answer is a refusal."""
        return self.answer.status not in (Status.ANSWERED, Status.PARTIAL)

    @property
    def reason(self) -> str:
        """Why the question was refused, "" where it wasn't."""
        return str(self.answer.refusal or self.answer.status) if self.refused else ""

    @property
    def best(self) -> Quote | None:
        """The first quote, or the closest one that a refusal shows."""
        return self.answer.quotes[0] if self.answer.quotes else self.answer.closest

    @property
    def best_answers(self) -> bool:
        """Tell whether the best quote answers: what the confidence is the probability of."""
        best = self.best
        return bool(self.answerable and best and contains_answer(best.text, self.question.answers))

    @property
    def right(self) -> bool:
        """Tell whether it went as it should: the first quote answers, or rightly there is none."""
        return self.best_answers and not self.refused if self.answerable else self.refused

    def holds_answer(self, most: int) -> bool:
        """Tell whether one of the first ``most`` quotes holds an answer."""
        quotes = self.answer.quotes[:most]
        return any(contains_answer(quote.text, self.question.answers) for quote in quotes)

    @property
    def precision(self) -> float:
        """The share of the answer's quotes that hold an answer; there must be some."""
        quotes = self.answer.quotes
        return sum(contains_answer(q.text, self.question.answers) for q in quotes) / len(quotes)

    @property
    def rank(self) -> int | None:
        """The rank of the source that answers, from 0; None where it wasn't found."""
        ranked = self.answer.ranked
        source = self.question.source
        return ranked.index(source) if source in ranked else None

    def to_dict(self) -> dict[str, Any]:
        """One line of a results file: the answer, then what a later comparison needs."""
        best = self.best
        return {
            "id": self.question.id,
            **self.answer.to_dict(),
            "ranked": list(self.answer.ranked),
            "question": self.question.question,
            "lang": self.question.lang,
            "kind": self.question.kind,
            "expected": self.question.source,
            "rank": self.rank,
            "right": self.right,
            "reason": self.reason,
            "best": best.text if best else "",
            "written": self.answer.written,
            "fallback": str(self.answer.fallback or ""),
            "calls": self.answer.usage.calls,
            "tokens": [self.answer.usage.input_tokens, self.answer.usage.output_tokens],
            "outcomes": dict(self.answer.outcomes),
        }


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
