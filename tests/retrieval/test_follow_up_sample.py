"""Conversations on the sample that comes with the repository, with the real model."""

from __future__ import annotations

import pytest

from retrieval.library import Library
from retrieval.types import Answer, Status, Turn
from retrieval.wording import wording

SUMMIT = "Quando si terrà il vertice NATO?"
OFFICES = "In quali paesi la NATO ha uffici di collegamento?"


def talk(sample: Library, *questions: str) -> Answer:
    """Ask one question after the other, and give the last one's answer."""
    history: list[Turn] = []
    for text in questions:
        found = sample.ask(text, history=history)
        quotes = tuple(quote.text for quote in found.quotes)
        history.append(Turn(found.searched or text, quotes))
    return found


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        (("Quando si terrà il vertice NATO?", "E dove?"), "Lituania"),
        (("Dove si terrà il vertice della NATO?", "E quando?"), "luglio"),
        (("Quando Stoltenberg ha visitato il Giappone?", "Con chi ne ha parlato?"), "Kishida"),
        (("Quando Stoltenberg ha visitato il Giappone?", "E con chi ne ha discusso?"), "Kishida"),
        (("Chi guida il Quad?", "E chi ne fa parte?"), "India"),
        (("Che cos'è il Quad?", "Che cosa vuole?"), "contrastare"),
        (("Che cos'è il Quad?", "Chi lo guida?"), "Stati Uniti"),
        (
            (
                "In quale città avrà sede l'ufficio di collegamento?",
                "Quante persone ci lavoreranno?",
            ),
            "una sola persona",
        ),
        (("La NATO apre un ufficio a Tokyo?", "Chi ha dato la notizia?", "E quando?"), "mercoledì"),
        (("Chi ha dato la notizia?", "Quando l'ha data?"), "mercoledì"),
        (
            ("In quali paesi la NATO ha uffici di collegamento?", "E presso quali organizzazioni?"),
            "OSCE",
        ),
        (
            ("Presso quali organizzazioni la NATO ha uffici di collegamento?", "E in quali paesi?"),
            "Georgia",
        ),
        (("Dove si trova l'ufficio presso le Nazioni Unite?", "E quello presso l'OSCE?"), "Vienna"),
        (("A che cosa si oppone la Cina?", "Quando l'ha detto?"), "giugno"),
        (("A che cosa si oppone la Cina?", "E dove l'ha detto?"), "Consiglio di sicurezza"),
        (("Chi è Qin Gang?", "Che cosa ha dichiarato?"), "blocchi esclusivi"),
        (("Chi è Qin Gang?", "Quando ha tenuto la sua prima conferenza stampa?"), "marzo"),
        (("Chi è il primo ministro del Giappone?", "E il ministro degli Esteri?"), "Hayashi"),
        (("Chi è il ministro degli Esteri giapponese?", "E il primo ministro?"), "Kishida"),
        (
            ("Chi è il capo della diplomazia cinese?", "E il segretario generale della NATO?"),
            "Stoltenberg",
        ),
        (("Quale accordo vogliono firmare Tokyo e la NATO?", "Entro quando?"), "vertice"),
        (("Quale accordo vogliono firmare Tokyo e la NATO?", "E quando lo firmeranno?"), "luglio"),
        (("Che missione aprirà il Giappone?", "Chi l'ha lodata?"), "Stoltenberg"),
        (
            ("Quanti membri ha la NATO?", "Che cosa ha fatto circolare tra loro?"),
            "bozza di proposta",
        ),
        (("When did Stoltenberg visit Japan?", "Who did he talk to?"), "Kishida"),
        (("When did Stoltenberg visit Japan?", "And who with?"), "Kishida"),
        (("What is the Quad?", "Who leads it?"), "Stati Uniti"),
        (("What is the Quad?", "What does it want?"), "contrastare"),
        (("Who is the Japanese foreign minister?", "And the prime minister?"), "Kishida"),
        (("Who is the prime minister of Japan?", "What about the foreign minister?"), "Hayashi"),
        (
            ("Where will the liaison office be?", "How many people will work there?"),
            "una sola persona",
        ),
        (("What does China oppose?", "When did it say that?"), "giugno"),
        (("What does China oppose?", "Where did it say that?"), "Consiglio di sicurezza"),
        (("Who broke the news?", "When?"), "mercoledì"),
        (
            ("In which countries does NATO have liaison offices?", "And at which organisations?"),
            "OSCE",
        ),
        (
            ("Which other countries are in the Quad?", "Who leads it?", "And what does it want?"),
            "contrastare",
        ),
        (("Che cos'è il Quad?", "Chi ne fa parte?", "E chi lo guida?"), "Stati Uniti"),
    ],
)
def test_a_conversation_on_the_sample_finds_its_answer(
    sample: Library, questions: tuple[str, ...], expected: str
) -> None:
    found = talk(sample, *questions)
    assert any(expected in quote.text for quote in found.quotes[:3])
    assert all(sample.is_verbatim(quote) for quote in found.quotes)


def test_an_answer_tells_what_was_searched_and_is_in_the_language_of_its_question(
    sample: Library,
) -> None:
    found = talk(sample, SUMMIT, "And where?")
    assert found.question == "And where?"
    assert found.searched == "Where si terrà il vertice NATO?"
    assert found.follows == SUMMIT
    assert found.language == "en"
    assert found.text.startswith(wording("en").sure)


def test_a_question_that_stands_alone_was_searched_as_it_is(sample: Library) -> None:
    found = talk(sample, SUMMIT, "Quanti membri ha la NATO?")
    assert found.searched == ""
    assert "31 membri" in found.quotes[0].text


def test_who_else_never_repeats_what_was_shown_and_ends_in_so_many_words(sample: Library) -> None:
    told = ["Che cosa ha fatto Stoltenberg?"]
    seen = {quote.text for quote in talk(sample, *told).quotes}
    for _ in range(30):
        told.append("Che altro?")
        found = talk(sample, *told)
        if found.status is Status.NOT_IN_SOURCES:
            break
        assert not seen & {quote.text for quote in found.quotes}
        seen |= {quote.text for quote in found.quotes}
    assert len(told) > 2
    assert found.text == wording("it").nothing_more
    assert found.suggestion == ""


def test_what_goes_on_from_a_list_that_was_quoted_whole_is_none_of_it(sample: Library) -> None:
    listed = {quote.text for quote in talk(sample, OFFICES).quotes}
    assert not listed & {quote.text for quote in talk(sample, OFFICES, "Quali altri?").quotes}


def test_an_answer_off_the_subject_is_still_refused(sample: Library) -> None:
    found = talk(sample, "Come si fa il pane in casa?", "E quanto costa?")
    assert found.status is Status.NOT_IN_SOURCES
