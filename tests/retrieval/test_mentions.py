"""Figures, dates and names are found by how they are written."""

from __future__ import annotations

import pytest
from hypothesis import given

from retrieval.mentions import dates, figures, names
from retrieval.types import Span
from retrieval.words import words
from tests.retrieval.texts import texts


def cut(text: str, spans: list[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def named(text: str) -> list[str]:
    tokens = words(text)
    return [text[tokens[a].start : tokens[b - 1].end] for a, b in names(text, tokens)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Accadde il 23 marzo 2011, di sera.", ["23 marzo 2011"]),
        ("On March 3, 2011 it rained.", ["March 3, 2011"]),
        ("A gennaio, poi nel 1997.", ["gennaio", "1997"]),
        ("Nel XX secolo e negli anni '70.", ["XX secolo", "anni '70"]),
        ("Nel 63 a. C. era console.", ["63 a. C."]),
        ("Il mese scorso, mercoledì.", ["Il mese scorso", "mercoledì"]),
        ("Last year, on Friday.", ["Last year", "Friday"]),
        ("La guerra del 1754-1763 finì.", ["1754-1763"]),
        ("Ha 31 membri e 12.000 soci, il 5,1973 per cento.", []),
    ],
)
def test_dates(text: str, found: list[str]) -> None:
    assert cut(text, list(dates(text))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ha 31 membri.", ["31"]),
        ("Costa 4,5 milioni di euro.", ["4,5 milioni"]),
        ("Costa $ 20 miliardi o €3.", ["$ 20 miliardi", "€3"]),
        ("È il 90 % del 37 per cento.", ["90 %", "37 per cento"]),
        ("Ci lavora una sola persona, non due.", ["una sola", "due"]),
        ("They sold twelve of forty.", ["twelve", "forty"]),
        ("Vinse 23-16 con il B-52 e l'A4.", []),
        ("La sessanta e la santa.", ["sessanta"]),
    ],
)
def test_figures(text: str, found: list[str]) -> None:
    assert cut(text, list(figures(text, words(text)))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Il ministro Jens Stoltenberg vide Fumio Kishida.", ["Jens Stoltenberg", "Fumio Kishida"]),
        ("Il capo della NATO Jens Stoltenberg parla.", ["Jens Stoltenberg"]),
        ("La guerra in Bosnia ed Erzegovina.", ["Bosnia", "Erzegovina"]),
        ("Cinque paesi: Georgia e Kuwait.", ["Georgia", "Kuwait"]),
        ("Lo disse Vasco de Gama a J. Rossi.", ["Vasco de Gama", "J. Rossi"]),
        ("Ricci. Domani piove. Anna Ricci parte.", ["Anna Ricci"]),
        ("Oggi niente.", []),
    ],
)
def test_names(text: str, found: list[str]) -> None:
    assert named(text) == found


@given(texts)
def test_whatever_is_found_stands_in_the_text_in_order(text: str) -> None:
    tokens = words(text)
    for spans in (list(dates(text)), list(figures(text, tokens))):
        ends = [0, *(span.end for span in spans)]
        assert all(end <= span.start for end, span in zip(ends, spans, strict=False))
        assert ends[-1] <= len(text)
    position = 0
    for start, end in names(text, tokens):
        assert position <= start < end <= len(tokens)
        position = end
