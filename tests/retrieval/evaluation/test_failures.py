"""What went wrong can be read one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.evaluation import Outcome, Result, compare
from retrieval.evaluation.failures import changes, failures
from retrieval.reasons import Refusal
from tests.retrieval.evaluation.made import RIGHT, answered, outcome, question, refused

SOURCES = {"nato"}


def test_a_failure_tells_all_there_is_to_know() -> None:
    shown = failures([outcome(answered("Fine.", RIGHT, confidence=0.75, ranked="x nato"))], SOURCES)
    for part in (
        *("Quanti?", "answerable, Italian", "«31 membri»: in quote 2", "nato: rank 2 of 2 found"),
        *("<mark>Fine.</mark>", "NATO (nato, 48–53)", "0.7500", "first quote doesn&#x27;t answer"),
    ):
        assert part in shown


def test_a_refusal_tells_why_and_what_was_closest() -> None:
    wrong = outcome(refused(0.15, closest=RIGHT, reason=Refusal.NEAR_MISS))
    shown = failures([wrong], SOURCES)
    assert "Refused, though the documents answer" in shown
    assert "near_miss" in shown
    assert "«31 membri»: in the closest quote" in shown
    assert "nothing" in failures([outcome(refused(closest=""))], SOURCES)


@pytest.mark.parametrize(
    ("source", "ranked", "status"),
    [
        ("", "nato", "the questions file doesn&#x27;t say"),
        ("gone", "nato", "gone: not among the documents"),
        ("nato", "a b", "nato: not among the first 2 found"),
        ("nato", "nato", "nato: rank 1 of 1 found"),
    ],
)
def test_the_right_source_is_accounted_for(source: str, ranked: str, status: str) -> None:
    asked = replace(question(), source=source)
    assert status in failures([outcome(answered("Fine.", ranked=ranked), asked=asked)], SOURCES)


def test_the_most_confident_failure_comes_first_and_what_went_right_not_at_all() -> None:
    def ask(name: str, confidence: float, kind: str = "near-miss") -> Outcome:
        return outcome(answered(RIGHT, confidence=confidence), asked=question(kind, name=name))

    shown = failures([ask("low", 0.3), ask("high", 0.8), ask("good", 0.9, "answerable")], SOURCES)
    assert shown.index("high") < shown.index("low")
    assert "good" not in shown


def test_where_nothing_went_wrong_that_is_said() -> None:
    assert "Every question went as it should." in failures([outcome(answered(RIGHT))], SOURCES)
    assert "Every question" in failures([], SOURCES)


def test_changes_show_what_was_said_before_and_after() -> None:
    before, after = Result.of(outcome(answered(RIGHT))), Result.of(outcome(refused(ranked="x")))
    shown = changes(compare([before], [after]))
    assert shown.index("Lost") < shown.index(RIGHT) < shown.index("Fine.")
    assert "0.90 → 0.10" in shown
    assert "right source at rank 1" in shown
    assert "right source at rank –" in shown
    assert "Won" not in shown
