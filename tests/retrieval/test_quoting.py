"""The best quotes are few, verbatim, and understood without what stands around them."""

from __future__ import annotations

from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.chunking import chunk
from retrieval.extent import LONGEST
from retrieval.question import parse
from retrieval.quoting import closest_quote, quote_best
from retrieval.retriever import Ranking
from retrieval.types import Claim, Passage
from retrieval.verification import verify
from tests.retrieval.rankings import library_of, ranking_of, scored
from tests.retrieval.texts import passage_of, source_of, texts

TEXT = "Roma è grande. Milano è ricca. Napoli è viva. Torino è calma."
SENTENCES = ("Roma è grande.", "Milano è ricca.", "Napoli è viva.", "Torino è calma.")
SOURCE = source_of(TEXT)
PASSAGE = passage_of(TEXT, *SENTENCES)


def quoted(ranking: Ranking, text: str = TEXT) -> list[str]:
    sources = library_of(source_of(text))
    return [claim.text for claim in quote_best(ranking, sources.__getitem__)]


def best_of(text: str, *sentences: str, index: int) -> str:
    passage = passage_of(text, *sentences)
    return quoted(ranking_of((passage, index, 0.0)), text)[0]


def test_an_empty_ranking_gives_nothing() -> None:
    assert quote_best(Ranking(), library_of().__getitem__) == ()
    assert closest_quote(Ranking(), library_of().__getitem__) is None


def test_the_best_comes_first_and_each_claim_says_its_quote() -> None:
    ranking = ranking_of((PASSAGE, 2, 0.0), (PASSAGE, 0, -0.5), confidence=0.3)
    claims = quote_best(ranking, library_of(SOURCE).__getitem__)
    assert [claim.text for claim in claims] == ["Napoli è viva.", "Roma è grande."]
    for claim in claims:
        [quote] = claim.quotes
        assert claim.text == quote.text == TEXT[quote.start : quote.end]
        assert (quote.source, quote.title, quote.passage) == ("a", "A", PASSAGE)
        assert quote.content_hash == SOURCE.content_hash


def apart(confidence: float, *probabilities: float) -> list[str]:
    """Quote from a ranking of sentences that are no neighbours, each this likely to answer."""
    texts = [f"Frase numero {n}." for n in range(len(probabilities))]
    names = [str(n) for n in range(len(probabilities))]
    sources = library_of(*(source_of(t, n) for t, n in zip(texts, names, strict=True)))
    ranking = ranking_of(
        *(
            (passage_of(text, name=name), 0, log(probability / confidence))
            for text, name, probability in zip(texts, names, probabilities, strict=True)
        ),
        confidence=confidence,
    )
    return [claim.text for claim in quote_best(ranking, sources.__getitem__)]


@pytest.mark.parametrize("confidence", [0.001, 0.05, 0.3])
def test_there_are_never_more_than_three(confidence: float) -> None:
    given = apart(confidence, *[confidence] * 5)
    assert given == ["Frase numero 0.", "Frase numero 1.", "Frase numero 2."][: len(given)]
    assert len(given) == (3 if confidence >= 0.005 else 1)


@pytest.mark.parametrize(
    ("probabilities", "count"),
    [
        ((0.94, 0.05), 1),
        ((0.92, 0.05), 2),
        ((0.6, 0.34, 0.05), 2),
        ((0.6, 0.32, 0.05), 3),
    ],
)
def test_quotes_are_given_until_it_is_likely_enough_that_one_answers(
    probabilities: tuple[float, ...], count: int
) -> None:
    assert len(apart(probabilities[0], *probabilities)) == count


def test_what_is_already_quoted_ends_no_list() -> None:
    # Both neighbours are in the first quote; the chance of the second mustn't crowd out Torino.
    ranking = ranking_of((PASSAGE, 0, 0.0), (PASSAGE, 1, -0.2), (PASSAGE, 3, -2.4), confidence=0.6)
    assert quoted(ranking) == ["Roma è grande. Milano è ricca.", "Torino è calma."]


def test_what_hardly_answers_is_left_out() -> None:
    assert len(apart(0.5, 0.5, 0.0051)) == 2
    assert len(apart(0.5, 0.5, 0.0049)) == 1
    assert len(apart(0.5, 0.5, 0.0049, 0.0049)) == 1


def test_even_where_nothing_answers_the_best_is_quoted() -> None:
    assert apart(0.001, 0.001) == ["Frase numero 0."]


@given(st.floats(0.01, 1), st.lists(st.floats(-9, 0), max_size=6))
def test_of_any_ranking_the_quotes_are_as_few_as_are_likely_enough(
    confidence: float, scores: list[float]
) -> None:
    likely = [confidence * exp(score) for score in sorted([0.0, *scores], reverse=True)]
    given_ = len(apart(confidence, *likely))
    assert 1 <= given_ <= 3
    assert all(probability >= 0.005 for probability in likely[1:given_])
    assert sum(likely[: given_ - 1]) < 0.93
    if given_ < min(3, len(likely)):
        assert sum(likely[:given_]) >= 0.93 or likely[given_] < 0.005


@pytest.mark.parametrize(("best", "beside"), [(1, 2), (2, 1)])
def test_a_neighbour_about_as_likely_is_quoted_with_it_as_one(best: int, beside: int) -> None:
    ranking = ranking_of((PASSAGE, best, 0.0), (PASSAGE, beside, -1.9), confidence=0.6)
    assert quoted(ranking) == ["Milano è ricca. Napoli è viva."]


