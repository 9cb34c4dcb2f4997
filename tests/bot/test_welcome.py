"""The first words name documents and offer questions."""

from __future__ import annotations

from bot.locales import words_in
from bot.replies import Button
from bot.welcome import welcome_parts
from retrieval import SourceSummary

IT = words_in("it")


def summaries(count: int) -> list[SourceSummary]:
    return [SourceSummary(str(n), "", f"Titolo {n}", "0", "", "", 1, 1) for n in range(count)]


def test_a_few_documents_are_named_and_the_others_counted() -> None:
    [part] = welcome_parts(summaries(6), [], IT)
    assert "• Titolo 4\n… e un altro" in part.text
    assert "Titolo 5" not in part.text
    assert part.text.endswith(IT("welcome-suggestions"))
    assert part.buttons == ()


def test_each_question_has_a_row_of_its_own() -> None:
    buttons = [Button("Quanti?", "q:1"), Button("Dove?", "q:2")]
    [part] = welcome_parts(summaries(1), buttons, IT)
    assert part.buttons == tuple((button,) for button in buttons)
    assert part.text.endswith(IT("welcome-suggestions"))


def test_without_documents_there_is_nothing_to_offer() -> None:
    [part] = welcome_parts([], [Button("Quanti?", "q:1")], IT)
    assert part.text.endswith(IT("sources-none"))
    assert part.buttons == ()
