"""The values that cross borders are valid from the moment they exist."""

from __future__ import annotations

import dataclasses
import json

import pytest

from retrieval.types import Answer, Claim, Language, Passage, Quote, Source, Span, Status
from retrieval.types import content_hash as hash_of
from tests.retrieval.texts import passage_of

TEXT = "Roma è la capitale. Conta tre milioni di abitanti."


def quote(start: int = 0, end: int = 19) -> Quote:
    return Quote("a", "A", hash_of(TEXT), start, end, TEXT[start:end], passage_of(TEXT))


def answered(claims: tuple[Claim, ...], status: Status = Status.ANSWERED) -> Answer:
    return Answer("Che cosa?", "it", status, "Testo", 0.5, claims)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_a_span_is_never_empty_or_backwards(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_a_passage_has_as_many_characters_as_its_offsets_say() -> None:
    with pytest.raises(ValueError, match="passage 0-3 holds 4"):
        Passage("a", 0, 3, "Roma", ())
    with pytest.raises(ValueError, match="passage 0-0 holds 0"):
        Passage("a", 0, 0, "", ())


def test_the_sentences_of_a_passage_lie_inside_it() -> None:
    with pytest.raises(ValueError, match="outside passage 5-9"):
        Passage("a", 5, 9, "Roma", (Span(4, 9),))


def test_a_passage_gives_the_words_of_its_sentences_wherever_it_stands() -> None:
    passage = Passage("a", 100, 109, "Uno. Due.", (Span(100, 104), Span(105, 109)))
    assert passage.sentence_texts() == ("Uno.", "Due.")
    assert passage.id == "a@100-109"


def test_a_quote_has_its_own_length_and_lies_in_its_passage() -> None:
    good = quote()
    with pytest.raises(ValueError, match="holds 19"):
        dataclasses.replace(good, end=18)
    with pytest.raises(ValueError, match="outside its passage"):
        dataclasses.replace(good, start=40, end=59)
    with pytest.raises(ValueError, match="holds 0"):
        dataclasses.replace(good, end=0, text="")


def test_there_is_no_claim_without_a_quote() -> None:
    with pytest.raises(ValueError, match="needs a quote"):
        Claim("Roma è la capitale.", ())


@pytest.mark.parametrize("status", list(Status))
def test_answers_have_claims_and_refusals_have_none(status: Status) -> None:
    claims = (Claim("Roma", (quote(),)),)
    refuses = status in (Status.NOT_IN_SOURCES, Status.NO_SOURCES)
    assert answered(() if refuses else claims, status).status is status
    with pytest.raises(ValueError, match=status):
        answered(claims if refuses else (), status)


@pytest.mark.parametrize("confidence", [-0.01, 1.01, float("nan")])
def test_a_confidence_is_a_probability(confidence: float) -> None:
    with pytest.raises(ValueError, match="not a probability"):
        Answer("Che cosa?", "it", Status.NO_SOURCES, "Nulla", confidence)


def test_quotes_come_in_the_order_of_their_markers() -> None:
    first, second, third = quote(0, 4), quote(5, 6), quote(7, 9)
    answer = answered((Claim("uno", (first, second)), Claim("due", (third,))))
    assert answer.quotes == (first, second, third)


def test_an_answer_as_json_has_the_keys_of_the_contract_and_no_others() -> None:
    answer = answered((Claim("Roma è la capitale.", (quote(),)),))
    values = json.loads(json.dumps(answer.to_dict()))
    keys = "status text confidence claims closest disagreement generation ms"
    assert list(values) == keys.split()
    [claim] = values["claims"]
    assert list(claim) == ["text", "quotes"]
    assert claim["quotes"] == [
        {
            "source": "a",
            "title": "A",
            "origin": "",
            "date": "",
            "link": "",
            "page": 0,
            "start": 0,
            "end": 19,
            "quote": "Roma è la capitale.",
            "highlights": [],
        }
    ]
    assert values["status"] == "answered"
    assert values["closest"] is None
    assert values["disagreement"] == []


def test_a_refusal_shows_its_closest_passage_in_json() -> None:
    language: Language = "en"
    refusal = Answer("What?", language, Status.NOT_IN_SOURCES, "No.", 0.1, closest=quote())
    assert refusal.to_dict()["closest"] == quote().to_dict()
    assert refusal.quotes == ()


def test_a_highlight_lies_inside_what_it_marks() -> None:
    with pytest.raises(ValueError, match="outside the answer"):
        Answer("Che cosa?", "it", Status.NO_SOURCES, "Nulla", 0.0, highlights=(Span(3, 6),))
    with pytest.raises(ValueError, match="a highlight lies outside"):
        dataclasses.replace(quote(0, 4), highlights=(Span(3, 5),))


@pytest.mark.parametrize("numbers", [(1,), (1, 3), (0, 1), (1, 1), (1, 2)])
def test_only_quotes_of_different_sources_disagree(numbers: tuple[int, ...]) -> None:
    other = dataclasses.replace(quote(), source="b")
    same = answered((Claim("Roma è la capitale.", (quote(), quote())),))
    with pytest.raises(ValueError, match="disagree"):
        dataclasses.replace(same, disagreement=numbers)
    two = answered((Claim("Roma è la capitale.", (quote(), other)),))
    differ = dataclasses.replace(two, disagreement=(2, 1))
    assert differ.disagreement == (2, 1)
    assert differ.to_dict()["disagreement"] == [2, 1]


def test_values_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Source("a", "a.md", "A", "testo").text = "altro"  # type: ignore[misc]  # on purpose


def test_a_quote_knows_its_own_page_and_what_its_source_says_of_itself() -> None:
    source = Source(
        "a", "a.pdf", "A", TEXT, "ANSA", "2026", link="https://example.org/a", pages=(0, 20)
    )
    passage = passage_of(TEXT)
    quotes = [Quote.of(source, Span(*place), passage) for place in ((0, 19), (10, 30), (20, 25))]
    assert [quote.text for quote in quotes] == [TEXT[0:19], TEXT[10:30], TEXT[20:25]]
    assert [quote.page for quote in quotes] == [1, 1, 2]
    assert {(q.link, q.date, q.origin) for q in quotes} == {(source.link, "2026", "ANSA")}
    assert quotes[0].to_dict()["page"] == 1
    assert quotes[0].content_hash == source.content_hash
