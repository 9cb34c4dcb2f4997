"""Other languages are told where that is plain, and Italian and English never taken for one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval.foreign import is_foreign

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    "text",
    [
        "Wie viele Mitglieder hat die NATO?",
        "Wer ist der Bundeskanzler?",
        "Combien de membres a l'OTAN ?",
        "Où sont les bureaux de l'OTAN ?",
        "¿Cuántos miembros tiene la OTAN?",
        "Quem é o primeiro-ministro do Japão?",
        "Hoeveel leden heeft de NAVO?",
        "北约有多少成员国？",
        "Сколько членов в НАТО?",
        "كم عدد أعضاء الناتو",
        "Was ist die Rolle von Stoltenberg?",
        "¿Quién es el Presidente de los Estados Unidos?",
        "Les pays de l'OTAN sont dans une alliance",
    ],
)
def test_other_languages(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "???", "NATO", "Chi è Hans von der Leyen?", "Who directed Das Boot?", "asdf qwerty",
        "Ursula von der Leyen", "ursula von der leyen", "Alexander van der Bellen",
        "von der Leyen età", "Robin van Persie, Ruud van Nistelrooy", "Los Angeles, Las Vegas",
        "Von Braun von Trapp", "El Salvador, Los Angeles",
    ],
)  # fmt: skip
def test_ours_and_what_says_nothing(text: str) -> None:
    assert not is_foreign(text)


@pytest.mark.parametrize("path", ["docs_store", "benchmarks/questions"])
def test_no_question_of_ours_is_foreign(path: str) -> None:
    texts = [file.read_text("utf-8") for file in (ROOT / path).glob("*.jsonl")]
    asked = [json.loads(line)["question"] for text in texts for line in text.splitlines()]
    assert [text for text in asked if is_foreign(text)] == []
