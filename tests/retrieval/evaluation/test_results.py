"""Results outlive the run: written, read, and refused in clear words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval.errors import QuestionsError
from retrieval.evaluation import Result, read_results
from retrieval.evaluation.results import write_results
from tests.retrieval.evaluation.made import RIGHT, answered, outcome, question, refused


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    outcomes = [
        outcome(answered(RIGHT, confidence=0.75, ms=12.5)),
        outcome(refused(ranked="x"), "near-miss"),
    ]
    write_results(file, outcomes)
    first, second = read_results(file)
    assert first == Result(
        "q1", "Quanti?", "answerable", "answered", True, RIGHT, 0.75, "nato", 0, 12.5
    )
    assert second == Result.of(outcomes[1])
    assert (second.kind, second.right, second.rank) == ("near-miss", True, None)


@pytest.mark.parametrize("words", ["a\u2028b", "\ud800", "\x00", '"\\', "日本"])
def test_any_question_survives(tmp_path: Path, words: str) -> None:
    file = tmp_path / "results.jsonl"
    write_results(file, [outcome(refused(), asked=question(words=words))])
    [found] = read_results(file)
    assert found.question == words


def test_results_from_before_comparisons_are_refused_with_the_way_out(tmp_path: Path) -> None:
    file = tmp_path / "old.jsonl"
    good = outcome(refused()).to_dict()
    old = {key: good[key] for key in ("id", "status", "text", "confidence", "ms", "ranked")}
    file.write_text(f"{json.dumps(good)}\n\n{json.dumps(old)}\n", "utf-8")
    with pytest.raises(QuestionsError, match=r"old\.jsonl, line 3: there is no '\w+'.*--results"):
        read_results(file)


@pytest.mark.parametrize(
    "change",
    [{"right": "yes"}, {"kind": "odd"}, {"rank": "first"}, {"confidence": None}, {"ms": []}],
)
def test_a_value_that_cannot_be_is_named_by_its_line(
    tmp_path: Path, change: dict[str, object]
) -> None:
    file = tmp_path / "results.jsonl"
    file.write_text(json.dumps({**outcome(refused()).to_dict(), **change}), "utf-8")
    with pytest.raises(QuestionsError, match=r"results\.jsonl, line 1: not a line of results"):
        read_results(file)


@pytest.mark.parametrize("line", ["no json", "[]", "5", "null"])
def test_a_line_of_something_else_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "results.jsonl"
    file.write_text(line, "utf-8")
    with pytest.raises(QuestionsError, match=r"results\.jsonl, line 1"):
        read_results(file)


def test_files_that_cannot_be_are_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match=r"results file .*none\.jsonl"):
        read_results(tmp_path / "none.jsonl")
    with pytest.raises(QuestionsError, match=r"can't be written: .*results\.jsonl"):
        write_results(tmp_path / "no" / "results.jsonl", [])
