"""``evaluate`` and ``compare`` on the command line: a contract like the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval.__main__ import main
from tests.retrieval.commands import ANSWER_KEYS, configure, evaluate, write_elsewhere


@pytest.fixture(autouse=True)
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return configure(tmp_path, monkeypatch)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    return write_elsewhere(tmp_path)


def test_evaluate_prints_a_table_and_writes_a_line_an_answer(
    capsys: pytest.CaptureFixture[str], configured: Path, tmp_path: Path
) -> None:
    results = tmp_path / "results.jsonl"
    assert evaluate(tmp_path, "--sources", str(configured), "--results", str(results)) == 0
    shown = capsys.readouterr().out
    assert "answer in the first quote" in shown
    assert "p95 ms" in shown
    lines = [json.loads(line) for line in results.read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["q1", "q2"]
    for line in lines:
        assert list(line)[: len(ANSWER_KEYS) + 2] == ["id", *ANSWER_KEYS, "ranked"]
        assert line["ranked"] == ["roma"], "for refusals too"


def test_evaluate_as_json_is_json_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, elsewhere: Path
) -> None:
    (elsewhere / "scan.pdf").write_bytes(b"%PDF")
    assert evaluate(tmp_path, "--sources", str(elsewhere), "--json") == 0
    said = capsys.readouterr()
    measured = json.loads(said.out)
    assert measured["questions"] == 2
    assert measured["verbatim_quotes"] == 1
    assert set(measured) >= {"auroc", "ndcg_at_10", "source_at_1", "p50_ms", "p95_ms", "refused"}
    assert "skipped scan.pdf" in said.err


def test_two_runs_are_compared_at_once_or_later(
    capsys: pytest.CaptureFixture[str], configured: Path, tmp_path: Path
) -> None:
    before, after, page = (tmp_path / name for name in ("a.jsonl", "b.jsonl", "page.html"))
    assert evaluate(tmp_path, "--results", str(before)) == 0
    (configured / "roma.txt").write_text("Roma ha sette colli.\n", "utf-8")
    assert main(["index"]) == 0
    capsys.readouterr()
    with_all = ["--results", str(after), "--compare", str(before), "--page", str(page), "--json"]
    assert evaluate(tmp_path, *with_all) == 0
    measured = json.loads(capsys.readouterr().out)
    assert [lost["id"] for lost in measured["comparison"]["lost"]] == ["q1"]
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")

    assert main(["compare", str(before), str(after), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == measured["comparison"]
    assert main(["compare", str(before), str(after)]) == 0
    assert "0 won, 1 lost" in capsys.readouterr().out


def test_results_that_cannot_be_written_are_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert evaluate(tmp_path, "--results", str(tmp_path / "no" / "results.jsonl")) == 1
    assert "results.jsonl" in capsys.readouterr().err
