"""The best quotes are few, verbatim, and understood without what stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.chunking import chunk
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
    ranking = ranking_of((PASSAGE, 2, 1.0), (PASSAGE, 0, 0.5), confidence=0.3)
    claims = quote_best(ranking, library_of(SOURCE).__getitem__)
    assert [claim.text for claim in claims] == ["Napoli è viva.", "Roma è grande."]
    for claim in claims:
        [quote] = claim.quotes
        assert claim.text == quote.text == TEXT[quote.start : quote.end]
        assert (quote.source, quote.title, quote.passage) == ("a", "A", PASSAGE)
        assert quote.content_hash == SOURCE.content_hash


@pytest.mark.parametrize("confidence", [0.0, 0.3, 0.7, 0.99])
def test_there_are_never_more_than_three(confidence: float) -> None:
    ranking = ranking_of(*((PASSAGE, n, 0.0) for n in range(4)), confidence=confidence)
    assert 1 <= len(quoted(ranking)) <= 3


def test_the_surer_the_fewer() -> None:
    def count(confidence: float) -> int:
        pairs = ((PASSAGE, n, -0.9 * n) for n in range(4))
        return len(quoted(ranking_of(*pairs, confidence=confidence)))

    counts = [count(confidence) for confidence in (0.1, 0.7, 0.95)]
    assert counts == sorted(counts, reverse=True)


def test_what_is_far_behind_the_best_is_left_out() -> None:
    assert quoted(ranking_of((PASSAGE, 0, 5.0), (PASSAGE, 1, -5.0))) == ["Roma è grande."]


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
    ranking = ranking_of((PASSAGE, 1, 0.0), (PASSAGE, 0, -1.0), confidence=0.01)
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
