"""A store in one file, by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval.__main__ import main
from tests.retrieval.commands import configure


def test_what_is_exported_answers_where_it_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(tmp_path, monkeypatch)
    assert main(["index"]) == 0
    assert main(["export", "backup.zip"]) == 0
    assert "backup.zip: " in capsys.readouterr().out
    (tmp_path / "new").mkdir()
    monkeypatch.setenv("DOCS_STORE", "new")
    assert main(["import", "backup.zip"]) == 0
    name = (tmp_path / "new" / "current").read_text("utf-8").strip()
    assert capsys.readouterr().out == f"generation {name} answers\n"
    assert (tmp_path / "new" / "sources" / "roma.txt").is_file()
    assert main(["ask", "--json", "Quanti abitanti conta Roma?"]) == 0
    assert json.loads(capsys.readouterr().out)["claims"][0]["quotes"][0]["source"] == "roma"


def test_what_is_no_backup_is_named_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = configure(tmp_path, monkeypatch)
    (tmp_path / "other.zip").write_text("no archive", "utf-8")
    assert main(["import", "other.zip"]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "other.zip" in line
    assert main(["export", "backup.zip"]) == 1
    assert "run `python -m retrieval index`" in capsys.readouterr().err
    assert sorted(path.name for path in sources.iterdir()) == ["roma.txt"]
