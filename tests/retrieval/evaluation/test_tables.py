"""A terminal shows every figure with its interval, and the questions that changed."""

from __future__ import annotations

from dataclasses import replace

from retrieval.evaluation import Result, compare, comparison_table, report, table
from tests.retrieval.evaluation.made import RIGHT, answered, outcome, question, refused


def test_the_table_has_a_line_a_measure() -> None:
    shown = table(report([outcome(answered("La NATO ha 31 membri."))]))
    for name in ("first quote", "first three", "rank 1", "rank 10", "nDCG@10", "AUROC", "p95"):
        assert name in shown
    assert "1 answered, 0 refused" in shown


def test_figures_have_their_intervals_beside_them() -> None:
    outcomes = [outcome(answered(RIGHT)), outcome(refused())]
    [line] = [row for row in table(report(outcomes)).splitlines() if "first quote " in row][:1]
    assert line.split() == ["answer", "in", "the", "first", "quote", "0.500", "[0.000,", "1.000]"]


def test_what_was_not_measured_is_a_dash() -> None:
    assert "–" in table(report([]))


def test_two_languages_stand_side_by_side() -> None:
    outcomes = [outcome(answered(RIGHT)), outcome(refused(), asked=question(lang="en"))]
    heads, first, *_ = table(report(outcomes)).splitlines()
    assert heads.split() == ["all", "en", "it"]
    assert first.split() == ["questions", "2", "1", "1"]


def test_reliability_and_risk_are_tables_of_their_own() -> None:
    outcomes = [outcome(answered(RIGHT, confidence=n / 10)) for n in range(10)]
    _, bins, risks = table(report(outcomes)).split("\n\n")
    assert bins.startswith("confidence")
    assert len(bins.splitlines()) == 11
    assert risks.splitlines()[-1].split() == ["0.000", "1.000", "0.000"]


def test_a_comparison_lists_the_first_twenty_and_counts_the_rest() -> None:
    right = [
        Result.of(outcome(answered(RIGHT), asked=question(name=f"q{n:02}"))) for n in range(23)
    ]
    shown = comparison_table(compare(right, [replace(each, right=False) for each in right]))
    assert "0 won, 23 lost, 0 changed" in shown
    assert "q19  Quanti?" in shown
    assert "q20" not in shown
    assert shown.endswith("and 3 more")


def test_a_question_cannot_steer_the_terminal() -> None:
    asked = question(words="Chi\x1b[2J\nè?")
    before, after = Result.of(outcome(answered(RIGHT), asked=asked)), refused()
    shown = comparison_table(compare([before], [Result.of(outcome(after, asked=asked))]))
    assert "\x1b" not in shown
    assert "q1  Chi\ufffd[2J è?" in shown
