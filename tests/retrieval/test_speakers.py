"""What somebody said is answered by nothing that another said."""

from __future__ import annotations

import pytest

from retrieval.library import Library
from retrieval.question import parse
from retrieval.retriever import RankedSentence, Ranking
from retrieval.speakers import of_whom_asked
from retrieval.types import Passage, Span, Status, Turn


def ranked(*sentences: str) -> Ranking:
    """Each a passage of its own, the first the likeliest."""
    return Ranking(
        tuple(
            RankedSentence(Passage("a.md", 0, len(s), s, (Span(0, len(s)),)), 0, -float(n))
            for n, s in enumerate(sentences)
        ),
        0.8,
        0.9,
    )


OKORO = "Okoro said that the museum will double its opening hours."
LANG = "Lang said that the museum has no money left."
FORTI = "Il sindaco Ugo Forti ha detto che la linea sarà elettrica."
CONTI = "L'assessora Lia Conti ha detto che mancano gli autisti."


@pytest.mark.parametrize(
    ("question", "sentences", "kept"),
    [
        ("What did Lang say?", (OKORO, LANG), (LANG,)),
        ("What did Lang say about the museum?", (OKORO, LANG), (LANG,)),
        ("Che cosa ha detto Forti?", (CONTI, FORTI), (FORTI,)),
        ("Che cosa ha detto? (Lia Conti)", (FORTI, CONTI), (CONTI,)),
        # What reports nothing is no answer to somebody who asks no more than that.
        ("Che cosa ha detto Lia Conti?", ("Lia Conti è assessora.", CONTI), (CONTI,)),
        ("Che cosa ha detto Forti della linea?", ("La linea di Forti è elettrica.", FORTI),
         ("La linea di Forti è elettrica.", FORTI)),
        # Who isn't named may be anybody, and a role isn't a name.
        ("Che cosa ha detto Forti?", ("Lo ha detto a giugno.", FORTI),
         ("Lo ha detto a giugno.", FORTI)),
        ("Che cosa ha detto il sindaco?", (CONTI, FORTI), (CONTI, FORTI)),
        ("Chi ha detto che mancano gli autisti?", (FORTI, CONTI), (FORTI, CONTI)),
        ("Quando parte Forti?", (CONTI, FORTI), (CONTI, FORTI)),
    ],
)  # fmt: skip
def test_others_words_are_left_out(
    question: str, sentences: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    found = of_whom_asked(ranked(*sentences), parse(question), lambda word: word)
    likely = [sentence for sentence in found.sentences if found.probability(sentence) > 1e-6]
    assert tuple(sentence.text for sentence in likely) == kept
    assert {sentence.text for sentence in found.sentences} == set(sentences)  # and nothing is lost
    assert found.sentences[0].score == 0.0


def test_what_is_left_is_as_sure_as_it_was_among_the_rest() -> None:
    before = ranked(OKORO, LANG)
    found = of_whom_asked(before, parse("What did Lang say?"), lambda word: word)
    assert found.confidence == pytest.approx(before.probability(before.sentences[1]))


def test_a_name_that_the_sources_do_not_write_leaves_out_nobody() -> None:
    found = of_whom_asked(ranked(OKORO, LANG), parse("What did China say?"), lambda _: "")
    assert len(found.sentences) == 2


def test_the_sample_says_what_one_said_and_nothing_for_who_said_nothing(sample: Library) -> None:
    said = sample.ask("Che cosa ha detto Stoltenberg?")
    history = [Turn(said.question, tuple(quote.text for quote in said.quotes))]
    assert "più vicino e più capace" in said.quotes[0].text
    assert sample.ask("E Hayashi?", history=history).status is Status.NOT_IN_SOURCES
    assert sample.ask("What did Kishida say?").status is Status.NOT_IN_SOURCES
    assert "blocchi esclusivi" in sample.ask("E Qin Gang?", history=history).quotes[0].text
    assert "fermamente" in sample.ask("What did China say?").quotes[0].text
