"""Somebody who wants to send a quote on may choose among some; none where there is no answer."""

from __future__ import annotations

from retrieval.library import Library


def test_there_is_more_to_choose_from_than_an_answer_quotes(sample: Library) -> None:
    question = "Quanti membri ha la NATO?"
    offers = sample.offers(question)
    assert 1 <= len(offers) <= 5
    answered = sample.ask(question).quotes
    assert len(offers) >= len(answered)
    assert offers[0] == answered[0]
    assert all(sample.is_verbatim(quote) for quote in offers)
    assert len({quote.text for quote in offers}) == len(offers)


def test_nothing_is_offered_where_an_answer_would_refuse(sample: Library) -> None:
    for text in ("Ciao!", "???", "", "Chi ha vinto il campionato di pallavolo?"):
        assert sample.offers(text) == ()
    assert sample.offers("Quanti membri ha la NATO?", within="altrove") == ()
