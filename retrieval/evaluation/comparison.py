"""Two runs side by side, question by question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb
from statistics import fmean
from typing import Any

from retrieval.errors import QuestionsError
from retrieval.evaluation import intervals
from retrieval.evaluation.intervals import Interval
from retrieval.evaluation.measures import gain
from retrieval.evaluation.results import Result


@dataclass(frozen=True, slots=True)
class Change:
    """A question with what came of it before and after."""

    before: Result
    after: Result

    def to_dict(self) -> dict[str, str]:
        """The question as JSON names it."""
        return {"id": self.after.id, "kind": self.after.kind, "question": self.after.question}


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of the same ``questions`` before and after.

    ``interval`` is that of the mean difference, paired: each resample draws questions, and takes
    both runs' values of each. ``better`` and ``worse`` count the questions that changed either way,
    and ``p_value`` is the chance of so uneven a split if either were as likely.
    """

    name: str
    questions: int
    before: float
    after: float
    interval: Interval
    better: int
    worse: int
    p_value: float

    @property
    def mean(self) -> float:
        """By how much the figure rose."""
        return self.after - self.before

    def to_dict(self) -> dict[str, Any]:
        """The difference as JSON shows it."""
        return {
            "questions": self.questions,
            "before": self.before,
            "after": self.after,
            "difference": self.mean,
            "interval": list(self.interval),
            "better": self.better,
            "worse": self.worse,
            "p_value": self.p_value,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two runs, over the ``questions`` that both asked in the same words.

    ``won`` went wrong before and right after, ``lost`` the other way round; ``changed`` are as
    right or wrong as before, with another quote or another status. ``only_before`` and
    ``only_after`` count the questions that one run alone asked.
    """

    questions: int
    only_before: int
    only_after: int
    won: tuple[Change, ...]
    lost: tuple[Change, ...]
    changed: tuple[Change, ...]
    differences: tuple[Difference, ...]

    def to_dict(self) -> dict[str, Any]:
        """The comparison as JSON shows it."""
        return {
            "questions": self.questions,
            "only_before": self.only_before,
            "only_after": self.only_after,
            "won": [change.to_dict() for change in self.won],
            "lost": [change.to_dict() for change in self.lost],
            "changed": [change.to_dict() for change in self.changed],
            "differences": {d.name: d.to_dict() for d in self.differences},
        }


def compare(before: Sequence[Result], after: Sequence[Result]) -> Comparison:
    """Compare two runs. A question is the same if its id, its words and its kind are.

    Raises:
        QuestionsError: they have no question in common.
    """
    earlier = {_key(result): result for result in before}
    pairs = [Change(earlier[_key(result)], result) for result in after if _key(result) in earlier]
    if not pairs:
        raise QuestionsError(
            "the two runs have no question in common: compare results of the same questions file"
        )
    common = {_key(pair.after) for pair in pairs}
    answerable = [pair for pair in pairs if pair.after.kind == "answerable"]
    others = [pair for pair in pairs if pair.after.kind != "answerable"]
    sourced = [pair for pair in answerable if pair.before.expected and pair.after.expected]
    differences = (
        _difference("answer_in_first_quote", answerable, lambda result: result.right),
        _difference("ndcg_at_10", sourced, lambda result: gain(result.rank)),
        _difference("rightly_refused", others, lambda result: result.right),
    )
    same = [pair for pair in pairs if pair.before.right == pair.after.right]
    return Comparison(
        questions=len(pairs),
        only_before=sum(key not in common for key in earlier),
        only_after=sum(_key(result) not in common for result in after),
        won=tuple(pair for pair in pairs if pair.after.right and not pair.before.right),
        lost=tuple(pair for pair in pairs if pair.before.right and not pair.after.right),
        changed=tuple(pair for pair in same if _said(pair.before) != _said(pair.after)),
        differences=tuple(found for found in differences if found),
    )


def _key(result: Result) -> tuple[str, str, str]:
    return result.id, result.question, result.kind


def _said(result: Result) -> tuple[str, str]:
    return result.status, result.best


def _difference(
    name: str, pairs: Sequence[Change], value: Callable[[Result], float]
) -> Difference | None:
    rises = [value(pair.after) - value(pair.before) for pair in pairs]
    interval = intervals.of_mean(rises)
    if not interval:
        return None
    better, worse = sum(rise > 0 for rise in rises), sum(rise < 0 for rise in rises)
    return Difference(
        name=name,
        questions=len(pairs),
        before=fmean(value(pair.before) for pair in pairs),
        after=fmean(value(pair.after) for pair in pairs),
        interval=interval,
        better=better,
        worse=worse,
        p_value=sign_test(better, worse),
    )


def sign_test(better: int, worse: int) -> float:
    """Give the two-sided p-value of the exact sign test.

    Of right and wrong answers, this is the exact test of McNemar (1947).
    """
    count, fewer = better + worse, min(better, worse)
    tail = sum(comb(count, number) for number in range(fewer + 1))
    return min(1.0, tail / (1 << count) * 2)
