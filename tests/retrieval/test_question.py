"""A question tells its language, its words, and what would answer it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question import LONGEST, Kind, parse
from retrieval.types import Language
from tests.retrieval.texts import texts

KINDS = {
    "Chi è il primo ministro del Giappone?": Kind.PERSON,
    "Who is the Japanese foreign minister?": Kind.PERSON,
    "Quando è nata la NATO?": Kind.TIME,
    "In che anno è stata fondata?": Kind.TIME,
    "When was it founded?": Kind.TIME,
    "In which year did it open?": Kind.TIME,
    "Dove si terrà il vertice?": Kind.PLACE,
    "Dov'è l'ufficio?": Kind.PLACE,
    "In quali paesi ci sono uffici?": Kind.PLACE,
    "Where will the summit be held?": Kind.PLACE,
    "Quanti membri ha la NATO?": Kind.NUMBER,
    "How many members does NATO have?": Kind.NUMBER,
    "Perché la Cina è contraria?": Kind.REASON,
    "Why is China against it?": Kind.REASON,
    "Come si fa il pane?": Kind.MANNER,
    "How do I change a tyre?": Kind.MANNER,
    "Quale accordo vogliono firmare?": Kind.THING,
    "Ufficio di Tokyo": Kind.THING,
}


@pytest.mark.parametrize(("text", "kind"), KINDS.items())
def test_a_question_wants_a_kind_of_answer(text: str, kind: Kind) -> None:
    assert parse(text).kind is kind


def test_capitals_inside_are_names_and_the_first_word_may_not_be() -> None:
    names = {term.text: term.is_name for term in parse("Quanti membri ha la NATO in Asia?").terms}
    assert {text for text, is_name in names.items() if is_name} == {"NATO", "Asia"}


def test_a_word_said_twice_is_one_term() -> None:
    assert [term.folded for term in parse("Il Quad: chi è nel quad?").terms].count("quad") == 1


def test_figures_and_grammar_are_known_as_such() -> None:
    terms = {term.text: term for term in parse("Che cosa accade nel 2023?").terms}
    assert terms["2023"].is_number
    assert not terms["2023"].is_function_word
    assert terms["nel"].is_function_word
    assert not terms["accade"].is_function_word


def test_the_noun_after_a_determiner_names_the_answer_and_a_verb_does_not() -> None:
    named = [term.text for term in parse("In quale città si terrà?").terms if term.names_answer]
    assert named == ["città"]
    assert not any(term.names_answer for term in parse("Quali sono i membri?").terms)


def test_a_term_has_its_stems_in_both_languages() -> None:
    [term] = parse("members").terms
    assert "member" in term.stems


def test_the_askers_language_decides_where_words_do_not() -> None:
    assert parse("NATO?", "en").language == "en"
    assert parse("NATO?").language == "it"
    assert parse("Dove sono gli uffici della NATO?", "en").language == "it"


@pytest.mark.parametrize("text", ["asdasd asdasd", "qwertz?", "asdasd NATO", "stoltenbergg 2023"])
@pytest.mark.parametrize("language", ["it", "en"])
def test_words_nobody_knows_are_in_the_askers_language(text: str, language: Language) -> None:
    assert parse(text, language).language == language


@pytest.mark.parametrize(
    ("text", "language"), [("chi è asdasdd?", "it"), ("who is trallala", "en")]
)
@pytest.mark.parametrize("askers", ["it", "en"])
def test_a_word_that_is_known_says_more_than_the_asker(
    text: str, language: Language, askers: Language
) -> None:
    assert parse(text, askers).language == language


@pytest.mark.parametrize("text", ["", " \n ", "???", "😀🎉", "…", "\u0301"])
def test_without_words_there_are_no_terms(text: str) -> None:
    assert parse(text).terms == ()


@given(st.one_of(texts, st.text()))
def test_any_text_is_a_question_that_can_be_encoded(text: str) -> None:
    question = parse(text)
    question.text.encode("utf-8")
    assert all(term.folded and all(term.stems) for term in question.terms)
    assert parse(question.text) == question


def test_half_a_surrogate_pair_does_no_harm() -> None:
    assert "NATO" in [term.text for term in parse("\ud83d Quanti membri ha la NATO? \udc00").terms]


def test_of_an_endless_question_the_beginning_is_read() -> None:
    question = parse("Quanti membri ha la NATO? " + "bla " * 100_000)
    assert len(question.text) <= LONGEST
    assert question.terms[0].text == "Quanti"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("In che anno entrerà nella NATO?", True),
        ("What year did it open?", True),
        ("Quando entrerà nella NATO?", False),
        ("Quale paese entrerà quest'anno?", False),
    ],
)
def test_a_question_that_names_a_date_is_known(text: str, asks: bool) -> None:
    assert parse(text).asks_for_a_date is asks


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("asdf qwerty zxcv", False),
        ("Asdf QWERTY?", False),
        ("", False),
        ("???", False),
        ("Chi è Zyxwvut Brambillasconi?", True),
        ("E quando?", True),
        ("asdf pane", True),
        ("asdf bread", True),
        ("asdf 2023", True),
        ("PANE", True),
    ],
)
def test_one_word_of_a_dictionary_or_of_grammar_or_a_figure_is_enough_to_be_known(
    text: str, has: bool
) -> None:
    assert parse(text).has_known_words is has


@pytest.mark.parametrize(
    ("text", "says"), [("E quando?", False), ("Chi è?", False), ("asdf", True), ("NATO", True)]
)
def test_grammar_alone_says_nothing(text: str, says: bool) -> None:
    assert parse(text).says_something is says
