"""Documents for the command line, and a cache that is nobody else's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval.__main__ import main

ANSWER_KEYS = "status text confidence claims closest disagreement generation ms".split()
ROME = "Roma è la capitale d'Italia. La città conta tre milioni di abitanti.\n"
QUESTIONS = [
    {
        "id": "q1",
        "lang": "it",
        "question": "Quanti abitanti conta Roma?",
        "answers": ["tre milioni"],
        "source": "roma",
    },
    {"id": "q2", "lang": "en", "question": "Who won the Formula 1 race?", "kind": "off-topic"},
]


def configure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Configure a store with documents of its own; returns their folder."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("DOCS_STORE", "docs")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    sources = folder / "docs" / "sources"
    sources.mkdir(parents=True)
    (sources / "roma.txt").write_text(ROME, "utf-8")
    return sources


def write_elsewhere(folder: Path) -> Path:
    """Write a document in another folder, and return that."""
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mole.md").write_text("# La Mole\n\nLa Mole è alta 167 metri.\n", "utf-8")
    return elsewhere


def evaluate(tmp_path: Path, *arguments: str) -> int:
    """Evaluate with the questions above; returns the exit code."""
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in QUESTIONS), "utf-8")
    return main(["evaluate", "--questions", str(file), *arguments])
