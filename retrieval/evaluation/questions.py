"""Questions whose answers are known.

A questions file has one JSON object a line: ``id``, ``lang``, ``question``, ``answers`` (any one of
these strings, compared without capitals and punctuation, must stand in a cited quote), ``source``
(the id of the source that answers, where known) and ``kind``: ``answerable``, ``off-topic`` or
``near-miss``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from retrieval.errors import QuestionsError
from retrieval.types import Language

KINDS = ("answerable", "off-topic", "near-miss")
_PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class TestQuestion:
    """A question, and what answers it."""

    id: str
    question: str
    lang: Language = "it"
    answers: tuple[str, ...] = ()
    source: str = ""
    kind: str = "answerable"


def read_questions(file: Path) -> tuple[TestQuestion, ...]:
    """Read a questions file.

    Raises:
        QuestionsError: it can't be read; the message names the line.
    """
    return tuple(_question(line, place) for line, place in lines_of(file, "questions"))


def lines_of(file: Path, what: str) -> list[tuple[str, str]]:
    """Give the lines of a file that have something in them, each with its place in words.

    Raises:
        QuestionsError: it can't be read; the message names it.
    """
    try:
        lines = file.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(f"the {what} file {file} can't be read: {error}") from None
    numbered = enumerate(lines, start=1)
    return [(line, f"{file}, line {number}") for number, line in numbered if line.strip()]


def _question(line: str, place: str) -> TestQuestion:
    try:
        values = json.loads(line)
        if isinstance(values.get("answers"), str):
            raise TypeError("answers is not a list")
        question = TestQuestion(
            id=str(values["id"]),
            question=str(values["question"]),
            lang="en" if values.get("lang") == "en" else "it",
            answers=tuple(str(answer) for answer in values.get("answers", ())),
            source=str(values.get("source") or ""),
            kind=str(values.get("kind", "answerable")),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise QuestionsError(
            f"{place}: {error!r}: a line is a JSON object with id, lang, question, answers, kind"
        ) from None
    if question.kind not in KINDS:
        raise QuestionsError(f"{place}: kind is {question.kind!r}, not one of {', '.join(KINDS)}")
    return question


def contains_answer(text: str, answers: Sequence[str]) -> bool:
    """Tell whether one of the answers stands in a text, capitals and punctuation aside."""
    plain = _plain(text)
    return any((wanted := _plain(answer)) and wanted in plain for answer in answers)


def _plain(text: str) -> str:
    return _PUNCTUATION.sub(" ", text.casefold()).strip()
