"""Questions files are read with care, and answers found whatever their capitals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import QuestionsError
from retrieval.evaluation import TestQuestion as Asked
from retrieval.evaluation import contains_answer, read_questions


@pytest.mark.parametrize(
    ("text", "answers", "held"),
    [
        ("La NATO ha 31 membri.", ("31 membri",), True),
        ("La nato ha 31 MEMBRI", ("31 Membri!",), True),
        ("blocchi «esclusivi»", ("blocchi esclusivi",), True),
        ("l'ufficio", ("l’ufficio",), True),
        ("La NATO ha 30 membri.", ("31 membri",), False),
        ("La NATO ha 31 membri.", ("32", "31 membri"), True),
        ("La NATO ha 31 membri.", (), False),
        ("La NATO ha 31 membri.", ("", "…"), False),
    ],
)
def test_an_answer_is_found_without_capitals_and_punctuation(
    text: str, answers: tuple[str, ...], held: bool
) -> None:
    assert contains_answer(text, answers) is held


@given(st.text(), st.text(), st.text())
def test_an_answer_that_stands_between_other_words_is_found(
    before: str, answer: str, after: str
) -> None:
    has_letters = any(letter.isalnum() for letter in answer)
    assert contains_answer(f"{before} {answer} {after}", [answer]) is has_letters


def write(folder: Path, *lines: object) -> Path:
    file = folder / "questions.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    file.write_text("\n".join(texts), "utf-8")
    return file


def test_a_questions_file_is_read(tmp_path: Path) -> None:
    full = {"id": 1, "lang": "en", "question": "Who?", "answers": ["A", "B"], "source": "s"}
    bare = {"id": "2", "question": "Chi?", "answers": [], "kind": "near-miss", "extra": True}
    assert read_questions(write(tmp_path, full, "", bare, "")) == (
        Asked("1", "Who?", "en", ("A", "B"), "s", "answerable"),
        Asked("2", "Chi?", "it", (), "", "near-miss"),
    )


def test_a_byte_order_mark_and_odd_line_separators_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('\ufeff{"id": "1", "question": "a\u2028b"}\r\n', "utf-8", newline="")
    assert [found.question for found in read_questions(file)] == ["a\u2028b"]


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        "5",
        "null",
        '{"question": "no id"}',
        '{"id": "1"}',
        '{"id": "1", "question": "?", "answers": 5}',
        '{"id": "1", "question": "?", "answers": "Tokyo"}',
        '{"id": "1", "question": "?", "kind": "unknown"}',
    ],
)
def test_a_line_that_is_no_question_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    good = {"id": "1", "question": "Chi?"}
    with pytest.raises(QuestionsError, match=r"questions\.jsonl, line 3"):
        read_questions(write(tmp_path, good, "", line))


@pytest.mark.parametrize("trouble", ["missing", "folder", "not UTF-8"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, trouble: str) -> None:
    file = tmp_path / "questions.jsonl"
    if trouble == "folder":
        file.mkdir()
    elif trouble == "not UTF-8":
        file.write_bytes(b'{"id": "\xe0"}')
    with pytest.raises(QuestionsError, match=r"questions\.jsonl"):
        read_questions(file)
