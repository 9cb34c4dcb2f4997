"""Every question is asked, and its answer judged by what is in its quotes."""

from __future__ import annotations

import pytest

from retrieval.evaluation import evaluate, report
from retrieval.reasons import Refusal
from tests.retrieval.evaluation.made import RIGHT, answered, outcome, question, refused


def test_a_false_quote_is_counted() -> None:
    [measured] = evaluate([question()], lambda _: answered("Fine."), lambda _: False)
    assert (measured.quotes, measured.verbatim) == (1, 0)
    assert report([measured]).verbatim_quotes == 0


def test_progress_is_told_question_by_question() -> None:
    told: list[int] = []
    evaluate([question()] * 3, lambda _: refused(), lambda _: True, told.append)
    assert told == [1, 2, 3]


@pytest.mark.parametrize(
    ("kind", "right_answer", "wrong_answer", "refusal"),
    [
        ("answerable", True, False, False),
        ("off-topic", False, False, True),
        ("near-miss", False, False, True),
    ],
)
def test_what_is_right_depends_on_the_kind_of_question(
    kind: str, right_answer: bool, wrong_answer: bool, refusal: bool
) -> None:
    assert outcome(answered(RIGHT, "Fine."), kind).right is right_answer
    assert outcome(answered("Fine.", RIGHT), kind).right is wrong_answer
    assert outcome(refused(closest=RIGHT), kind).right is refusal


def test_the_best_quote_of_a_refusal_is_the_closest() -> None:
    assert outcome(refused(closest=RIGHT)).best_answers
    assert not outcome(refused(closest="Fine.")).best_answers
    nothing = outcome(refused(closest=""))
    assert (nothing.best, nothing.best_answers) == (None, False)


def test_a_refusal_gives_its_reason_and_an_answer_none() -> None:
    assert outcome(refused(reason=Refusal.NONSENSE)).reason == "nonsense"
    assert outcome(refused()).reason == "not_in_sources"
    assert outcome(answered(RIGHT)).reason == ""


def test_a_line_of_results_has_the_keys_of_the_contract_and_what_a_comparison_needs() -> None:
    line = outcome(refused()).to_dict()
    assert list(line) == [
        *("id", "status", "text", "confidence", "claims", "closest", "disagreement", "generation"),
        *("ms", "ranked"),
        *("question", "lang", "kind", "expected", "rank", "right", "reason", "best"),
        *("written", "fallback", "calls", "tokens", "outcomes"),
    ]
    assert line["ranked"] == ["nato"]
    assert (line["rank"], line["right"], line["best"]) == (0, False, "Fine.")
