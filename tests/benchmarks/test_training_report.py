"""What training prints of questions that it saw nothing of."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.training_report import Judged, ranking, show


def judged(
    confidence: float, *, right: bool, kind: str = "answerable", complete: bool = True
) -> Judged:
    """A question on two sources of a sentence each: the second answers, and is ranked first."""
    return Judged(
        kind=kind,
        store="two sources",
        complete=complete,
        language="it",
        scores=np.array([0.0, 1.0] if right else [1.0, 0.0], np.float32),
        owner=np.array([0, 1], np.int32),
        right=np.array([False, True]),
        holds=np.array([False, True]),
        confidence=confidence,
    )


def test_the_calibration_error_is_the_gap_between_what_was_said_and_what_was_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show([judged(0.9, right=True)] * 4 + [judged(0.3, right=False)] * 4)
    assert "calibration error, all: 0.200" in capsys.readouterr().out


def test_the_right_source_counts_by_its_rank(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = judged(0.9, right=True), judged(0.9, right=False)
    assert ranking([first, second]).startswith("nDCG@10 0.815, R@1 0.500, best sentence answers ")
    assert ranking([judged(0.1, right=True, kind="off-topic")]) == ""
    show([first, second])
    assert "two sources, it, 2 questions: nDCG@10 0.815" in capsys.readouterr().out


def test_answerable_questions_are_told_from_others_where_sources_were_taken_away(
    capsys: pytest.CaptureFixture[str],
) -> None:
    near = judged(0.2, right=False, kind="near-miss", complete=False)
    show([judged(0.9, right=True, complete=False), near])
    assert "two sources: AUROC of answerable against near-miss: 1.000" in capsys.readouterr().out
