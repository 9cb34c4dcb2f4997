"""How much may be lost, and what is said where it is too much."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import RegressionError
from retrieval.regression import LostQuestion, Regression, is_too_much, require


def regression_of(lost: int, before: int) -> Regression:
    questions = tuple(LostQuestion(f"q{number}", "?") for number in range(lost))
    return Regression(before, before - lost, before, questions)


@pytest.mark.parametrize(
    ("lost", "before", "max_loss", "too_much"),
    [
        (0, 0, 0.1, False),
        (1, 1, 0.1, False),
        (1, 18, 0.1, False),
        (2, 18, 0.1, True),
        (2, 20, 0.1, False),
        (3, 20, 0.1, True),
        (29, 100, 0.29, False),
        (30, 100, 0.29, True),
        (0, 18, 0, False),
        (1, 18, 0, True),
        (18, 18, 1, False),
    ],
)
def test_more_than_the_share_and_more_than_one_is_too_much(
    lost: int, before: int, max_loss: float, *, too_much: bool
) -> None:
    assert is_too_much(regression_of(lost, before), max_loss) is too_much


@given(st.integers(0, 50), st.integers(0, 50), st.floats(0, 1), st.floats(0, 1))
def test_whoever_allows_more_is_never_refused_more(
    lost: int, kept: int, some: float, more: float
) -> None:
    regression = regression_of(lost, lost + kept)
    some, more = sorted((some, more))
    assert is_too_much(regression, some) >= is_too_much(regression, more)
    assert not is_too_much(regression, 1)
    assert is_too_much(regression, 0) == (lost > 0)


def test_the_error_names_the_questions_the_documents_and_the_way_out() -> None:
    lost = (LostQuestion("q1", "Quanti?", gone="roma"), LostQuestion("q2", "Che?"))
    regression = Regression(5, 2, 4, lost)
    with pytest.raises(RegressionError) as caught:
        require(regression, 0.1, Path("docs/questions.jsonl"))
    assert caught.value.regression == regression
    message = str(caught.value)
    for named in ("(without roma)", "2 of 4", "(q1, q2)", "questions.jsonl", "index --force"):
        assert named in message
    assert "\n" not in message
    require(regression, 1, Path("docs/questions.jsonl"))


def test_of_very_many_questions_the_message_names_some() -> None:
    with pytest.raises(RegressionError, match=r"q18, q19 and 80 more\)"):
        require(regression_of(100, 100), 0.1, Path("questions.jsonl"))
