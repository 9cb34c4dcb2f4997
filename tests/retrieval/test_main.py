"""The command line is a contract: other programs call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from retrieval.__main__ import main
from retrieval.locking import Lock
from tests.model_server import ModelServer, claims, saying, serving_in_thread
from tests.retrieval.commands import (
    ANSWER_KEYS,
    QUESTIONS,
    ROME,
    configure,
    evaluate,
    write_elsewhere,
)

ROOT = Path(__file__).parent.parent.parent
QUOTE_KEYS = [
    *("source", "title", "start", "end", "quote", "highlights"),
    *("origin", "date", "link", "page"),
]


@pytest.fixture(autouse=True)
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return configure(tmp_path, monkeypatch)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    return write_elsewhere(tmp_path)


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[dict[str, Any], str]:
    """Ask with ``--json``: the answer, and what standard error says."""
    assert main(["ask", *arguments, "--json"]) == 0
    said = capsys.readouterr()
    values: dict[str, Any] = json.loads(said.out)
    return values, said.err


def stores(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache" / "passo").iterdir())


def test_an_answer_as_json_is_json_alone(capsys: pytest.CaptureFixture[str]) -> None:
    answer, _ = asked(capsys, "Quanti abitanti conta Roma?")
    assert list(answer) == ANSWER_KEYS
    assert answer["status"] == "answered"
    assert answer["closest"] is None
    quote = answer["claims"][0]["quotes"][0]
    assert list(quote) == QUOTE_KEYS
    assert "tre milioni" in quote["quote"] == ROME[quote["start"] : quote["end"]]
    assert 0.2 <= answer["confidence"] <= 1
    assert answer["ms"] > 0


def test_a_refusal_is_an_answer_and_exits_well(capsys: pytest.CaptureFixture[str]) -> None:
    answer, _ = asked(capsys, "Who won the Formula 1 race?")
    assert list(answer) == ANSWER_KEYS
    assert answer["status"] == "not_in_sources"
    assert answer["claims"] == []
    assert list(answer["closest"]) == QUOTE_KEYS


def test_no_sources_is_an_answer_too(capsys: pytest.CaptureFixture[str], configured: Path) -> None:
    (configured / "roma.txt").unlink()
    answer, _ = asked(capsys, "Quanti abitanti conta Roma?")
    assert (answer["status"], answer["generation"]) == ("no_sources", "")


def test_people_read_the_answer_with_its_places(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Quanti abitanti conta Roma?"]) == 0
    shown = capsys.readouterr().out
    assert "tre milioni di abitanti.» [1]" in shown
    assert "[1] Roma (roma, 29–68)" in shown


def test_a_terminal_shows_the_words_that_answer_in_bold_and_a_file_does_not(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["ask", "Quanti abitanti conta Roma?"]) == 0
    plain = capsys.readouterr().out
    assert "\033" not in plain
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["ask", "Quanti abitanti conta Roma?"]) == 0
    shown = capsys.readouterr().out
    assert "\033[1mtre milioni\033[0m" in shown
    assert shown.replace("\033[1m", "").replace("\033[0m", "") == plain


@pytest.mark.parametrize("question", ["", "\0 😀 ???"])
def test_any_text_is_a_question(capsys: pytest.CaptureFixture[str], question: str) -> None:
    assert asked(capsys, question)[0]["status"] in ("not_in_sources", "answered")


def test_other_documents_have_a_store_in_the_cache_reused_while_unchanged(
    capsys: pytest.CaptureFixture[str], elsewhere: Path, tmp_path: Path
) -> None:
    arguments = ("Quanto è alta la Mole?", "--sources", str(elsewhere))
    first, _ = asked(capsys, *arguments)
    assert first["claims"][0]["quotes"][0]["source"] == "mole"
    again, _ = asked(capsys, *arguments)
    assert again["generation"] == first["generation"]
    [store] = stores(tmp_path)
    assert not (tmp_path / "docs" / "generations").exists()

    (elsewhere / "mole.md").write_text("# La Mole\n\nLa Mole è alta 168 metri.\n", "utf-8")
    changed, _ = asked(capsys, *arguments)
    assert changed["generation"] > first["generation"]
    assert "168" in changed["text"]
    assert stores(tmp_path) == [store]


def test_a_skipped_file_is_named_and_costs_nothing_else(
    capsys: pytest.CaptureFixture[str], elsewhere: Path
) -> None:
    (elsewhere / "scan.pdf").write_bytes(b"%PDF")
    (elsewhere / "latin.txt").write_bytes(b"citt\xe0")
    for _ in range(2):
        answer, said = asked(capsys, "Quanto è alta la Mole?", "--sources", str(elsewhere))
        assert answer["status"] == "answered"
        assert "skipped scan.pdf" in said
        assert "skipped latin.txt" in said


def test_index_tells_what_has_changed(capsys: pytest.CaptureFixture[str], configured: Path) -> None:
    (configured / "sub").mkdir()
    (configured / "sub" / "milano.txt").write_text("Milano è ricca.", "utf-8")
    assert main(["index"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[:4]] == [
        ["added", "2"],
        ["changed", "0"],
        ["removed", "0"],
        ["unchanged", "0"],
    ]
    assert "roma, sub/milano" in lines[0]

    (configured / "roma.txt").write_text("Roma ha sette colli.", "utf-8")
    (configured / "sub" / "milano.txt").unlink()
    assert main(["index"]) == 0
    added, changed, removed, *_, last = capsys.readouterr().out.splitlines()
    assert added.split() == ["added", "0"]
    assert changed.split() == ["changed", "1", "roma"]
    assert removed.split() == ["removed", "1", "sub/milano"]
    assert "1 passages, 1 of them embedded anew" in last

    assert main(["index"]) == 0
    assert "nothing to do" in capsys.readouterr().out


def test_index_refuses_what_loses_the_owners_questions_unless_forced(
    capsys: pytest.CaptureFixture[str], configured: Path
) -> None:
    line = json.dumps(QUESTIONS[0])
    again = line.replace("q1", "q3").replace("Quanti abitanti conta Roma", "Quanti conta la città")
    assert again != line
    # Another document, or the loss of the one would count as a wipe.
    (configured / "po.txt").write_text("Il Po è un fiume.\n", "utf-8")
    (configured.parent / "questions.jsonl").write_text(f"{line}\n{again}\n", "utf-8")
    assert main(["index"]) == 0
    assert "passed         2  of 2 questions" in capsys.readouterr().out

    (configured / "roma.txt").rename(configured / "milano.txt")
    (configured / "milano.txt").write_text("Milano è ricca.", "utf-8")
    assert main(["index"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    *named, message = said.err.splitlines()
    assert "  q1  Quanti abitanti conta Roma? (roma is gone)" in named
    assert "  q3  Quanti conta la città? (roma is gone)" in named
    assert "lose 2 of 2 test questions" in message
    assert "--force" in message
    assert "tre milioni" in asked(capsys, "Quanti abitanti conta Roma?")[0]["text"]

    assert main(["index", "--force"]) == 0
    shown = capsys.readouterr().out
    assert "lost           2" in shown
    assert "  q1  Quanti abitanti conta Roma? (roma is gone)" in shown
    assert main(["index"]) == 0
    assert "nothing to do" in capsys.readouterr().out


def test_a_slip_in_the_questions_is_named_and_costs_nothing_else(
    capsys: pytest.CaptureFixture[str], configured: Path
) -> None:
    (configured.parent / "questions.jsonl").write_text("\ngarbled\n", "utf-8")
    assert main(["index"]) == 0
    assert "skipped questions.jsonl: line 2: " in capsys.readouterr().err


def test_questions_beside_other_documents_stand_in_nobodys_way(
    capsys: pytest.CaptureFixture[str], elsewhere: Path
) -> None:
    line = {"id": "q", "question": "Quanto è alta la Mole?", "answers": ["167"], "source": "mole"}
    for file in (elsewhere.parent / "questions.jsonl", elsewhere / "questions.jsonl"):
        file.write_text(f"{json.dumps(line)}\n", "utf-8")
    assert main(["index", "--sources", str(elsewhere)]) == 0
    assert "questions" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["index", "--sources", "nowhere"], "nowhere"),
        (["ask", "Che cosa?", "--sources", "nowhere", "--json"], "nowhere"),
        (["ask", "Che cosa?", "--sources", "docs/sources/roma.txt"], "roma.txt"),
        (["evaluate", "--questions", "none.jsonl"], "none.jsonl"),
        (["evaluate", "--questions", "empty.jsonl"], "empty.jsonl"),
        (["evaluate", "--questions", "bad.jsonl"], "bad.jsonl, line 1"),
        (["compare", "none.jsonl", "none.jsonl"], "none.jsonl"),
        (["compare", "bad.jsonl", "bad.jsonl"], "bad.jsonl, line 1"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str], named: str
) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    (tmp_path / "bad.jsonl").write_text("bad\n")
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert said.out == ""
    [line] = said.err.splitlines()
    assert named in line


@pytest.mark.parametrize(
    "arguments", [[], ["unknown"], ["ask"], ["evaluate"], ["ask", "Chi?", "--unknown"]]
)
def test_a_wrong_command_line_is_explained(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: python -m retrieval" in capsys.readouterr().err


def run(tmp_path: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "retrieval", *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=100,
    )


def test_as_a_program_it_prints_json_alone_whatever_the_terminal_can_show(
    tmp_path: Path, configured: Path
) -> None:
    (configured / "scan.pdf").write_bytes(b"%PDF")
    done = run(tmp_path, "ask", "Quanti abitanti conta Roma?", "--json", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "answered"
    assert done.stderr.splitlines() == [
        line for line in done.stderr.splitlines() if line.startswith("skipped scan.pdf")
    ]


def test_a_second_writer_leaves_with_one_line_that_names_the_first(tmp_path: Path) -> None:
    with Lock(tmp_path / "docs" / "writer.lock"):
        done = run(tmp_path, "index")
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert f"process {os.getpid()}" in line


ABITANTI = "La città conta tre milioni di abitanti."


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """A server that the settings name, which knows how many people live in Rome."""
    with serving_in_thread() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        server.otherwise = saying(claims(("Gli abitanti sono tre milioni.", [(1, ABITANTI)])))
        yield server


def test_ask_has_the_model_of_the_settings_write(
    capsys: pytest.CaptureFixture[str], model: ModelServer
) -> None:
    answer, _ = asked(capsys, "Quanti abitanti conta Roma?")
    assert list(answer) == ANSWER_KEYS
    assert answer["text"] == "Gli abitanti sono tre milioni. [1]"
    assert answer["claims"][0]["quotes"][0]["quote"] == ABITANTI
    assert model.calls == 1


def test_evaluate_says_what_became_of_the_models_claims(
    capsys: pytest.CaptureFixture[str], model: ModelServer, tmp_path: Path
) -> None:
    results = tmp_path / "results.jsonl"
    assert evaluate(tmp_path, "--results", str(results), "--json") == 0
    written = json.loads(capsys.readouterr().out)["written"]
    assert (written["answers"], written["claims"]) == (1, {"kept": 1})
    assert written["calls"] == model.calls
    line = json.loads(results.read_text("utf-8").splitlines()[0])
    assert (line["written"], line["fallback"]) == (True, "")
