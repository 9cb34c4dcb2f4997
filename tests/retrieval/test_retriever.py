"""A search finds passages by their words and by their meaning."""

from __future__ import annotations

from dataclasses import replace
from math import log

import numpy as np
import pytest

from retrieval.adapter import UNMOVED
from retrieval.answering import ON_TOPIC_AT
from retrieval.generations import Generations
from retrieval.library import Library
from retrieval.question import parse
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.retriever import Ranking, Retriever, is_shown
from retrieval.settings import Settings
from retrieval.types import Span, Status
from tests.retrieval.embedders import HashEmbedder
from tests.retrieval.rankings import ranking_of
from tests.retrieval.texts import passage_of

ONE = passage_of("Uno. Due.", "Uno.", "Due.", name="one")
TWO = passage_of("Tre.", name="two")


def test_passages_and_sources_come_in_the_order_of_how_likely_their_sentences_are_in_all() -> None:
    ranking = ranking_of((TWO, 0, 0.0), (ONE, 1, log(0.6)), (ONE, 0, log(0.5)))
    (first, best), (second, next_best) = ranking.passages()
    assert (first, second) == (ONE, TWO)
    assert [best, next_best] == pytest.approx([log(1.1), 0])
    assert ranking.sources() == ("one", "two")
    assert ranking.sources(1) == ("one",)
    assert ranking.sentences[1].span == ONE.sentences[1]


def test_one_likely_sentence_goes_before_many_unlikely_ones() -> None:
    ranking = ranking_of((TWO, 0, 0.0), (ONE, 1, log(0.4)), (ONE, 0, log(0.4)))
    assert [passage for passage, _ in ranking.passages()] == [TWO, ONE]


def test_a_source_is_as_likely_as_its_passages_together() -> None:
    again = replace(ONE, start=10, end=19, sentences=(Span(10, 14), Span(15, 19)))
    ranking = ranking_of((TWO, 0, 0.0), (ONE, 0, log(0.6)), (again, 0, log(0.6)))
    assert ranking.passages()[0][0] == TWO
    assert ranking.sources() == ("one", "two")


def test_a_sentence_is_as_likely_to_answer_as_its_score_says_against_the_best() -> None:
    ranking = ranking_of((TWO, 0, 0.0), (ONE, 1, log(0.25)), confidence=0.8)
    best, other = ranking.sentences
    assert ranking.probability(best) == 0.8
    assert ranking.probability(other) == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("shown", "is_left_out"),
    [
        (("Uno.",), True),
        (("Zero. Uno. Due.",), True),
        (("Un altro.", "Uno."), True),
        (("Uno",), True),
        (("Un altro.",), False),
        ((), False),
    ],
)
def test_a_sentence_was_shown_if_a_quote_holds_it_or_is_part_of_it(
    shown: tuple[str, ...], is_left_out: bool
) -> None:
    assert is_shown("Uno.", shown) is is_left_out


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
    assert scores[0] == 0
    assert ranking.probability(ranking.sentences[0]) == ranking.confidence
    assert 45 <= len(ranking.passages()) < 60
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


def test_what_was_shown_is_left_out_and_the_rest_is_ranked_anew(retriever: Retriever) -> None:
    question = parse("Quale documento parla della città 1031?")
    before = retriever.search(question)
    shown = [sentence.text for sentence in before.sentences[:2]]
    ranking = retriever.search(question, shown)
    kept = [sentence for sentence in before.sentences if sentence.text not in shown]
    assert [(s.passage.id, s.index) for s in ranking.sentences] == [
        (s.passage.id, s.index) for s in kept
    ]
    assert ranking.sentences[0].score == 0
    assert ranking.confidence < before.confidence


def test_where_everything_was_shown_nothing_is_left(retriever: Retriever) -> None:
    question = parse("Quale documento parla della città 1031?")
    shown = [sentence.text for sentence in retriever.search(question).sentences]
    assert retriever.search(question, shown) == Ranking()


def test_a_search_tells_how_much_of_the_subject_is_met(retriever: Retriever) -> None:
    met = retriever.search(parse("Quale documento parla della città 1031?")).on_topic
    missed = retriever.search(parse("Quanto guadagna un idraulico?")).on_topic
    assert 0 <= missed < ON_TOPIC_AT <= met <= 1 + 1e-6


def test_without_words_nothing_is_found(retriever: Retriever) -> None:
    assert retriever.search(parse("???")) == Ranking()


def test_what_ranking_learns_from_lines_up_with_the_candidates(retriever: Retriever) -> None:
    meeting = retriever.meet(parse("città 1005"), UNMOVED)
    candidates = meeting.candidates
    assert meeting.met.shape == (2, len(candidates.sentences))
    assert len(candidates.owner) == len(candidates.sentence_cosine) == len(candidates.sentences)
    assert len(candidates.passages) == len(candidates.bm25) == len(candidates.cosine)
    assert candidates.owner.max() == len(candidates.passages) - 1
    assert (np.diff(candidates.owner) >= 0).all()


def test_no_year_is_made_of_words_without_one(sample: Library) -> None:
    found = sample.ask("In che anno la Corea del Sud entrerà nella NATO?")
    assert found.status is Status.NOT_IN_SOURCES
    assert found.confidence < 0.1


def test_a_word_is_given_as_the_documents_write_it(sample: Library) -> None:
    with sample._lending.reading() as shelf:
        assert shelf
        written = shelf.retriever.written
    assert [written(word) for word in ("nato", "stoltenberg", "membri", "altri", "pane")] == [
        "NATO",
        "Stoltenberg",
        "membri",
        "altri",
        "",
    ]
