"""Results as a file keeps them: enough to compare a later run with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.errors import QuestionsError
from retrieval.evaluation.outcomes import Outcome
from retrieval.evaluation.questions import KINDS, lines_of


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a question.

    ``right`` as in :attr:`Outcome.right`; ``best`` are the words of the first quote, or of the
    closest one that a refusal shows. ``expected`` is the id of the source that answers, "" where it
    isn't known, and ``rank`` its rank, from 0; None where it wasn't found.
    """

    id: str
    question: str
    kind: str
    status: str
    right: bool
    best: str
    confidence: float
    expected: str
    rank: int | None
    ms: float

    @classmethod
    def of(cls, outcome: Outcome) -> Result:
        """Give what a results file would keep of an outcome."""
        return cls.from_dict(outcome.to_dict())

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Result:
        """Read a line of a results file.

        Raises:
            KeyError: something is missing.
            ValueError: something is not what it should be; or TypeError.
        """
        if not isinstance(values["right"], bool):
            raise TypeError("right is neither true nor false")
        if values["kind"] not in KINDS:
            raise ValueError(f"kind is {values['kind']!r}, not one of {', '.join(KINDS)}")
        return cls(
            id=str(values["id"]),
            question=str(values["question"]),
            kind=values["kind"],
            status=str(values["status"]),
            right=values["right"],
            best=str(values["best"]),
            confidence=float(values["confidence"]),
            expected=str(values["expected"]),
            rank=None if values["rank"] is None else int(values["rank"]),
            ms=float(values["ms"]),
        )


def read_results(file: Path) -> tuple[Result, ...]:
    """Read a results file.

    Raises:
        QuestionsError: it can't be read, or was written before results could be compared; the
            message names the line.
    """
    return tuple(_result(line, place) for line, place in lines_of(file, "results"))


def _result(line: str, place: str) -> Result:
    try:
        values = json.loads(line)
        if not isinstance(values, dict):
            raise TypeError("not a JSON object")
        return Result.from_dict(values)
    except KeyError as error:
        raise QuestionsError(
            f"{place}: there is no {error} to compare with: write the results anew with "
            "`python -m retrieval evaluate --results`"
        ) from None
    except (ValueError, TypeError) as error:
        raise QuestionsError(f"{place}: not a line of results: {error}") from None


def write_results(file: Path, outcomes: Iterable[Outcome]) -> None:
    """Write a results file, a JSON object a line.

    Raises:
        QuestionsError: it can't be written; the message names it.
    """
    try:
        # Half a surrogate pair can't be UTF-8, but its backslash escape is good JSON.
        with file.open("w", encoding="utf-8", errors="backslashreplace") as results:
            for outcome in outcomes:
                results.write(f"{json.dumps(outcome.to_dict(), ensure_ascii=False)}\n")
    except OSError as error:
        raise QuestionsError(f"the results can't be written: {error}") from None
