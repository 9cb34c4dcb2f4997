"""A refusal suggests a question that the sources do answer."""

from __future__ import annotations

from retrieval.embedding import LocalEmbedder
from retrieval.evaluation import TestQuestion as Asked
from retrieval.suggestions import Suggestions
from tests.retrieval.embedders import HashEmbedder

QUESTIONS = (
    Asked("1", "Quanti membri ha la NATO?", source="nato"),
    Asked("2", "Dove si terrà il vertice?", source="nato"),
    Asked("3", "How many members does NATO have?", lang="en", source="nato"),
    Asked("4", "Chi ha vinto la partita?", kind="off-topic"),
)


def test_the_nearest_in_meaning_and_in_the_same_language_is_suggested(
    local_embedder: LocalEmbedder,
) -> None:
    suggestions = Suggestions(QUESTIONS, {"nato"}, local_embedder)
    assert suggestions.nearest("In che città si svolge il summit?", "it") == QUESTIONS[1].question
    assert suggestions.nearest("Where is the summit?", "en") == QUESTIONS[2].question


def test_what_the_sources_do_not_answer_is_never_suggested() -> None:
    suggestions = Suggestions(QUESTIONS, {"nato"}, HashEmbedder())
    assert suggestions.nearest("Chi ha vinto la partita?", "it") != "Chi ha vinto la partita?"


def test_without_questions_there_is_no_suggestion() -> None:
    embedder = HashEmbedder()
    assert Suggestions((), {"nato"}, embedder).nearest("Che cosa?", "it") == ""
    assert Suggestions(QUESTIONS[:2], {"nato"}, embedder).nearest("What?", "en") == ""
    assert Suggestions(QUESTIONS[3:], {"nato"}, embedder).nearest("Che cosa?", "it") == ""


def test_of_very_many_questions_only_some_are_embedded() -> None:
    embedder = HashEmbedder()
    questions = [Asked(str(n), f"Domanda {n}?", source="a") for n in range(1_000)]
    Suggestions(questions, {"a"}, embedder)
    assert 0 < len(embedder.texts) <= 200


def test_of_a_set_only_questions_about_its_documents_are_suggested() -> None:
    questions = (Asked("1", "Quanto?", source="a/x"), Asked("2", "Quando?", source="b/x"))
    suggestions = Suggestions(questions, {"a/x", "b/x"}, HashEmbedder())
    assert suggestions.nearest("Quando?", "it", within="a") == "Quanto?"
    assert suggestions.nearest("Quando?", "it", within="c") == ""
    assert suggestions.varied("it", within="b") == ["Quando?"]


def test_questions_about_different_documents_come_before_more_about_one() -> None:
    questions = [Asked(f"{s}{n}", f"{s}{n}?", source=s) for s in "ab" for n in range(2)]
    suggestions = Suggestions(questions, {"a", "b"}, HashEmbedder())
    assert suggestions.varied("it") == ["a0?", "b0?", "a1?", "b1?"]
    assert suggestions.varied("en") == []


def test_a_question_about_a_document_that_is_gone_is_never_suggested() -> None:
    assert Suggestions(QUESTIONS, {"pane"}, HashEmbedder()).nearest("Che cosa?", "it") == ""
