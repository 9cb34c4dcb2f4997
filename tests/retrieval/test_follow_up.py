"""A question that leans on the one before is completed; one that stands alone is left alone."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.follow_up import FollowUp, complete
from retrieval.question import Kind, parse
from retrieval.types import Turn

ROOT = Path(__file__).parent.parent.parent


def after(before: str, text: str) -> FollowUp | None:
    return complete(parse(text), [Turn(before)])


def completed(before: str, text: str) -> str:
    found = after(before, text)
    return found.text if found else ""


SUMMIT = "Quando si terrà il vertice NATO?"
OFFICES = "In quali paesi la NATO ha uffici di collegamento?"
MINISTER = "Chi è il primo ministro del Giappone?"


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        # Only a question word: the rest is the last question's.
        (SUMMIT, "E dove?", "Dove si terrà il vertice NATO?"),
        (SUMMIT, "Perché?", "Perché si terrà il vertice NATO?"),
        (SUMMIT, "come mai??", "Come mai si terrà il vertice NATO?"),
        ("E dove si terrà il vertice?", "E quando?", "Quando si terrà il vertice?"),
        ("In quale città sarà l'ufficio?", "Da quando?", "Da quando sarà l'ufficio?"),
        ("Where will the summit be held?", "And why?", "Why will the summit be held?"),
        ("Quanti membri ha la NATO?", "E da quando?", "Da quando? (membri ha la NATO)"),
        # No subject of its own, or a word that stands for it.
        ("Che cos'è il Quad?", "Quanti membri ha?", "Quanti membri ha? (il Quad)"),
        ("Che cos'è il Quad?", "Chi ne fa parte?", "Chi ne fa parte? (il Quad)"),
        ("What is the Quad?", "Who leads it?", "Who leads the Quad?"),
        ("What is the Quad?", "And who are its members?", "Who are its members? (the Quad)"),
        (SUMMIT, "In che anno?", "In che anno? (si terrà il vertice NATO)"),
        ("Quali uffici ha la NATO?", "E quali basi?",
         "Quali basi? (ha la NATO)"),
        # The subject goes on.
        ("Quanti membri ha? (il Quad)", "Chi lo guida?", "Chi lo guida? (il Quad)"),
        ("Quanti membri ha? (il Quad)", "E quali?", "Quali membri ha? (il Quad)"),
        ("Dove si trova? (il Quad)", "E da quando?", "Da quando si trova? (il Quad)"),
        ("Quanti membri ha? (il Quad)", "E la NATO?", "Quanti membri ha? (la NATO)"),
        ("Quanti membri ha? (il Quad)", "E in Asia?", "Quanti membri ha, in Asia? (il Quad)"),
        # Something else takes the place of what it is like, or is added.
        ("Quanti membri ha la NATO?", "E il Quad?", "Quanti membri ha il Quad?"),
        ("How many members does NATO have?", "What about the UN?",
         "How many members does the UN have?"),
        ("Che cosa ha detto Stoltenberg del Giappone?", "E Qin Gang?",
         "Che cosa ha detto Qin Gang del Giappone?"),
        ("Che cosa ha detto Stoltenberg del Giappone?", "E della Cina?",
         "Che cosa ha detto Stoltenberg della Cina?"),
        (MINISTER, "E della Cina?", "Chi è il primo ministro della Cina?"),
        (MINISTER, "E la Cina?", "Chi è il primo ministro della Cina?"),
        (MINISTER, "E l'India?", "Chi è il primo ministro dell'India?"),
        (MINISTER, "E il presidente?", "Chi è il presidente del Giappone?"),
        ("Who is the prime minister of Japan?", "And the king?", "Who is the king of Japan?"),
        ("Quanti uffici ha la NATO?", "E in Giappone?", "Quanti uffici ha la NATO, in Giappone?"),
        ("Quanto costa il menu fisso?", "E il vino?", "Quanto costa il vino?"),
        ("Quando apre il museo?", "E la biblioteca?", "Quando apre la biblioteca?"),
        ("How much does the ticket cost?", "And the guide?", "How much does the guide cost?"),
        ("Dove si terrà il vertice NATO?", "E la cena?", "Dove si terrà la cena?"),
        ("Che cosa ha detto il sindaco?", "E l'assessora?", "Che cosa ha detto l'assessora?"),
        ("Che cosa ha detto il sindaco?", "E Kishida?", "Che cosa ha detto Kishida?"),
        ("What did Lang say?", "And the director?", "What did the director say?"),
        ("Quando il museo apre la mostra?", "E il bar?", "Quando il museo apre la mostra, il bar?"),
        ("QUANTI MEMBRI HA LA NATO?", "E DOVE?", "DOVE? (MEMBRI HA LA NATO)"),
        ("Chi è il ministro degli Esteri giapponese?", "E quello della difesa?",
         "Chi è il ministro della difesa giapponese?"),
        (MINISTER, "E quello della Cina?", "Chi è il primo ministro della Cina?"),
        # Which of those that were counted.
        ("Quanti membri ha la NATO?", "Quali sono?", "Quali membri ha la NATO?"),
        ("Quante persone lavoreranno lì?", "E chi sono?", "Quali persone lavoreranno lì?"),
        ("How many members does NATO have?", "Which ones?", "Which members does NATO have?"),
        # Of two questions in one, the last.
        ("Quanti membri ha la NATO? Dove si terrà il vertice?", "E quando?",
         "Quando si terrà il vertice?"),
        ("Where will the summit be held, and when?", "And why?", "Why will the summit be held?"),
        ("Ciao! Quanti membri ha la NATO?", "E il Quad?", "Quanti membri ha il Quad?"),
        # The same in another language.
        ("Quanti membri ha la NATO?", "in english please", "Quanti membri ha la NATO?"),
        # Others of the same.
        (OFFICES, "Quali altri?", OFFICES),
        (OFFICES, "E poi?", OFFICES),
        (OFFICES, "Dimmi di più", OFFICES),
        ("Who leads the Quad?", "Who else?", "Who leads the Quad?"),
        ("Who leads the Quad?", "anything else?", "Who leads the Quad?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_completed_with_the_last_question(
    before: str, text: str, expected: str
) -> None:
    assert completed(before, text) == expected


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        # A question as one would ask it says by itself how it was meant.
        ((SUMMIT,), "E dove?", ""),
        (("Che cos'è il Quad?",), "Chi lo guida?", ""),
        (("What is the Quad?",), "Who leads it?", ""),
        ((MINISTER,), "E il presidente?", ""),
        # A clause in brackets doesn't, nor what English would ask in another order.
        (("Quanti membri ha la NATO?",), "E da quando?", "Quanti membri ha la NATO?"),
        (("Who broke the news?",), "And when?", "Who broke the news?"),
        (("When will the summit be held?",), "And where?", ""),
        (("Chi ha visitato il Giappone?",), "E dove?", "Chi ha visitato il Giappone?"),
        (("Who is Stoltenberg?",), "and why?", "Who is Stoltenberg?"),
        (("Who is Stoltenberg?",), "and where?", ""),
        ((MINISTER,), "E adesso?", MINISTER),
        (("Quanti membri ha la NATO?",), "Quali sono?", ""),
        (("Chi è il ministro degli Esteri?",), "E quello della difesa?", ""),
        (("Quanti membri ha la NATO?",), "in inglese", "Quanti membri ha la NATO?"),
        (("Quanti uffici ha la NATO?",), "E in Giappone?", "Quanti uffici ha la NATO?"),
        # Nor does the question before, where more of the same is asked for; nor two languages.
        ((OFFICES,), "Quali altri?", OFFICES),
        ((SUMMIT,), "And where?", SUMMIT),
        # Of two that lean on each other, the one that stands.
        (("Chi guida il Quad?", "Chi ne fa parte? (guida il Quad)"), "E quando?",
         "Chi guida il Quad?"),
        (("Chi guida il Quad?", "Quanti membri ha? (la NATO)"), "Altro?",
         "Quanti membri ha? (la NATO)"),
    ],
)  # fmt: skip
def test_what_does_not_read_well_names_the_question_it_goes_on_from(
    before: tuple[str, ...], text: str, expected: str
) -> None:
    found = complete(parse(text), [Turn(each) for each in before])
    assert found is not None
    assert found.follows == expected


@pytest.mark.parametrize(
    "text",
    [
        "Quanti membri ha la NATO?",
        "Chi è il papa?",
        "chi è kishida?",
        "Come si fa il pane in casa?",
        "ufficio Tokyo",
        "NATO",
        "Che ore sono?",
        "What time is it?",
        "Chi sei?",
        "Who are you?",
        "Sì",
        "Ok",
        "ciao come stai?",
        "https://example.com/",
        "in francese",
        "Grazie!",
        "E ciao!",
        "???",
        "",
    ],
)
def test_what_stands_alone_or_asks_nothing_is_left_alone(text: str) -> None:
    assert after(SUMMIT, text) is None


def test_without_a_question_before_nothing_leans() -> None:
    assert complete(parse("E dove?"), ()) is None


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("E dove?", True),
        ("Quanti membri ha?", True),
        ("Quanti giorni ha febbraio?", False),
        ("E chi è il primo ministro giapponese?", False),
        ("In Giappone?", False),
    ],
)
def test_what_may_stand_alone_is_not_taken_for_certain(text: str, certain: bool) -> None:
    found = after(SUMMIT, text)
    assert found is not None
    assert found.certain is certain


def test_the_new_question_says_what_would_answer() -> None:
    for text, kind in [
        ("E dove?", Kind.PLACE),
        ("Perché?", Kind.REASON),
        ("Con chi?", Kind.PERSON),
    ]:
        assert parse(completed(SUMMIT, text)).kind is kind


def test_quotes_of_the_same_question_count_as_shown_whenever_they_were() -> None:
    history = [
        Turn("Altro?", ("di un'altra",)),
        Turn(OFFICES, ("la prima",)),
        Turn(OFFICES, ("la seconda", "la terza")),
    ]
    found = complete(parse("Quali altri?"), history)
    assert found is not None
    assert found.asks_for_more
    assert found.shown == ("la prima", "la seconda", "la terza")


@pytest.mark.parametrize(
    "name", ["docs_store/questions.jsonl", "benchmarks/questions/off-topic.jsonl"]
)
def test_complete_questions_are_never_taken_for_follow_ups(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines]
    assert [text for text in asked if (found := after(SUMMIT, text)) and found.certain] == []


def test_a_question_with_much_to_say_stands_alone_however_it_begins() -> None:
    assert completed(SUMMIT, "E quanti studenti francesi?")
    assert not completed(SUMMIT, "E quanti studenti francesi hanno visitato musei romani antichi?")


def test_a_long_row_of_marks_is_read_at_once() -> None:
    begun = time.process_time()
    assert completed(SUMMIT, "E dove" + " -" * 900 + " e")
    assert completed(SUMMIT, "E dove" + " -" * 900 + " mai?").startswith("Dove")
    assert time.process_time() - begun < 2  # milliseconds, where it was minutes


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_after_any_other_is_read_without_an_error(before: str, text: str) -> None:
    found = after(before, text)
    assert found is None or isinstance(found.text, str)


@given(
    st.lists(st.sampled_from(["E dove?", "Chi lo guida?", "E la NATO?", "E in Asia?", "Altro?"]))
)
def test_however_long_they_talk_the_question_stays_short(said: list[str]) -> None:
    question = "Che cos'è il Quad?"
    for text in said[:30]:
        question = completed(question, text)
    assert len(question) < 300


def test_a_question_about_words_somebody_else_wrote_takes_them_whole() -> None:
    quoted = Turn("Bella la gita al lago, martedì!", is_quoted=True)
    found = complete(parse("Quanti?"), [Turn(SUMMIT), quoted])
    assert found is not None
    assert found.text == "Quanti? (Bella la gita al lago, martedì)"
    assert found.follows == quoted.question
    assert complete(parse("Quanti membri ha la NATO?"), [quoted]) is None
