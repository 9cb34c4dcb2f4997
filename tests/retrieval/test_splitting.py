"""Two questions in one are told apart where that is plain, and one stays one."""

from __future__ import annotations

import json
import timeit
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question import parse
from retrieval.splitting import split

ROOT = Path(__file__).parent.parent.parent


def parts(text: str) -> tuple[str, ...]:
    return split(text, parse(text).language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quanti membri ha la NATO e chi è il primo ministro giapponese?",
         ("Quanti membri ha la NATO?", "Chi è il primo ministro giapponese?")),
        ("Quanti membri ha la NATO? Chi la guida?", ("Quanti membri ha la NATO?", "Chi la guida?")),
        ("Where is the summit, and when?", ("Where is the summit?", "When?")),
        ("Dove si terrà il vertice e quando?", ("Dove si terrà il vertice?", "Quando?")),
        ("Quando e dove si terrà il vertice?",
         ("Quando si terrà il vertice?", "Dove si terrà il vertice?")),
        ("When and where will it be held?", ("When will it be held?", "Where will it be held?")),
        ("How many members does NATO have and who is the prime minister?",
         ("How many members does NATO have?", "Who is the prime minister?")),
        ("What is the Quad? Who leads it? What does it want?",
         ("What is the Quad?", "Who leads it?", "What does it want?")),
        ("Dimmi quanti membri ha la NATO e quanto costa il pane",
         ("Quanti membri ha la NATO?", "Quanto costa il pane?")),
        ("buongiorno, vorrei sapere quanti membri ha la NATO, grazie",
         ("Quanti membri ha la NATO",)),
        ("Can you tell me who leads the Quad, please?", ("Who leads the Quad",)),
        ("Ciao, dove si terrà il vertice e quando?", ("Dove si terrà il vertice?", "Quando?")),
        ("È vero che la NATO cresce? Quanti membri ha?",
         ("È vero che la NATO cresce?", "Quanti membri ha?")),
        ("Who leads NATO? Is it true that it grows?",
         ("Who leads NATO?", "Is it true that it grows?")),
        # Neither has a subject: both go on from what was said before.
        ("Quanti membri ha e chi lo guida?", ("Quanti membri ha?", "Chi lo guida?")),
        ("Quanti giorni ha febbraio e chi è Kishida?",
         ("Quanti giorni ha febbraio?", "Chi è Kishida?")),
        ("quanti membri ha la nato? grazie mille", ("Quanti membri ha la nato",)),
        # What is said around a question isn't a part of it.
        ("Ciao! Come stai? Quanti membri ha la NATO? Grazie!", ("Quanti membri ha la NATO?",)),
    ],
)  # fmt: skip
def test_each_question_is_written_out(text: str, expected: tuple[str, ...]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "???", "Perché? Come mai?", "Quanti membri ha la NATO?", "quanti membri ha la NATO",
        "In quale città e in quale anno nacque Dante?", "Quali paesi e quali organizzazioni?",
        "Who is the man who founded NATO and who led it?", "La NATO cresce. Quanti membri ha?",
        "Chi è il sig. Rossi?", "Che cosa ha detto Stoltenberg della Cina e del Giappone?",
        "Chi è Kishida? Stoltenberg dice che è amico. È vero?", "U.S.A. e NATO?",
        "Ciao Italia", "Please the queen", "Dimmi del Quad", "Mi scusi", "Hello, world!",
        "What did he say about when and how it happened?", "Chi? Come? Dove? Quando?",
        # Who or what it is about is said once, in the second half.
        "Quando è nato e quando è morto Dante?", "Chi è e quando è nato Dante?",
        "Quanti membri ha e quando fu fondata la NATO?", "A che ora apre e quando chiude il museo?",
        "Che cos'è e quando fu fondata la NATO?", "Quando è nato e dove è morto dante?",
        "Quanti sono e come si chiamano i sette nani?", "Dove si trova e quanto costa il museo?",
        # Three that share their verb.
        "Dove, come e quando nacque Dante?", "When, where and why was NATO founded?",
        # No courtesies, but what is asked about.
        "Come si dice grazie?", "How do you say thank you?", "Chi disse per favore",
        "What does it mean to say please?",
    ],
)  # fmt: skip
def test_what_may_be_one_question_stays_one(text: str) -> None:
    assert parts(text) == (text,)


def test_of_our_questions_only_one_that_asks_two_things_is_taken_apart() -> None:
    files = [ROOT / "docs_store/questions.jsonl", *(ROOT / "benchmarks/questions").glob("*.jsonl")]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    asked = [json.loads(line)["question"] for line in lines]
    assert [text for text in asked if len(parts(text)) > 1] == [
        "quanti sono i sette nani e come si chiamano"
    ]


@given(st.one_of(st.text(max_size=80), st.text("quando e dove si, chi è? ", max_size=60)))
def test_any_text_has_one_to_three_questions(text: str) -> None:
    assert 1 <= len(parts(text)) <= 3


@pytest.mark.parametrize("text", ["Chi " + "e chi " * 700, "Chi" + " " * 8000 + "?"])
def test_a_long_row_is_read_in_one_go(text: str) -> None:
    assert min(timeit.repeat(lambda: split(text, "it"), number=1, repeat=3)) < 0.3
