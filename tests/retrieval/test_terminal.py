"""On a terminal an answer is read with its places; elsewhere nothing but its text is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.changes import Progress, Step
from retrieval.reasons import Refusal
from retrieval.terminal import ProgressBar, answer_text
from retrieval.types import Answer, Claim, Quote, Span, Status
from retrieval.wording import wording
from tests.retrieval.texts import passage_of

TEXT = "Roma conta tre milioni di abitanti."
QUOTE = Quote("roma", "Roma", "0", 0, len(TEXT), TEXT, passage_of(TEXT, name="roma"))
ANSWERED = Answer(
    question="?",
    language="it",
    status=Status.ANSWERED,
    text=f"Ecco:\n«{TEXT}» [1]",
    confidence=0.9,
    claims=(Claim(TEXT, (QUOTE,)),),
    highlights=(Span(7, 11), Span(18, 29)),
)
REFUSED = Answer(
    question="?",
    language="en",
    status=Status.NOT_IN_SOURCES,
    text="No.",
    confidence=0.1,
    closest=QUOTE,
    suggestion="How many people live in Rome?",
)


def test_an_answer_is_followed_by_where_its_quotes_stand() -> None:
    assert answer_text(ANSWERED, bold=False) == f"Ecco:\n«{TEXT}» [1]\n\n[1] Roma (roma, 0–35)"


def test_a_quote_of_a_document_with_pages_names_its_own() -> None:
    quote = replace(QUOTE, page=7)
    shown = answer_text(replace(ANSWERED, claims=(Claim(TEXT, (quote,)),)), bold=False)
    assert shown.endswith("[1] Roma, p. 7 (roma, 0–35)")


def test_each_of_the_words_that_answer_is_bold_where_that_can_be_shown() -> None:
    shown = answer_text(ANSWERED, bold=True)
    assert "«\033[1mRoma\033[0m conta \033[1mtre milioni\033[0m di" in shown
    assert shown.replace("\033[1m", "").replace("\033[0m", "") == answer_text(ANSWERED, bold=False)


def test_a_refusal_shows_the_closest_passage_and_what_to_ask_instead() -> None:
    words = wording("en")
    assert answer_text(REFUSED, bold=True) == (
        f"No.\n\n{words.closest}\n{TEXT}\n— Roma (roma, 0–35)\n\n"
        f"{words.try_asking} How many people live in Rome?"
    )


def test_to_what_the_sources_are_not_about_no_passage_is_close() -> None:
    about_else = replace(REFUSED, refusal=Refusal.OFF_TOPIC)
    shown = answer_text(about_else, bold=False)
    assert shown == f"No.\n\n{wording('en').try_asking} How many people live in Rome?"
    near = replace(REFUSED, refusal=Refusal.NEAR_MISS)
    assert TEXT in answer_text(near, bold=False)


def test_a_reload_is_shown_on_a_terminal_and_nowhere_else(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for on_terminal in (False, True):
        monkeypatch.setattr("sys.stderr.isatty", lambda answer=on_terminal: answer)
        with ProgressBar() as progress:
            progress(Progress(Step.READING, 1, 2))
            progress(Progress(Step.TESTING, 3, 3))
        shown = capsys.readouterr()
        assert shown.out == ""
        assert ("testing" in shown.err) is on_terminal
