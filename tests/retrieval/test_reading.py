"""A text is read with a question in mind."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.question import parse
from retrieval.reading import Reading
from retrieval.types import Span
from tests.retrieval.texts import texts


def test_words_of_the_question_are_known_again_in_other_forms() -> None:
    reading = Reading(parse("Which university has the most students?"), "L'università di Roma.")
    assert [word.text for word, said in zip(reading.words, reading.asked, strict=True) if said] == [
        "università"
    ]
    reading = Reading(parse("Quanti membri ha il club?"), "Ogni membro del club.")
    assert reading.asked == [set(), {"membri"}, set(), {"club"}]


def test_the_share_that_is_met_leaves_out_the_noun_that_is_wanted() -> None:
    question = parse("In quale città lavora Anna?")
    assert Reading(question, "Anna dorme.").share_met() == 0.5
    assert Reading(question, "Anna lavora a Bari.").share_met() == 1.0
    assert Reading(question, "La città è grande.").share_met() == 0.0


def test_a_sentence_end_is_farther_than_a_comma_and_that_than_a_space() -> None:
    question = parse("Dove vive Anna?")
    near = [
        Reading(question, text).nearness((1, 2))
        for text in ("Anna Bari", "Anna, Bari", "Anna. Bari")
    ]
    assert near == sorted(near, reverse=True)
    assert len(set(near)) == 3


def test_a_place_that_cuts_a_word_isnt_whole() -> None:
    reading = Reading(parse("Che cosa?"), "A4 e\u0301 così")
    assert reading.is_whole(Span(0, 2))
    assert not reading.is_whole(Span(0, 1))
    assert not reading.is_whole(Span(1, 2))
    assert not reading.is_whole(Span(3, 4))  # an accent of its own follows


@given(texts, texts, st.data())
def test_any_text_can_be_read(asked: str, text: str, data: st.DataObject) -> None:
    reading = Reading(parse(asked), text)
    assert 0.0 <= reading.share_met() <= 1.0
    if reading.words:
        first = data.draw(st.integers(0, len(reading.words) - 1))
        last = data.draw(st.integers(first + 1, len(reading.words)))
        assert reading.range(reading.span((first, last))) == (first, last)
        assert 0.0 <= reading.nearness((first, last)) <= len(reading.question.terms)
