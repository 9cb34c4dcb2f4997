"""A text word by word."""

from __future__ import annotations

from hypothesis import given

from retrieval.verification.prose import pair, read
from tests.retrieval.texts import texts


def test_clauses_end_at_marks_and_joining_words() -> None:
    prose = read("Piove, ma il sole torna quando vuole")
    assert [token.clause for token in prose.tokens] == [0, 1, 1, 1, 1, 2, 2]


def test_words_of_one_meaning_are_paired() -> None:
    pairing = pair(read("The offices open"), read("Gli uffici aprono"))
    assert pairing.found == {1: (1,), 2: (2,)}
    assert pairing.draws_on(2)


def test_a_word_said_in_two_clauses_draws_on_neither() -> None:
    pairing = pair(read("gli uffici"), read("Gli uffici aprono, altri uffici chiudono"))
    assert not pairing.draws_on(1)


@given(texts)
def test_words_keep_their_places(text: str) -> None:
    for token in read(text).tokens:
        assert text[token.start : token.end] == token.text
