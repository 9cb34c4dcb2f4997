"""Sentences end where a reader would say they do."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.sentences import LONGEST, split_sentences
from tests.retrieval.texts import texts


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, 0, len(text))]


# One a line; "|" stands where a sentence ends.
TABLE = """
Roma è la capitale. | Conta tre milioni di abitanti.
Davvero? | Sì! | Allora andiamo.
Il dott. Rossi e la dott.ssa Bianchi arrivano. | Poi il prof. Verdi parla.
Il sig. Neri, l'avv. Gialli e l'ing. Blu. | Fine.
Vedi art. 5 e pag. 12 del vol. 3. | Poi fig. 2.
Morì nel 44 a.C. a Roma. | Augusto visse fino al 14 d.C. e oltre.
Nacque nel 63 a. C. a Velletri. | Poi regnò.
La FIAT S.p.A. ha sede a Torino. | Anche la Rossi S.r.l. di Milano.
Mr. Smith met Mrs. Jones and Dr. Brown. | They talked.
He came from the U.S. government. | She did not.
See e.g. Tokyo, i.e. the capital. | It is large.
Founded in Jan. 2020 by Prof. Lee. | It grew.
J. F. Kennedy nacque nel 1917. | Morì nel 1963.
C. S. Lewis wrote it. | J.R.R. Tolkien read it.
Il prezzo è 3.5 euro, o 1.000,50 lire. | Non di più.
Version 2.0.1 is out. | See www.example.com for more.
Crebbe del 3,5%. | Poi calò.
Disse: «Vengo. Aspettami.» e uscì. | Poi tornò.
«Vengo subito.» | Poi tacque.
“I am coming. Wait.” he said. | Then silence.
Ha detto: “Non lo so. Forse.” | Nessuno rispose.
Forse… forse no. | Chi lo sa...
Aspettò... | Poi partì.
Aspettò... poi partì.
Che cosa?! | Non ci credo!!
Disse «basta»! | E uscì.
Uscì (era tardi). | Tornò (verso sera.) | Dormì.
È vero? chiese lei. | Nessuno rispose.
«È vero?» chiese lei. | Nessuno rispose.
Andò a Roma. | «Eccomi», disse. | Poi dormì.
Il fiume va a est. | Poi gira. | O forse no. | Chi lo sa.
See No. 5 and est. 1990. | Read Cap. IV too.
Lo vidi nel 2023. | 31 membri erano presenti.
Titolo senza punto
1. Il primo punto è questo. | Il secondo no.
Parole. | Altre parole . . .
"""


@pytest.mark.parametrize("line", TABLE.strip().splitlines())
def test_a_sentence_ends_where_a_reader_would_say(line: str) -> None:
    expected = line.split(" | ")
    assert sentences(" ".join(expected)) == expected


def test_a_line_end_inside_a_paragraph_is_a_space() -> None:
    assert sentences("La NATO ha\n31 membri. Il\nvertice è a luglio.") == [
        "La NATO ha\n31 membri.",
        "Il\nvertice è a luglio.",
    ]


def test_a_quotation_that_never_closes_does_not_swallow_the_rest() -> None:
    assert sentences("Disse: «Vengo. Poi uscì. Non tornò.")[1:] == ["Poi uscì.", "Non tornò."]


def test_a_quotation_of_many_sentences_is_split_inside() -> None:
    inside = "Questa è una frase lunga quanto basta. " * 15
    assert len(sentences(f"Disse: «{inside}»")) >= 15


def test_a_stretch_is_split_as_if_nothing_were_around_it() -> None:
    text = "Prima. Uno. Due. Dopo."
    assert [text[s.start : s.end] for s in split_sentences(text, 7, 16)] == ["Uno.", "Due."]


def test_what_runs_on_is_cut_after_a_comma_or_between_words() -> None:
    text = ", ".join(f"la parola numero {n}" for n in range(200))
    parts = sentences(text)
    assert len(parts) > 3
    assert all(len(part) <= LONGEST for part in parts)
    assert all(part.endswith(",") for part in parts[:-1])
    assert " ".join(parts) == text


@given(texts)
def test_sentences_are_in_order_apart_and_lose_no_letter(text: str) -> None:
    spans = list(split_sentences(text, 0, len(text)))
    position = 0
    for span in spans:
        assert position <= span.start < span.end <= len(text)
        assert not text[position : span.start].strip()
        piece = text[span.start : span.end]
        assert piece == piece.strip()
        assert len(piece) <= LONGEST
        position = span.end
    assert not text[position:].strip()


@given(texts, st.data())
def test_sentences_stay_in_their_stretch(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert all(start <= s.start < s.end <= end for s in split_sentences(text, start, end))


@pytest.mark.parametrize("piece", [". ", ".", "1. 2 ", "Disse «ciao» e poi. ", "« ", "a.b "])
def test_a_hundred_thousand_characters_take_no_longer_than_they_must(piece: str) -> None:
    text = piece * (100_000 // len(piece)) + "a"
    began = time.perf_counter()
    assert sentences(text)
    assert time.perf_counter() - began < 5  # a tenth of a second, where nothing is quadratic
