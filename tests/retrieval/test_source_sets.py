"""A search within one set of the documents never shows a word of another."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from retrieval.embedding import LocalEmbedder
from retrieval.library import Library
from retrieval.question import parse
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.settings import Settings
from retrieval.types import Answer, Status, Turn, set_of
from tests.retrieval.writers import desk, writing

SETS = {"cucina": "ZUCCABARUCCA", "mare": "SCAMPANELLA"}
QUESTIONS = (
    "Quanto pesa il cannone di bronzo?",
    "Chi ha trovato il cannone?",
    "Quando è stato trovato?",
    "Di che colore è la stanza?",
    "Che tempo fa a Oslo?",
    "How heavy is the bronze cannon?",
    "Ciao!",
    "???",
)


@pytest.fixture(scope="module")
def library(
    local_embedder: LocalEmbedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    """Two folders that speak of the same with other facts, each with a word of its own."""
    store = tmp_path_factory.mktemp("sets")
    settings = Settings(store / "sources", store)
    lines = []
    for number, (name, canary) in enumerate(SETS.items(), start=2):
        folder = settings.sources / name / "altro"
        folder.mkdir(parents=True)
        text = f"# Il museo {canary}\n\nIl cannone di bronzo del museo {canary} pesa {number}0 kg."
        text += f" Lo ha trovato {canary} Rossi.\n\nLa stanza di {canary} è di un altro colore.\n"
        (folder / "museo.md").write_text(text, "utf-8")
        question = f"Quanto pesa il cannone di bronzo del museo {canary}?"
        answers = [f"{number}0 kg"]
        asked = {"id": name, "question": question, "answers": answers}
        lines.append(json.dumps({**asked, "source": f"{name}/altro/museo"}))
    settings.questions.write_text("\n".join(lines), "utf-8")
    (settings.sources / "solo.txt").write_text("PIRIMPILLO: il cannone pesa 9 kg.\n", "utf-8")
    reload(settings, local_embedder)
    library = Library(settings, local_embedder, Ranker.load())
    library.refresh()
    yield library
    library.close()


def all_of(answer: Answer) -> str:
    """Everything an answer holds, as one text."""
    return repr(answer) + "".join(quote.passage.text for quote in answer.quotes)


def test_the_topmost_folder_names_the_set() -> None:
    assert [set_of(id_) for id_ in ("a", "a/b", "a/b/c")] == ["", "a", "a"]


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_from_outside_a_set_is_ever_shown(
    library: Library, name: str, question: str
) -> None:
    others = [*(word for other, word in SETS.items() if other != name), "PIRIMPILLO"]
    history = [Turn("Quanto pesa il cannone di bronzo?")]
    for found in (
        library.find(question, within=name),
        library.find(question, within=name, history=history),
    ):
        shown = all_of(found.answer) + repr(found.passages) + repr(found.sources)
        assert not [word for word in others if word in shown]
        assert {source.id for source in found.sources} <= {f"{name}/altro/museo"}


def test_each_set_answers_the_same_question_for_itself(library: Library) -> None:
    question = "Quanto pesa il cannone di bronzo?"
    for name, weight in (("cucina", "20 kg"), ("mare", "30 kg")):
        [*_, last] = library.ask(question, within=name).quotes
        assert weight in last.text
    ranked = library.ask(question).ranked
    assert len(ranked) == 3


def test_a_set_that_is_not_there_has_no_sources(library: Library) -> None:
    for name in ("montagna", "cucina/altro", "solo"):
        assert library.ask("Quanto pesa il cannone?", within=name).status is Status.NO_SOURCES
        assert library.suggestions("it", within=name) == ()


def test_all_of_a_set_can_be_found(library: Library) -> None:
    shelf = library._lending.shelf
    assert shelf
    ranking = shelf.retriever.search(parse("il cannone"), within="mare")
    assert {s.passage.source for s in ranking.sentences} == {"mare/altro/museo"}


def test_good_questions_are_about_the_set_and_in_the_language(library: Library) -> None:
    [one] = library.suggestions("it", within="mare")
    assert "SCAMPANELLA" in one
    assert len(library.suggestions("it")) == 2
    assert library.suggestions("en") == ()


def test_good_questions_are_answered_surely_and_at_most_three(sample: Library) -> None:
    for language in ("it", "en"):
        good = sample.suggestions(language)
        assert len(good) == 3
        assert all(sample.ask(question, language=language).claims for question in good)


async def test_a_model_gets_nothing_from_outside_a_set(library: Library) -> None:
    question = "Quanto pesa il cannone di bronzo?"
    quote = "Il cannone di bronzo del museo SCAMPANELLA pesa 30 kg."
    async with desk(library) as at:
        at.server.script.extend([writing(("Pesa 30 kg.", quote))] * 2)
        first = await at.writer.ask(question, within="mare")
        assert first.written
        # What is known from one set is no answer in another: it is asked for anew, and fails.
        again = await at.writer.ask(question, within="cucina")
        prompts = [request.data for request in at.server.requests]
    assert "SCAMPANELLA" in prompts[0]
    assert "ZUCCABARUCCA" not in prompts[0] + all_of(first)
    assert "ZUCCABARUCCA" in prompts[1]
    assert "SCAMPANELLA" not in prompts[1]
    assert "SCAMPANELLA" not in all_of(again)
