"""The words that answer are marked where they can be told, and nothing where they can't."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.highlighting import MOST, highlights
from retrieval.question import parse
from retrieval.types import Span
from retrieval.words import words
from tests.retrieval.texts import texts


def marked(question: str, text: str) -> list[str]:
    return [text[span.start : span.end] for span in highlights(parse(question), text)]


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("Quanti membri ha il club?", "Il club ha 31 membri dal 1990.", ["31 membri"]),
        (
            "How many members does the club have?",
            "The club has twelve members.",
            ["twelve members"],
        ),
        ("How many members does the Lido club have?", "Il club Lido ha 31 membri.", ["31 membri"]),
        (
            "Quante persone lavorano al faro?",
            "Al faro lavora una sola persona.",
            ["una sola persona"],
        ),
        (
            "Quale percentuale del ponte è di legno?",
            "Il ponte ha 40 anni ed è per il 70 % di legno.",
            ["70 %"],
        ),
        ("Quanto costa il ponte?", "Il ponte, in 3 anni, costa 4 milioni di euro.", ["4 milioni"]),
    ],
)
def test_of_a_quantity_the_figure_with_its_unit(question: str, text: str, found: list[str]) -> None:
    assert [mark.removesuffix(" di euro") for mark in marked(question, text)] == found


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        (
            "Quando aprì il teatro?",
            "Il teatro aprì il 3 maggio 1921 con 40 posti.",
            ["3 maggio 1921"],
        ),
        ("In che anno chiuse il teatro?", "Nato nel 1921, il teatro chiuse nel 1980.", ["1980"]),
        ("When did the theatre open?", "The theatre opened in May, after a strike.", ["May"]),
        (
            "Quando il ministro ha visitato il Perù?",
            "Ne parlarono a gennaio, quando il ministro ha visitato il Perù.",
            ["gennaio"],
        ),
    ],
)
def test_of_a_time_the_date(question: str, text: str, found: list[str]) -> None:
    assert marked(question, text) == found


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("Chi dirige il museo?", "Il museo di Bari è diretto da Anna Ricci.", ["Anna Ricci"]),
        ("Who runs the museum?", "The museum is run by Anna Ricci.", ["Anna Ricci"]),
        ("Chi ha sposato Anna Ricci?", "Nel 1990 Anna Ricci ha sposato Ugo Neri.", ["Ugo Neri"]),
        ("Dove vive Anna?", "Anna vive a Bari con due gatti.", ["Bari"]),
        ("In quale città avrà sede l'ufficio?", "L'ufficio avrà sede a Lima.", ["Lima"]),
    ],
)
def test_of_a_person_or_a_place_the_name(question: str, text: str, found: list[str]) -> None:
    assert marked(question, text) == found


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        (
            "Perché il ponte è chiuso?",
            "Il ponte è chiuso perché il fiume è in piena, dice il sindaco.",
            ["perché il fiume è in piena"],
        ),
        (
            "Why is the bridge closed?",
            "The bridge is closed because of the flood.",
            ["because of the flood"],
        ),
    ],
)
def test_of_a_reason_the_clause_that_gives_it(question: str, text: str, found: list[str]) -> None:
    assert marked(question, text) == found


def test_of_a_list_all_its_names() -> None:
    text = "A Roma il club ha soci; altri soci sono in tre paesi: Perù, Cile e Bolivia."
    assert marked("In quali paesi il club ha soci?", text) == ["Perù", "Cile", "Bolivia"]
    text = "The members of the club are Anna Ricci, Ugo Neri and Ada Bianchi."
    assert marked("Who are the members of the club?", text) == [
        "Anna Ricci",
        "Ugo Neri",
        "Ada Bianchi",
    ]


def test_of_a_long_list_the_first_dozen() -> None:
    names = [
        f"{first}{end}"
        for first in ("Bor", "Cal", "Dov", "Fel")
        for end in ("go", "da", "ia", "eno")
    ]
    text = f"Fanno parte del club {', '.join(names)}."
    assert marked("Quali città fanno parte del club?", text) == names[:12]


def test_of_anything_else_the_rest_of_a_clause_that_says_the_question() -> None:
    text = "Domenica, dopo pranzo, Anna vuole comprare una barca a vela, si dice."
    assert marked("Che cosa vuole comprare Anna?", text) == ["barca a vela"]


def test_of_a_title_the_words_in_quotation_marks() -> None:
    text = "La campagna del club fu chiamata «il punto», per il suo disegno."
    assert marked("Qual è il nome della campagna del club?", text) == ["il punto"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Quanti membri ha il club?", "Il club ha molti membri."),
        ("Quanti anni ha Anna?", "Domani piove su 12 paesi."),
        ("Quanto guadagna il custode?", "Il custode lavora con due cani."),
        ("Quando aprì il teatro?", "Il teatro aprì con 40 posti."),
        ("Nel 1921 quando aprì il teatro?", "Il teatro aprì nel 1921."),
        ("Chi dirige il museo?", "Il museo cambia spesso direttore."),
        ("Dove vive Anna?", "Anna vive con due gatti."),
        ("Perché il ponte è chiuso?", "Il ponte è chiuso da ieri."),
        ("Come vende le mele Anna?", "Anna vende le mele a buon mercato."),
        ("Che cosa vuole Anna?", "Nessuno lo sa davvero."),
        # Four names, and none stands out; a clause with too little of the question in it.
        ("Chi ha parlato?", "Ada Riva ha parlato con Ugo Sala, Ivo Conti ha parlato a Eva Neri."),
        ("Che cosa produce la fabbrica di Torino?", "La fabbrica di Milano chiuse a maggio."),
        ("", "Il club ha 31 membri."),
    ],
)
def test_nothing_is_marked_where_it_cant_be_told(question: str, text: str) -> None:
    assert marked(question, text) == []


def test_a_quote_that_is_nothing_but_the_answer_has_no_marks() -> None:
    assert marked("Quando?", "Nel 1921") == ["1921"]
    assert marked("Quando?", "1921.") == []


@given(
    st.one_of(
        texts,
        st.sampled_from(
            "Quando? Chi? Dove? Perché? Quanti? Quanto costa? Quali paesi? Quale nome? Che cosa?"
            " Who? When? What name? Chi sono i membri? In che anno?".split("? ")
        ),
    ),
    texts,
)
def test_marks_are_whole_words_inside_the_quote_in_order(question: str, text: str) -> None:
    spans = highlights(parse(question), text)
    assert len(spans) <= MOST
    position = 0
    for span in spans:
        assert position <= span.start
        position = span.end
        assert_whole(text, span)
    assert position <= len(text)
    covered = sum(any(s.start < w.end and w.start < s.end for s in spans) for w in words(text))
    assert not spans or covered < len(words(text))


def assert_whole(text: str, span: Span) -> None:
    before, after = text[: span.start][-1:], text[span.end :][:1]
    assert not (before.isalnum() and text[span.start].isalnum())
    assert not (after.isalnum() and text[span.end - 1].isalnum())
    assert not after or not unicodedata.category(after).startswith("M")
    assert not text[span.start].isspace()
    assert not text[span.end - 1].isspace()


@given(texts)
def test_what_the_question_says_is_no_answer(text: str) -> None:
    if len(text) < 500:  # of a longer question not all is read
        for kind in ("Chi", "Dove", "Quando", "Perché"):
            assert marked(f"{kind} {text}", text) == []
