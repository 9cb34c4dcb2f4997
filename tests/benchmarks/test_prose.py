"""Text for measuring size looks like text, and each size is always the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.prose import documents, word
from retrieval.chunking import chunk
from retrieval.types import Source
from retrieval.words import detect_language, fold, split


def test_a_document_is_italian_with_a_question_on_each_of_its_paragraphs() -> None:
    found = list(documents(50))
    assert [len(document.questions) for document in found] == [20, 20, 10]
    for document in found:
        assert document.text.count("\n\n") == len(document.questions) - 1
        assert detect_language(document.text, default="en") == "it"
        passages = chunk(Source(document.name, document.name, document.name, document.text))
        assert len(passages) >= 0.7 * len(document.questions)
    assert found == list(documents(50))


def test_a_question_is_made_of_words_of_its_paragraph() -> None:
    [document] = documents(20)
    for paragraph, question in zip(document.text.split("\n\n"), document.questions, strict=True):
        there = {fold(one) for one in split(paragraph)}
        asked = [one for one in split(question) if fold(one) in there]
        assert len(asked) >= 5


@given(st.lists(st.integers(0, 999_999), min_size=2, max_size=2, unique=True))
def test_no_two_ranks_share_a_word(ranks: list[int]) -> None:
    one, other = (word(rank) for rank in ranks)
    assert one != other
    assert one.isalpha()


def test_common_words_are_short_and_new_words_go_on_turning_up() -> None:
    words = [fold(one) for document in documents(300) for one in split(document.text)]
    half = len(set(words[: len(words) // 2]))
    assert half > 5_000
    assert len(set(words)) > 1.4 * half
    assert len(word(10)) < len(word(100_000))
