"""An evaluation goes from files to files, and finds what is wrong with them first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval.errors import QuestionsError
from retrieval.evaluation.command import Evaluation
from retrieval.library import Library

QUESTIONS = [
    {"id": "a", "question": "Quanti membri ha la NATO?", "answers": ["31 membri"]},
    {"id": "b", "question": "What is the recipe for carbonara?", "kind": "off-topic", "lang": "en"},
]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in QUESTIONS), "utf-8")
    return file


def test_a_run_writes_results_and_a_page_and_the_next_compares(
    questions: Path, tmp_path: Path, sample: Library
) -> None:
    results, page = tmp_path / "results.jsonl", tmp_path / "page.html"
    told: list[int] = []
    first = Evaluation(questions, results=results).run(sample, told.append)
    assert told == [1, 2]
    assert first.comparison is None
    assert first.report.questions == 2
    assert "comparison" not in first.to_dict()

    # The same file may be what is compared with and what is written.
    again = Evaluation(questions, results=results, earlier=results, page_file=page)
    assert len(results.read_text("utf-8").splitlines()) == 2, "not touched before the end"
    second = again.run(sample)
    assert second.comparison
    assert second.comparison.questions == 2
    assert "2 questions in both runs" in second.table()
    assert json.loads(json.dumps(second.to_dict()))["comparison"]["lost"] == []
    assert "2 from questions.jsonl" in page.read_text("utf-8")
    assert sample.generation in page.read_text("utf-8")


@pytest.mark.parametrize("option", ["results", "page_file"])
def test_a_file_that_cannot_be_written_is_known_before_the_work(
    questions: Path, tmp_path: Path, option: str
) -> None:
    with pytest.raises(QuestionsError, match=r"out\.txt"):
        Evaluation(questions, **{option: tmp_path / "no" / "out.txt"})


def test_results_that_cannot_be_compared_are_known_before_the_work(
    questions: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old.jsonl"
    old.write_text('{"id": "a"}\n', "utf-8")
    with pytest.raises(QuestionsError, match=r"old\.jsonl, line 1"):
        Evaluation(questions, earlier=old)


def test_a_file_without_questions_is_named(tmp_path: Path) -> None:
    file = tmp_path / "empty.jsonl"
    file.write_text("\n", "utf-8")
    with pytest.raises(QuestionsError, match=r"empty\.jsonl has no questions"):
        Evaluation(file)
