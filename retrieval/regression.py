"""The owner's questions as a regression test of their documents: what a new generation would lose.

Only what passes today and would not tomorrow counts against it, so that questions which never
passed do no harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from retrieval.errors import RegressionError

_NAMED = 20


@dataclass(frozen=True, slots=True)
class LostQuestion:
    """A test question that the live generation treats right and a new one does not.

    ``gone`` is the id of the document it is about, where the new generation is without it.
    """

    id: str
    question: str
    gone: str = ""


@dataclass(frozen=True, slots=True)
class Regression:
    """What the owner's test questions say of a new generation.

    ``passed`` of ``asked`` are treated right by it, ``passed_before`` by the live one (0 where none
    answers); ``lost`` are those of the latter that it does not treat right any more, and
    ``failing`` the others that it doesn't, as they are asked.
    """

    asked: int
    passed: int
    passed_before: int = 0
    lost: tuple[LostQuestion, ...] = ()
    failing: tuple[str, ...] = ()


def is_too_much(regression: Regression, max_loss: float) -> bool:
    """Tell whether more is lost than the share ``max_loss`` (0 to 1) of what passes today.

    A single question is not too much, or the smallest files would stop every reload; unless
    nothing at all may be lost.
    """
    most = round(max_loss * regression.passed_before, 6)
    return len(regression.lost) > (max(most, 1) if max_loss else 0)


def require(regression: Regression, max_loss: float, file: Path) -> None:
    """Let a new generation pass, or not. ``file`` is the questions file that is to be named.

    Raises:
        RegressionError: too much is lost.
    """
    if not is_too_much(regression, max_loss):
        return
    lost = regression.lost
    ids = ", ".join(question.id for question in lost[:_NAMED])
    more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
    gone = ", ".join(dict.fromkeys(question.gone for question in lost if question.gone))
    without = f" (without {gone})" if gone else ""
    raise RegressionError(
        f"the new documents{without} lose {len(lost)} of {regression.passed_before} test questions "
        f"that pass today ({ids}{more}), so the old ones go on answering: mend the documents, take "
        f"out of {file} what no longer holds, or run `python -m retrieval index --force`",
        regression,
    )
