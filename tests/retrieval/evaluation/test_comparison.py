"""Two runs are compared question by question."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from retrieval.errors import QuestionsError
from retrieval.evaluation import Result, compare
from retrieval.evaluation.comparison import sign_test

BASE = Result("q", "Quanti?", "answerable", "answered", True, "Sei.", 0.9, "s", 0, 1.0)


def run(*results: tuple[str, bool]) -> list[Result]:
    return [replace(BASE, id=name, right=right) for name, right in results]


def test_questions_are_won_lost_or_as_before() -> None:
    before = run(("a", True), ("b", True), ("c", False), ("d", False), ("e", True))
    after = run(("a", True), ("b", False), ("c", True), ("d", False), ("f", True))
    after[0] = replace(after[0], best="Sette.")
    found = compare(before, after)
    assert (found.questions, found.only_before, found.only_after) == (4, 1, 1)
    assert [change.after.id for change in found.won] == ["c"]
    assert [change.after.id for change in found.lost] == ["b"]
    assert [change.after.id for change in found.changed] == ["a"]


def test_a_run_compared_with_itself_has_not_changed() -> None:
    some = run(("a", True), ("b", False))
    found = compare(some, some)
    assert (found.won, found.lost, found.changed) == ((), (), ())
    for each in found.differences:
        assert (each.mean, each.interval, each.p_value) == (0, (0, 0), 1)


def test_differences_are_paired_and_tested() -> None:
    before = run(*((f"q{n}", n < 60) for n in range(100)))
    after = run(*((f"q{n}", n < 72) for n in range(100)))
    first, gain = compare(before, after).differences
    assert (first.name, first.questions) == ("answer_in_first_quote", 100)
    assert [first.before, first.after] == pytest.approx([0.6, 0.72])
    assert first.mean == pytest.approx(0.12)
    # Twelve of a hundred changed, so the mean has a standard error of 0.0325.
    assert first.interval == pytest.approx((0.06, 0.19), abs=0.011)
    assert (first.better, first.worse) == (12, 0)
    assert first.p_value == pytest.approx(2 / 2**12)
    assert (gain.name, gain.mean) == ("ndcg_at_10", 0)


def test_ranks_count_where_both_runs_know_the_source() -> None:
    before = [replace(BASE, rank=1), replace(BASE, id="x", expected="", rank=None)]
    after = [replace(BASE, rank=None), replace(BASE, id="x", expected="s", rank=0)]
    [_, gain] = compare(before, after).differences
    assert [gain.questions, gain.before, gain.after] == pytest.approx([1, 0.63093, 0], abs=1e-5)
    assert (gain.better, gain.worse) == (0, 1)


def test_refusals_are_compared_apart() -> None:
    before = [replace(BASE, kind="off-topic", right=False)]
    after = [replace(BASE, kind="off-topic", right=True)]
    [found] = compare(before, after).differences
    assert (found.name, found.before, found.after) == ("rightly_refused", 0, 1)


@pytest.mark.parametrize(
    "other",
    [replace(BASE, id="z"), replace(BASE, question="Chi?"), replace(BASE, kind="near-miss")],
)
def test_another_question_is_not_the_same(other: Result) -> None:
    found = compare([BASE], [BASE, other])
    assert (found.questions, found.only_after) == (1, 1)
    with pytest.raises(QuestionsError, match="no question in common"):
        compare([BASE], [other])


@pytest.mark.parametrize(
    ("better", "worse", "p_value"),
    [(0, 0, 1), (1, 0, 1), (2, 2, 1), (3, 1, 0.625), (1, 3, 0.625), (11, 0, 2 / 2**11)],
)
def test_the_sign_test_is_exact(better: int, worse: int, p_value: float) -> None:
    assert sign_test(better, worse) == pytest.approx(p_value)


def test_thousands_of_changes_are_no_trouble_to_the_sign_test() -> None:
    assert 0 < sign_test(2_100, 1_900) < 0.002
    assert sign_test(4_000, 0) == 0


def test_a_comparison_is_json() -> None:
    values = compare(run(("a", True)), run(("a", False))).to_dict()
    assert json.loads(json.dumps(values)) == values
    assert values["lost"] == [{"id": "a", "kind": "answerable", "question": "Quanti?"}]
    assert values["differences"]["answer_in_first_quote"]["difference"] == -1
