"""Lists for admins: each page fits in a message and turns, and every document is on one."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import ShownAnswer, ShownQuote
from bot.gaps import Gap
from bot.listings import confirmation, gaps_page, sources_page, why_parts
from bot.locales import words_in
from retrieval import Fallback, Language, Ranking, SourceSummary
from retrieval.retriever import RankedSentence
from tests.bot.fakes import a_passage
from tests.bot.test_entities import units

IT = words_in("it")


def summaries(count: int, title: str = "Documento") -> list[SourceSummary]:
    return [
        SourceSummary(
            str(n), f"{n}.md", f"{title} {n}", "0", "", "2026", n, 1200, link="https://example.org/x",
            seen="2026-11-26T10:00:00+00:00", changed="2026-11-20T10:00:00+00:00",
        )
        for n in range(count)
    ]  # fmt: skip


def test_every_document_is_on_one_page_with_its_number() -> None:
    found = summaries(25)
    pages = [sources_page(found, page, IT, details=True) for page in range(3)]
    lines = [line for page in pages for line in page.text.splitlines()]
    for n in range(25):
        assert sum(line.startswith(f"{n + 1}. Documento {n}") for line in lines) == 1
    assert [page.buttons[0][1].text for page in pages] == ["1/3", "2/3", "3/3"]
    assert [button.data for button in pages[0].buttons[0]] == ["s:2", "s:0", "s:1"]


def test_a_document_is_listed_with_its_date_in_words() -> None:
    [dated] = summaries(1)
    for date, said in (("2023-06-28", "(28 giugno 2023)"), ("May 2023", "(maggio 2023)")):
        part = sources_page([replace(dated, date=date)], 0, IT, details=False)
        assert f"Documento 0 {said} · " in part.text


def test_passages_of_two_with_the_same_text_are_counted_once() -> None:
    first, second, other = summaries(3)
    found = [replace(first, passages=4), replace(second, same_as=first.id, passages=4), other]
    part = sources_page(found, 0, IT, details=False)
    assert part.text.count("4 passi") == 1
    assert "• Documento 1 (2026) · lo stesso testo di «Documento 0»\n" in part.text
    detailed = sources_page(found, 0, IT, details=True)
    assert "2. Documento 1 (2026) · lo stesso testo di «0.md»\n" in detailed.text
    # Where the other isn't listed, this is the one to count.
    assert "4 passi" in sources_page(found[1:], 0, IT, details=False).text


def test_an_admin_sees_size_dates_and_link() -> None:
    part = sources_page(summaries(1), 0, IT, details=True)
    assert "0.md · 1.200 caratteri" in part.text
    assert "cambiato: 20 novembre 2026 · letto: 26 novembre 2026" in part.text
    assert "https://example.org/x" in part.text
    assert part.buttons == ()
    assert "example.org" not in sources_page(summaries(1), 0, IT, details=False).text


@given(st.integers(0, 60), st.integers(0, 10**6), st.text(min_size=1, max_size=400))
def test_any_page_fits_whatever_titles_are(count: int, page: int, title: str) -> None:
    for details in (True, False):
        part = sources_page(summaries(count, title), page, IT, details=details)
        assert 0 < units(part.text) <= 4096


def test_gaps_are_listed_with_their_counts_and_a_file() -> None:
    [part] = [gaps_page([Gap("Chi?", 1, 0, 0, 0), Gap("Dove?", 2, 1, 0, 0)], 0, 30, IT)]
    assert "• Chi? · una volta senza risposta · " in part.text
    assert "• Dove? · 2 volte senza risposta, 1 👎 · " in part.text
    gaps = [Gap(f"Domanda {n}?", 2, n % 2, 0, 86400) for n in range(12)]
    for language in get_args(Language):
        part = gaps_page(gaps, 1, 30, words_in(language))
        assert "Domanda 10?" in part.text
        assert "Domanda 9?" not in part.text
        assert [button.data for row in part.buttons for button in row] == [
            "g:30:0",
            "g:30:1",
            "g:30:0",
            "g:csv:30",
        ]
        assert gaps_page([], 0, 1, words_in(language)).buttons == ()


def test_a_confirmation_has_a_yes_and_a_no() -> None:
    part = confirmation("Tolgo?", "A" * 16, "remove-yes", IT)
    [[yes, no]] = part.buttons
    assert (yes.data, no.data) == (f"c:{'A' * 16}:y", f"c:{'A' * 16}:n")


def test_why_says_what_was_found_and_marks_what_was_cited() -> None:
    passage, other = a_passage(), a_passage("Altro testo.", start=500)
    shown = ShownAnswer(
        "A" * 16, 7, 0, 7, 5, 1000, "Quanti sono?", "answered", confidence=0.83, generation="g1",
        ms=23.4, quotes=(ShownQuote("vertice", "Il vertice", "0", 0, 31),), calls=1,
        input_tokens=100, output_tokens=10, written=True, ranked=("altro", "vertice"),
    )  # fmt: skip
    ranking = Ranking(
        (RankedSentence(passage, 0, 0.0), RankedSentence(other, 0, -1.0)), confidence=0.8
    )
    [part] = why_parts(shown, ranking, IT, current="g2", cost=1234)
    assert "Ho risposto, sicurezza 83%" in part.text
    assert "In 23 ms" in part.text
    assert "Documenti letti: g1 (ora quelli letti: g2)" in part.text
    assert "[1] Il vertice · caratteri 0–31" in part.text
    assert f"{IT('why-ranked')}\n1. altro\n2. vertice\n" in part.text
    assert "1. 80% vertice: «Il vertice si è tenuto" in part.text
    assert "2. 29% vertice: «Altro testo.»" in part.text
    assert "100" in part.text
    bold = [part.text[e.offset : e.offset + e.length] for e in part.entities if e.type == "bold"]
    assert "1. 80%" in " ".join(bold)
    assert "2. vertice" in bold
    assert "1. altro" not in bold
    assert "2. 29%" not in " ".join(bold)


@pytest.mark.parametrize("fallback", Fallback)
def test_why_says_in_words_why_a_model_did_not_write_it(fallback: Fallback) -> None:
    shown = ShownAnswer(
        "A" * 16, 7, 0, 7, 5, 1000, "Quanti sono?", "answered", fallback=str(fallback)
    )
    [part] = why_parts(shown, Ranking(), IT, current="", cost=0)
    [line] = [line for line in part.text.split("\n") if line.startswith("Il modello")]
    assert fallback not in line
    said = [IT("why-fallback", reason=other) for other in Fallback]
    assert said.count(line) == 1
