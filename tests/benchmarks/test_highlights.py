"""The words that are marked are compared with the answers that are known."""

from __future__ import annotations

import pytest

from benchmarks.highlights import judged, main, table
from retrieval import evaluation
from retrieval.types import Passage, Quote, Span

TEXT = "Il club ha 31 membri a Lima."


def marked(*highlights: str) -> Quote:
    passage = Passage("a", 10, 10 + len(TEXT), TEXT, ())
    places = ((10 + TEXT.index(mark), len(mark)) for mark in highlights)
    spans = tuple(Span(start, start + length) for start, length in places)
    return Quote("a", "A", "0", 10, 10 + len(TEXT), TEXT, passage, spans)


@pytest.mark.parametrize(
    ("marks", "answers", "touches", "contains"),
    [
        (["31 membri"], ("31",), True, True),
        (["31"], ("31 membri",), True, False),
        (["Lima"], ("31",), False, False),
        ([], ("31",), False, False),
        (["31", "Lima"], ("LIMA",), True, True),
        (["31"], (), False, False),
    ],
)
def test_a_mark_may_touch_an_answer_or_hold_it(
    marks: list[str], answers: tuple[str, ...], touches: bool, contains: bool
) -> None:
    found = judged(evaluation.TestQuestion("1", "Quanti membri?", answers=answers), marked(*marks))
    assert (found.touches, found.contains) == (touches, contains)
    assert found.kind == "number"
    assert found.highlighted == bool(marks)


def test_the_table_counts_wrong_quotes_apart() -> None:
    right = judged(evaluation.TestQuestion("1", "Quanti membri?", answers=("31",)), marked("31"))
    wrong = judged(evaluation.TestQuestion("2", "Quanti membri?", answers=("40",)), marked("31"))
    assert table([right, wrong]).splitlines()[-1].split() == ["all", "1", *["1.00"] * 4]
    assert table([]).splitlines()[-1].split() == ["all", "0", *["–"] * 4]


def test_the_sample_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out.startswith("sample\n")
    assert main(["no-such-folder"]) == 2
