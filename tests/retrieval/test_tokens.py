"""Every word of every sentence has its number and its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.chunking import chunk
from retrieval.tokens import Tokens, tokens_of
from retrieval.words import fold, split
from tests.retrieval.texts import passage_of, source_of, texts

OFFICE = passage_of(
    "Apre a Tokyo. L'Ufficio è là.", "Apre a Tokyo.", "L'Ufficio è là.", name="office"
)


def written(tokens: Tokens) -> list[str]:
    words = list(tokens.words)
    return [words[number] for number in tokens.types]


def test_words_are_folded_and_numbered_in_the_order_of_the_text() -> None:
    tokens = tokens_of([OFFICE], {})
    assert written(tokens) == ["apre", "a", "tokyo", "l", "ufficio", "e", "la"]
    assert tokens.starts.tolist() == [0, 3, 7]
    assert tokens.firsts.tolist() == [0, 2]


def test_a_capital_counts_unless_it_opens_the_sentence() -> None:
    tokens = tokens_of([OFFICE], {})
    assert tokens.capital.tolist() == [False, False, True, False, True, False, False]


def test_titles_are_kept_apart_with_whose_they_are() -> None:
    bread = passage_of("Il pane.", name="bread")
    tokens = tokens_of([OFFICE, bread], {"bread": "Ricetta del pane"})
    words = list(tokens.words)
    assert [words[number] for number in tokens.titles] == ["ricetta", "del", "pane"]
    assert tokens.title_owners.tolist() == [1, 1, 1]


def test_forms_of_a_word_share_a_stem_and_not_a_number() -> None:
    tokens = tokens_of([passage_of("Uffici e ufficio.")], {})
    several, _, one = tokens.types
    assert several != one
    assert tokens.stem_of[several] == tokens.stem_of[one]


def test_a_sentence_without_words_has_a_token_all_the_same() -> None:
    tokens = tokens_of([passage_of("… !!!", "…", "!!!")], {})
    assert tokens.starts.tolist() == [0, 1, 2]


@given(st.lists(texts, max_size=3))
def test_any_texts_come_apart_into_their_words(documents: list[str]) -> None:
    passages = [
        passage
        for number, text in enumerate(documents)
        for passage in chunk(source_of(text, str(number)))
    ]
    tokens = tokens_of(passages, {})
    sentences = [text for passage in passages for text in passage.sentence_texts()]
    assert written(tokens) == [fold(w) for text in sentences for w in split(text) or ["·"]]
    assert len(tokens.starts) == len(sentences) + 1
    assert len(tokens.capital) == len(tokens.types)
