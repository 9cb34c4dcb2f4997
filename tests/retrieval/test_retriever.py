"""A search finds passages by their words and by their meaning, and LangChain can use it."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.generations import Generations
from retrieval.library import Library
from retrieval.question import parse
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.retriever import Ranking, Retriever
from retrieval.settings import Settings
from retrieval.types import Status
from tests.retrieval.embedders import HashEmbedder
from tests.retrieval.rankings import ranking_of
from tests.retrieval.texts import passage_of

ONE = passage_of("Uno. Due.", "Uno.", "Due.", name="one")
TWO = passage_of("Tre.", name="two")


def test_passages_and_sources_come_in_the_order_of_their_best_sentence() -> None:
    ranking = ranking_of((TWO, 0, 3.0), (ONE, 1, 2.0), (ONE, 0, 1.0))
    assert ranking.passages() == ((TWO, 3.0), (ONE, 2.0))
    assert ranking.sources() == ("two", "one")
    assert ranking.sources(1) == ("two",)
    assert ranking.sentences[1].span == ONE.sentences[1]


def test_an_empty_ranking_is_sure_of_nothing() -> None:
    assert Ranking() == Ranking((), 0.0)
    assert Ranking().passages() == ()


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    """Sixty documents, found by their words alone: the embedder knows no meaning."""
    store = tmp_path_factory.mktemp("store")
    (store / "sources").mkdir()
    for number in range(60):
        text = f"Il documento parla della città {1_000 + number}. Altro non dice."
        (store / "sources" / f"{number:02}.txt").write_text(text)
    reload(Settings(store / "sources", store), HashEmbedder())
    generation = Generations(store).open_current()
    assert generation
    return Retriever(generation, HashEmbedder(), Ranker.load())


def test_every_passage_can_be_found_by_a_word_of_its_own(retriever: Retriever) -> None:
    for number in range(0, 60, 7):
        ranking = retriever.search(parse(f"Quale documento parla della città {1_000 + number}?"))
        assert f"{number:02}" in ranking.sources()[:3]


def test_a_search_gives_whole_passages_best_first(retriever: Retriever) -> None:
    ranking = retriever.search(parse("Che cosa dice il documento?"))
    scores = [sentence.score for sentence in ranking.sentences]
    assert scores == sorted(scores, reverse=True)
    assert 30 <= len(ranking.passages()) <= 40
    found = {(sentence.passage.id, sentence.index) for sentence in ranking.sentences}
    assert (
        len(found)
        == len(ranking.sentences)
        == sum(len(passage.sentences) for passage, _ in ranking.passages())
    )
    assert 0 <= ranking.confidence <= 1
    assert len(ranking.sources()) == 20


def test_the_same_question_gets_the_same_ranking(retriever: Retriever) -> None:
    question = parse("Quale documento parla della città 1031?")
    assert retriever.search(question) == retriever.search(question)


def test_without_words_nothing_is_found(retriever: Retriever) -> None:
    assert retriever.search(parse("???")) == Ranking()


def test_what_ranking_learns_from_lines_up_with_the_candidates(retriever: Retriever) -> None:
    meeting = retriever.meet(parse("città 1005"))
    candidates = meeting.candidates
    assert meeting.met.shape == (2, len(candidates.sentences))
    assert len(candidates.owner) == len(candidates.sentence_cosine) == len(candidates.sentences)
    assert len(candidates.passages) == len(candidates.bm25) == len(candidates.cosine)
    assert candidates.owner.max() == len(candidates.passages) - 1
    assert (np.diff(candidates.owner) >= 0).all()


def test_langchain_gets_passages_as_documents_best_first(sample: Library) -> None:
    documents = sample.as_retriever(3).invoke("Quanti membri ha la NATO?")
    assert len(documents) == 3
    best = documents[0]
    assert "31 membri" in best.page_content
    assert set(best.metadata) >= {"source", "start", "end", "heading", "score"}
    assert best.metadata["source"] == "nato-ufficio-tokyo"
    assert best.metadata["end"] - best.metadata["start"] == len(best.page_content)
    assert best.id is not None
    assert best.id.startswith("nato-ufficio-tokyo@")
    scores = [document.metadata["score"] for document in documents]
    assert scores == sorted(scores, reverse=True)


async def test_langchain_may_ask_without_blocking(sample: Library) -> None:
    documents = await sample.as_retriever(1).ainvoke("Dove si terrà il vertice?")
    assert len(documents) == 1
    assert await sample.as_retriever().ainvoke("???") == []


def test_no_year_is_made_of_words_without_one(sample: Library) -> None:
    found = sample.ask("In che anno la Corea del Sud entrerà nella NATO?")
    assert found.status is Status.NOT_IN_SOURCES
    assert found.confidence < 0.1
