"""Features say how a sentence meets a question, in numbers a network can use."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from retrieval.chunking import chunk
from retrieval.features import NAMES, features
from retrieval.kinds import TokenKinds
from retrieval.lexical import Lexicon
from retrieval.meeting import Candidates, meet
from retrieval.question import parse
from retrieval.types import Passage
from tests.retrieval.texts import passage_of, source_of, texts

PASSAGES = (
    passage_of(
        "La NATO ha 31 membri. Fu fondata nel 1949. La dirige Jens Stoltenberg.",
        "La NATO ha 31 membri.",
        "Fu fondata nel 1949.",
        "La dirige Jens Stoltenberg.",
        name="nato",
    ),
    passage_of("Il pane si fa poiché serve.", name="bread"),
)


def describe(
    asked: str, passages: tuple[Passage, ...] = PASSAGES, cosine: float = 0.5
) -> NDArray[np.float32]:
    """Describe all sentences of all passages."""
    question, lexicon = parse(asked), Lexicon(passages, {})
    counts = np.diff(lexicon.firsts)
    vectors = np.zeros((len(question.terms), 8), dtype=np.float32)
    candidates = Candidates(
        passages=np.arange(len(passages), dtype=np.int32),
        bm25=lexicon.bm25(question, vectors),
        cosine=np.full(len(passages), cosine, dtype=np.float32),
        aimed=np.full(len(passages), cosine, dtype=np.float32),
        sentences=np.arange(counts.sum(), dtype=np.int32),
        owner=np.repeat(np.arange(len(passages)), counts).astype(np.int32),
        sentence_cosine=np.full(counts.sum(), cosine, dtype=np.float32),
        sentence_aimed=np.full(counts.sum(), cosine, dtype=np.float32),
    )
    meeting = meet(question, vectors, lexicon, candidates)
    weights = meeting.weights / meeting.weights.sum()
    return features(meeting, weights, weights, TokenKinds(lexicon))


def column(name: str, asked: str) -> list[float]:
    return [float(value) for value in describe(asked)[:, NAMES.index(name)]]


def test_there_is_a_row_a_sentence_and_a_column_a_name() -> None:
    table = describe("Quanti membri ha la NATO?")
    assert table.shape == (4, len(NAMES))
    assert len(set(NAMES)) == len(NAMES)


def test_the_sentence_with_the_words_of_the_question_covers_it() -> None:
    covered = column("covered", "Quanti membri ha la NATO?")
    assert covered[0] == max(covered) > 0.8
    assert column("covered", "Quanti membri conta NATO?")[3] == 0


def test_an_article_in_another_form_covers_next_to_nothing() -> None:
    assert 0 < column("covered", "Quanti membri conta la NATO?")[3] < 0.02


def test_its_neighbours_share_in_what_it_covers() -> None:
    assert column("covered_with_previous", "membri NATO")[1] == pytest.approx(1)
    assert column("covered_with_next", "fondata 1949")[0] == pytest.approx(1)
    assert column("covered_with_previous", "membri NATO")[3] == 0, "another passage is no neighbour"


@pytest.mark.parametrize(
    ("asked", "name", "number"),
    [
        ("Quanti membri ha la NATO?", "number_offered", 1),
        ("Quando fu fondata la NATO?", "time_offered", 1),
        ("Chi dirige la NATO?", "name_offered", 2),
        ("Perché si fa il pane?", "reason_offered", 3),
    ],
)
def test_a_sentence_offers_what_a_kind_of_question_wants(
    asked: str, name: str, number: int
) -> None:
    offered = column(name, asked)
    assert offered[number] > 0
    if name != "number_offered":  # the members are a number as well
        assert offered[number] == max(offered)


def test_names_in_a_question_must_be_met() -> None:
    assert column("asks_with_names", "Chi dirige la NATO?") == [1] * 4
    assert column("names_covered", "Chi dirige la NATO?") == [1, 0, 0, 0]
    assert column("passage_names_covered", "Chi dirige la NATO?") == [1, 1, 1, 0]


def test_figures_in_a_question_must_be_met() -> None:
    assert column("numbers_covered", "Che cosa accadde nel 1949?") == [0, 1, 0, 0]


def test_words_side_by_side_count_where_they_are_near_each_other() -> None:
    assert column("pairs", "Jens Stoltenberg") == [0, 0, 1, 0]


def test_a_question_in_another_language_is_told() -> None:
    assert column("other_language", "How many members does NATO have?") == [1] * 4
    assert column("other_language", "Quanti membri ha la NATO?") == [0] * 4


@hypothesis_settings(max_examples=50)
@given(st.lists(texts, min_size=1, max_size=3), st.one_of(texts, st.text()))
def test_any_sentence_and_any_question_have_finite_features(
    documents: list[str], asked: str
) -> None:
    passages = tuple(
        passage for n, text in enumerate(documents) for passage in chunk(source_of(text, str(n)))
    )
    if passages and parse(asked).terms:
        table = describe(asked, passages)
        assert np.isfinite(table).all()
        assert table.shape[1] == len(NAMES)


def test_what_may_answer_counts_for_more_beside_the_words_of_the_question() -> None:
    near = column("number_near", "Quanti membri ha la NATO?")
    assert near[0] == max(near) > 0
    assert near[3] == 0


def test_words_in_the_order_of_the_question_are_a_run() -> None:
    in_order, turned = column("run", "NATO ha 31 membri"), column("run", "membri 31 ha NATO")
    assert in_order[0] == pytest.approx(4 / 6)
    assert turned[0] == pytest.approx(1 / 6)
