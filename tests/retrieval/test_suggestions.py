"""A refusal suggests a question that the sources do answer."""

from __future__ import annotations

from retrieval.embedding import LocalEmbedder
from retrieval.evaluation import TestQuestion as Asked
from retrieval.suggestions import Suggestions
from tests.retrieval.embedders import HashEmbedder

QUESTIONS = (
    Asked("1", "Quanti membri ha la NATO?"),
    Asked("2", "Dove si terrà il vertice?"),
    Asked("3", "How many members does NATO have?", lang="en"),
    Asked("4", "Chi ha vinto la partita?", kind="off-topic"),
)


def test_the_nearest_in_meaning_and_in_the_same_language_is_suggested(
    local_embedder: LocalEmbedder,
) -> None:
    suggestions = Suggestions(QUESTIONS, local_embedder)
    assert suggestions.nearest("In che città si svolge il summit?", "it") == QUESTIONS[1].question
    assert suggestions.nearest("Where is the summit?", "en") == QUESTIONS[2].question


def test_what_the_sources_do_not_answer_is_never_suggested() -> None:
    suggestions = Suggestions(QUESTIONS, HashEmbedder())
    assert suggestions.nearest("Chi ha vinto la partita?", "it") != "Chi ha vinto la partita?"


def test_without_questions_there_is_no_suggestion() -> None:
    embedder = HashEmbedder()
    assert Suggestions((), embedder).nearest("Che cosa?", "it") == ""
    assert Suggestions(QUESTIONS[:2], embedder).nearest("What?", "en") == ""
    assert Suggestions(QUESTIONS[3:], embedder).nearest("Che cosa?", "it") == ""


def test_of_very_many_questions_only_some_are_embedded() -> None:
    embedder = HashEmbedder()
    Suggestions([Asked(str(n), f"Domanda {n}?") for n in range(1_000)], embedder)
    assert len(embedder.texts) <= 200