def test_a_neighbour_much_less_likely_comes_alone() -> None:
    ranking = ranking_of((PASSAGE, 1, 0.0), (PASSAGE, 2, -2.6), confidence=0.6)
    assert quoted(ranking) == ["Milano è ricca.", "Napoli è viva."]


def test_what_is_about_as_likely_but_no_neighbour_is_quoted_apart() -> None:
    ranking = ranking_of((PASSAGE, 0, 0.0), (PASSAGE, 2, -0.1), confidence=0.45)
    assert quoted(ranking) == ["Roma è grande.", "Napoli è viva."]


def test_a_sentence_of_another_passage_is_no_neighbour() -> None:
    other = passage_of("Bari è bella. Lecce è d'oro.", "Bari è bella.", "Lecce è d'oro.", name="b")
    sources = library_of(SOURCE, source_of(other.text, "b"))
    ranking = ranking_of((PASSAGE, 0, 0.0), (other, 1, -0.1), confidence=0.45)
    claims = quote_best(ranking, sources.__getitem__)
    assert [claim.text for claim in claims] == ["Roma è grande.", "Lecce è d'oro."]


def test_a_neighbour_that_would_make_the_quote_too_long_is_quoted_apart() -> None:
    long = f"{'parola ' * (LONGEST // 7)}fine."
    text = f"Roma è grande. {long}"
    passage = passage_of(text, "Roma è grande.", long)
    ranking = ranking_of((passage, 0, 0.0), (passage, 1, -0.1), confidence=0.5)
    assert quoted(ranking, text) == ["Roma è grande.", long]


def test_nothing_is_said_twice() -> None:
    twin = passage_of(TEXT, *SENTENCES, name="twin")
    sources = library_of(SOURCE, source_of(TEXT, "twin"))
    ranking = ranking_of((PASSAGE, 0, 0.0), (twin, 0, 0.0), (PASSAGE, 0, 0.0), confidence=0.3)
    assert [claim.text for claim in quote_best(ranking, sources.__getitem__)] == ["Roma è grande."]


@pytest.mark.parametrize(
    "leaning",
    ["Ha detto di sì.", "Questa è la ragione.", "«Lui non verrà», dice.", "It has 31 members."],
)
def test_a_sentence_that_leans_on_the_one_before_brings_it_along(leaning: str) -> None:
    text = f"Prima. Stoltenberg ha parlato. {leaning}"
    found = best_of(text, "Prima.", "Stoltenberg ha parlato.", leaning, index=2)
    assert found == f"Stoltenberg ha parlato. {leaning}"


def test_a_sentence_that_stands_by_itself_comes_alone() -> None:
    assert best_of(TEXT, *SENTENCES, index=2) == "Napoli è viva."
    assert best_of("Roma. Hanoi è bella.", "Roma.", "Hanoi è bella.", index=1) == "Hanoi è bella."


def test_the_first_sentence_has_nothing_to_bring() -> None:
    assert best_of("Questo è tutto. Fine.", "Questo è tutto.", "Fine.", index=0) == (
        "Questo è tutto."
    )


def test_a_very_long_sentence_is_not_brought_along() -> None:
    long = f"{'parola ' * 100}fine."
    assert best_of(f"{long} Questo no.", long, "Questo no.", index=1) == "Questo no."


def test_the_closest_quote_is_the_first() -> None:
    ranking = ranking_of((PASSAGE, 1, 0.0), (PASSAGE, 3, -1.0), confidence=0.01)
    closest = closest_quote(ranking, library_of(SOURCE).__getitem__)
    assert closest is not None
    assert closest.text == "Milano è ricca."


@given(st.lists(texts, min_size=1, max_size=3), st.floats(0, 1))
def test_every_quote_of_any_text_is_verbatim_and_passes_the_gate(
    documents: list[str], confidence: float
) -> None:
    sources = library_of(*(source_of(text, str(n)) for n, text in enumerate(documents)))
    passages: list[Passage] = [p for source in sources.values() for p in chunk(source)]
    ranking = scored(passages, confidence=confidence)
    claims = quote_best(ranking, sources.__getitem__)
    assert bool(claims) == bool(passages)
    assert verify(claims, sources.get).claims == claims
    closest = closest_quote(ranking, sources.__getitem__)
    for claim in (*claims, *((Claim(closest.text, (closest,)),) if closest else ())):
        for quote in claim.quotes:
            assert quote.text == sources[quote.source].text[quote.start : quote.end]


def test_what_has_no_word_that_may_answer_makes_no_quote_after_one_that_has() -> None:
    menu, cook, lunch = said = (
        "Il menu costa 28 euro.",
        "La cuoca viene da Lione.",
        "A pranzo il menu costa 18 euro.",
    )
    sources = library_of(*(source_of(text, str(n)) for n, text in enumerate(said)))

    def given(second: float, question: str) -> list[str]:
        likely = (0.6, second, 0.01)
        ranking = ranking_of(
            *(
                (passage_of(text, name=str(n)), 0, log(likely[n] / 0.6))
                for n, text in enumerate(said)
            ),
            confidence=0.6,
        )
        claims = quote_best(ranking, sources.__getitem__, parse(question))
        return [claim.text for claim in claims]

    assert given(0.015, "Quanto costa il menu?") == [menu, lunch]
    assert given(0.03, "Quanto costa il menu?") == [menu, cook, lunch]  # it may answer, untold
    assert given(0.015, "Quando apre la biblioteca?") == [menu, cook, lunch]  # nor does the first
