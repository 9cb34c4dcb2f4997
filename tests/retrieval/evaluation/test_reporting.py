"""A report sums up what came of the questions, and says how sure it is."""

from __future__ import annotations

import pytest

from retrieval.evaluation import report
from retrieval.evaluation.reporting import _POINTS
from retrieval.reasons import Refusal
from tests.retrieval.evaluation.made import RIGHT, answered, outcome, question, refused


def test_a_report_sums_up() -> None:
    found = report(
        [
            outcome(answered("La NATO ha 31 membri.", ms=1)),
            outcome(answered("Fine.", "La NATO ha 31 membri.", ranked="x nato", ms=2)),
            outcome(refused(ranked="", ms=3)),
            outcome(refused(ms=4), "off-topic"),
            outcome(answered("Fine.", confidence=0.2, ms=100), "near-miss"),
        ]
    )
    assert found.questions == 5
    assert found.answer_in_first_quote == pytest.approx(1 / 3), "a refusal is a miss"
    assert found.answer_in_first_three == pytest.approx(2 / 3)
    assert found.citation_precision == (1 + 1 / 2) / 2
    assert found.quotes_per_answer == 1.5
    assert found.sentences_per_first_quote == 1
    assert found.source_at_1 == pytest.approx(1 / 3)
    assert found.source_at_10 == pytest.approx(2 / 3)
    assert found.ndcg_at_10 == pytest.approx((1 + 0.63093 + 0) / 3, abs=1e-4)
    assert found.auroc == pytest.approx((2 + 2 + 0.5) / 6)
    assert (found.verbatim_quotes, found.quotes) == (1, 6)
    assert (found.p50_ms, found.p95_ms) == (3, 100)
    assert found.answered == {"answerable": 2, "off-topic": 0, "near-miss": 1}
    assert found.refused == {"answerable": 1, "off-topic": 1, "near-miss": 0}


def test_a_quote_of_two_sentences_counts_as_two() -> None:
    pair = "La NATO ha 31 membri. Il vertice è in Lituania."
    assert report([outcome(answered(pair))]).sentences_per_first_quote == 2


def test_beyond_rank_ten_a_source_counts_for_nothing() -> None:
    ranked = " ".join([*"abcdefghij", "nato"])
    found = report([outcome(answered("Fine.", ranked=ranked))])
    assert (found.source_at_10, found.ndcg_at_10) == (0, 0)


def test_what_was_not_measured_is_none_and_a_dash() -> None:
    nothing = report([])
    assert nothing.answer_in_first_quote is None
    assert nothing.p50_ms is None
    assert (nothing.ece, nothing.aurc, nothing.coverage) == (None, None, None)
    assert (nothing.intervals, nothing.reliability, nothing.risk_coverage) == ({}, (), ())


def test_the_best_quote_counts_in_a_refusal_too() -> None:
    found = report([outcome(refused(closest=RIGHT)), outcome(answered(RIGHT))])
    assert found.answer_in_first_quote == 0.5
    assert found.answer_in_best_quote == 1


def test_an_answer_to_what_nothing_answers_is_wrong_whatever_it_quotes() -> None:
    found = report([outcome(answered(RIGHT), "near-miss"), outcome(answered(RIGHT))])
    assert (found.coverage, found.answered_wrongly) == (1, 0.5)


def test_confidence_is_held_against_the_best_quote_of_every_question() -> None:
    found = report(
        [
            outcome(answered(RIGHT, confidence=0.8)),
            outcome(answered("Fine.", confidence=0.6)),
            outcome(refused(0.3, closest=RIGHT)),
            outcome(refused(0.1), "off-topic"),
        ]
    )
    # Four questions, each in a bin of its own.
    assert found.ece == pytest.approx((0.2 + 0.6 + 0.7 + 0.1) / 4)
    assert found.ece_answerable == pytest.approx((0.2 + 0.6 + 0.7) / 3)
    # From the surest down, 0 of 1, 1 of 2, 1 of 3 and 2 of 4 are wrong.
    assert found.aurc == pytest.approx((0 + 1 / 2 + 1 / 3 + 2 / 4) / 4)
    assert [point.threshold for point in found.risk_coverage] == [0.8, 0.6, 0.3, 0.1]


def test_refusals_are_counted_by_reason_and_kind() -> None:
    found = report(
        [
            outcome(refused(reason=Refusal.OFF_TOPIC), "off-topic"),
            outcome(refused(reason=Refusal.OFF_TOPIC), "near-miss"),
            outcome(refused(reason=Refusal.NEAR_MISS), "near-miss"),
            outcome(refused()),
            outcome(answered(RIGHT)),
        ]
    )
    assert found.reasons == {
        "near_miss": {"answerable": 0, "off-topic": 0, "near-miss": 1},
        "not_in_sources": {"answerable": 1, "off-topic": 0, "near-miss": 0},
        "off_topic": {"answerable": 0, "off-topic": 1, "near-miss": 1},
    }


def test_languages_are_reported_apart_where_there_are_two() -> None:
    italian = outcome(answered(RIGHT))
    english = outcome(refused(), asked=question(lang="en"))
    assert report([italian]).by_language == {}
    found = report([italian, english])
    assert list(found.by_language) == ["en", "it"]
    assert found.by_language["it"].answer_in_first_quote == 1
    assert found.by_language["en"].answer_in_first_quote == 0
    assert found.by_language["en"].by_language == {}


def test_figures_lie_in_their_intervals() -> None:
    right = [outcome(answered(RIGHT, confidence=n / 40, ms=n)) for n in range(1, 30)]
    wrong = [outcome(refused(n / 70, ms=n, ranked="x")) for n in range(1, 20)]
    others = [outcome(refused(n / 80), "off-topic") for n in range(1, 20)]
    found = report([*right, *wrong, *others])
    for name in ("answer_in_first_quote", "ndcg_at_10", "auroc", "aurc", "p50_ms", "coverage"):
        low, high = found.intervals[name]
        assert low <= getattr(found, name) <= high, name
        assert low < high, name
    assert "ece" in found.intervals
    assert found.intervals["refused.off-topic"][1] == 1
    assert "refused.near-miss" not in found.intervals, "there were none"


def test_a_report_is_the_same_every_time() -> None:
    outcomes = [outcome(answered(RIGHT, confidence=n / 9)) for n in range(9)]
    assert report(outcomes) == report(outcomes)


def test_a_curve_of_thousands_of_points_is_thinned_and_keeps_its_end() -> None:
    outcomes = [outcome(answered(RIGHT, confidence=n / 999)) for n in range(999)]
    curve = report(outcomes).risk_coverage
    assert _POINTS / 2 < len(curve) <= _POINTS
    assert (curve[-1].coverage, curve[-1].threshold) == (1, 0)
