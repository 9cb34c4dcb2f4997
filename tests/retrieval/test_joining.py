"""Several questions of one message are answered in one message, each by its own quotes."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answering import Found, find
from retrieval.joining import answer_each
from retrieval.library import Library
from retrieval.types import Status, Turn
from retrieval.wording import wording
from tests.retrieval.test_answering import Shelf

PARTS = ("Quanti membri ha la NATO?", "Chi la guida?")


def asked_one_by_one(shelf: Shelf, *parts: str) -> tuple[Found | None, list[list[str]]]:
    histories: list[list[str]] = []

    def one(text: str, history: Sequence[Turn]) -> Found:
        histories.append([turn.question for turn in history])
        return find(text, shelf.sources(), "it", history)

    return answer_each(" ".join(parts), parts, one, ()), histories


def test_quotes_are_numbered_through_and_a_sure_answer_gives_one() -> None:
    found, histories = asked_one_by_one(Shelf(0.9), "Quanti membri ha la NATO?", "Chi è Rossi?")
    assert found
    assert [line[-3:] for line in found.answer.text.split("\n") if "[" in line] == ["[1]", "[2]"]
    assert len(found.answer.quotes) == 2
    assert found.passages
    assert {source.id for source in found.sources} == {"a"}
    assert histories == [[], ["Quanti membri ha la NATO?"]]


def test_an_unsure_answer_brings_a_second_quote() -> None:
    found, _ = asked_one_by_one(Shelf(0.4), "Quanti membri ha la NATO?", "Chi è Rossi?")
    assert found
    assert len(found.answer.quotes) == 4
    assert found.answer.text.count(wording("it").unsure) == 2
    assert found.answer.highlights == ()


def test_where_none_is_answered_there_is_nothing_to_join() -> None:
    found, histories = asked_one_by_one(Shelf(0.0), *PARTS)
    assert found is None
    assert len(histories) == 2


def test_two_questions_in_one_are_both_answered_each_by_its_quote(sample: Library) -> None:
    text = "Quanti membri ha la NATO e chi è il primo ministro giapponese?"
    found = sample.ask(text)
    assert (found.question, found.status) == (text, Status.ANSWERED)
    first, second = found.text.split("\n\n")
    assert first.startswith("Quanti membri ha la NATO?\n")
    assert second.startswith("Chi è il primo ministro giapponese?\n")
    assert "31 membri" in first
    assert first.endswith("[1]")
    assert "Kishida" in second
    assert second.endswith("[2]")
    assert [sample.is_verbatim(quote) for quote in found.quotes] == [True, True]
    assert "31 membri" in [found.text[s.start : s.end] for s in found.highlights]


def test_of_two_questions_the_one_without_an_answer_is_named(sample: Library) -> None:
    found = sample.ask("Quanti membri ha la NATO? Come si fa il pane in casa?")
    first, second = found.text.split("\n\n")
    assert found.status is Status.PARTIAL
    assert "31 membri" in first
    assert second == f"Come si fa il pane in casa?\n{wording('it').off_topic}"


def test_the_second_question_may_lean_on_the_first(sample: Library) -> None:
    found = sample.ask("Quando e dove si terrà il vertice?")
    assert found.text.count("Lituania") >= 2
    found = sample.ask("Che cos'è il Quad e chi ne fa parte?")
    assert "India" in found.text.split("\n\n")[1]


def test_where_neither_is_answered_the_whole_is_refused_as_one(sample: Library) -> None:
    found = sample.ask("Chi ha scritto i Promessi sposi? Come si fa il pane in casa?")
    assert (found.claims, found.text) == ((), wording("it").off_topic)
