"""A page stands by itself, in any browser, whatever the documents hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation import Outcome, Result, compare, report
from retrieval.evaluation.page import page
from retrieval.types import Answer, Claim, Quote, Status
from tests.retrieval.evaluation.made import RIGHT, answered, outcome, question, refused
from tests.retrieval.texts import passage_of, source_of

HOSTILE = "</script></style><img src=x onerror=alert(1)>\"'&amp;<!--]]>\x00\x1b"
OUTCOMES = [
    outcome(answered(RIGHT)),
    outcome(answered("Fine."), asked=question(lang="en")),
    outcome(refused()),
    outcome(refused(), "off-topic"),
    outcome(answered(RIGHT), "near-miss"),
]


def shown(outcomes: Sequence[Outcome], *, compared: bool = False) -> str:
    results = [Result.of(each) for each in outcomes]
    return page(
        report(outcomes),
        outcomes,
        sources={"nato"},
        about={"questions": "a <file>"},
        comparison=compare(results, results) if compared else None,
    )


def tree(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.removeprefix("<!DOCTYPE html>\n"))


@pytest.mark.parametrize("outcomes", [OUTCOMES, OUTCOMES[:1], OUTCOMES[3:4], []])
def test_a_page_is_well_formed_and_its_ids_are_its_own(outcomes: list[Outcome]) -> None:
    found = tree(shown(outcomes, compared=bool(outcomes)))
    ids = [element.get("id") for element in found.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    links = [(element.get("href") or "")[1:] for element in found.iter("a")]
    assert links
    assert set(links) <= set(ids)


def test_a_page_needs_no_script_and_no_network() -> None:
    text = shown(OUTCOMES)
    assert "default-src 'none'" in text or "default-src &#x27;none&#x27;" in text
    assert not re.search(r"<script|<link|<img|url\(|@import|https?:|\bsrc=| on\w+=", text)


def test_tables_have_headings_and_captions_and_plots_descriptions() -> None:
    found = tree(shown(OUTCOMES, compared=True))
    tables = list(found.iter("table"))
    assert len(tables) == 5
    for table in tables:
        assert table.find("caption") is not None
        assert all(head.get("scope") == "col" for head in table.iterfind("thead/tr/th"))
        assert all(row[0].get("scope") == "row" for row in table.iterfind("tbody/tr"))
    for drawing in found.iter("svg"):
        assert drawing.get("aria-hidden") == "true" or drawing.find("desc") is not None


def hostile(text: str) -> Outcome:
    """An outcome that says a text wherever a text can stand."""
    source = source_of(text, text)
    quote = Quote(text, text, source.content_hash, 0, len(text), text, passage_of(text, name=text))
    asked = question(name=text, words=text, answers=(text,), kind="answerable")
    answer = Answer(text, "it", Status.NOT_IN_SOURCES, text, 0.1, closest=quote, searched=text)
    return outcome(answer, asked=asked)


def test_a_hostile_document_is_shown_and_not_obeyed() -> None:
    text = shown([hostile(HOSTILE)], compared=True)
    found = tree(text)
    assert not [element for element in found.iter() if element.tag in ("img", "script")]
    assert "\x00" not in text
    assert "\x1b" not in text
    words = "".join(found.itertext())
    assert words.count("<img src=x onerror=alert(1)>") >= 5
    assert "a <file>" in words


@given(st.text(st.characters(), min_size=1))
def test_a_page_is_well_formed_whatever_is_said_on_it(text: str) -> None:
    made = shown([hostile(text)])
    assert tree(made) is not None
    made.encode()


def test_an_answer_is_shown_with_all_its_quotes() -> None:
    assert Claim(RIGHT, OUTCOMES[0].answer.quotes).quotes
    text = shown([outcome(answered("Fine.", RIGHT))])
    assert text.count("<mark>") == 2


def test_the_comparison_is_there_if_there_was_one() -> None:
    assert "Compared with the earlier run" in shown(OUTCOMES, compared=True)
    assert "Compared with the earlier run" not in shown(OUTCOMES)


def test_numbers_of_failures_are_those_of_the_page() -> None:
    text = shown(OUTCOMES)
    assert "What went wrong (3 of 5)" in text
    assert text.count('class="one"') == 3
