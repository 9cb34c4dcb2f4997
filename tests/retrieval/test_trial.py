"""Questions are put to two generations, and each passes where it is treated right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from retrieval.evaluation import TestQuestion as Asked
from retrieval.regression import LostQuestion, Regression
from retrieval.trial import Side, compare, passes, read
from retrieval.types import Answer, Claim, Quote, Status
from tests.retrieval.texts import passage_of, source_of

SENTENCES = ("Roma conta tre milioni.", "Uno.", "Due.", "Tre.")
TEXT = " ".join(SENTENCES)
SOURCE = source_of(TEXT, "roma")
PASSAGE = passage_of(TEXT, *SENTENCES, name="roma")

MILLIONS = Asked("q1", "Quanti abitanti?", answers=("3 milioni", "tre milioni"), source="roma")
WEATHER = Asked("q2", "Che tempo fa?", kind="off-topic")
NEAR = Asked("q3", "Chi è il sindaco?", kind="near-miss", source="roma")


def answered(*sentences: str, status: Status = Status.ANSWERED) -> Answer:
    quotes = []
    for text in sentences:
        start = TEXT.index(text)
        place = (start, start + len(text), text, PASSAGE)
        quotes.append(Quote("roma", "Roma", SOURCE.content_hash, *place))
    claims = tuple(Claim(quote.text, (quote,)) for quote in quotes)
    return Answer("?", "it", status, "Ecco", 0.9, claims)


RIGHT = answered("Roma conta tre milioni.")
WRONG = answered("Uno.")
REFUSED = Answer("?", "it", Status.NOT_IN_SOURCES, "No", 0.1)


def side(answers: Mapping[str, Answer], *sources: str) -> Side:
    """A generation that answers each question by its id."""
    return Side(frozenset(sources or ("roma",)), lambda question: answers[question.id])


@pytest.mark.parametrize(
    ("question", "answer", "right"),
    [
        (MILLIONS, RIGHT, True),
        (MILLIONS, answered("Uno.", "Due.", "Roma conta tre milioni."), True),
        (MILLIONS, answered(*SENTENCES[1:], "Roma conta tre milioni."), False),
        (MILLIONS, WRONG, False),
        (MILLIONS, REFUSED, False),
        (WEATHER, REFUSED, True),
        (WEATHER, RIGHT, False),
        (WEATHER, answered("Uno.", status=Status.PARTIAL), False),
        (NEAR, REFUSED, True),
        (NEAR, WRONG, False),
    ],
)
def test_a_question_passes_where_it_is_treated_right(
    question: Asked, answer: Answer, *, right: bool
) -> None:
    assert passes(question, answer) is right


def test_a_question_without_answers_has_to_be_answered_from_its_source() -> None:
    assert passes(Asked("q", "Quanti?"), WRONG)
    assert passes(Asked("q", "Quanti?", source="roma"), WRONG)
    assert not passes(Asked("q", "Quanti?", source="milano"), WRONG)
    assert not passes(Asked("q", "Quanti?", source="roma"), REFUSED)


def test_what_passed_and_does_not_any_more_is_lost() -> None:
    live = side({"q1": RIGHT, "q2": REFUSED, "q3": REFUSED})
    new = side({"q1": REFUSED, "q2": RIGHT, "q3": REFUSED})
    regression = compare([MILLIONS, WEATHER, NEAR], new, live)
    lost = (LostQuestion("q1", "Quanti abitanti?"), LostQuestion("q2", "Che tempo fa?"))
    assert regression == Regression(asked=3, passed=1, passed_before=3, lost=lost)


def test_what_never_passed_does_no_harm_and_what_is_won_is_counted() -> None:
    live = side({"q1": WRONG, "q2": RIGHT})
    new = side({"q1": RIGHT, "q2": RIGHT})
    regression = compare([MILLIONS, WEATHER], new, live)
    assert regression == Regression(2, passed=1, passed_before=0, failing=("Che tempo fa?",))


def test_where_nothing_answers_yet_nothing_can_be_lost() -> None:
    regression = compare([MILLIONS, WEATHER], side({"q1": RIGHT, "q2": RIGHT}))
    assert regression == Regression(asked=2, passed=1, failing=("Che tempo fa?",))


def test_a_question_about_a_document_that_is_gone_is_lost_and_says_so() -> None:
    live = side({"q1": RIGHT, "q2": REFUSED}, "roma", "milano")
    new = side({"q1": REFUSED, "q2": REFUSED}, "milano")
    [lost] = compare([MILLIONS, WEATHER], new, live).lost
    assert lost == LostQuestion("q1", "Quanti abitanti?", gone="roma")


def test_an_answer_found_in_another_document_is_not_lost_with_its_own() -> None:
    live, new = side({"q1": RIGHT}, "roma"), side({"q1": RIGHT}, "rome")
    assert compare([MILLIONS], new, live).lost == ()


def test_questions_about_documents_that_were_never_there_are_left_out() -> None:
    told: list[tuple[int, int]] = []
    torino = Asked("q4", "Chi?", source="torino")
    regression = compare(
        [torino, MILLIONS], side({"q1": RIGHT}), side({"q1": RIGHT}), lambda *now: told.append(now)
    )
    assert (regression.asked, regression.lost) == (1, ())
    assert told == [(0, 1), (1, 1)]


def test_a_slip_in_the_questions_is_reported_and_nothing_more(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    assert read(file) == ((), ())
    file.write_text('{"id": "1", "question": "Chi?"}\n', "utf-8")
    [question] = read(file)[0]
    assert question.question == "Chi?"
    file.write_text('{"id": "1", "question": "Chi?"}\ngarbled\n', "utf-8")
    questions, [skipped] = read(file)
    assert questions == ()
    assert skipped.path == "questions.jsonl"
    assert str(skipped.fault).startswith("line 2: ")
