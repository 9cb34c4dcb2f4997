"""A figure that stands raised runs into no other: 10⁶ is not 106, nor is 2023 with a note 20234."""

from __future__ import annotations

import io
import time
from typing import Any

import pytest

from retrieval.sources import kinds
from retrieval.sources.raised import raised, raised_in
from tests.retrieval.sources import made

SAID = (
    "La galassia ha 10<sup>6</sup> stelle, fu vista nel 2023<sup class='n'> 4 </sup> da Ada Bassi, "
    "è larga 10<SUP>-3</SUP> parsec e occupa 340 m<sup>2</sup>; è la 1<sup>a</sup> di tutte."
)
READ = (
    "La galassia ha 10⁶ stelle, fu vista nel 2023⁴ da Ada Bassi, "
    "è larga 10⁻³ parsec e occupa 340 m²; è la 1a di tutte."
)


def test_of_a_page() -> None:
    page = made.html().replace(made.MORE.encode(), SAID.encode())
    assert READ in kinds.read(".html", page).text


def test_of_an_entry_of_a_feed() -> None:
    assert kinds.read("entry", f"<p>{SAID}</p>".encode()).text == f"{READ}\n"


def test_of_a_book() -> None:
    book = made.epub({"uno.xhtml": f"<h1>{made.TITLE}</h1><p>{SAID}</p>"})
    assert READ in kinds.read(".epub", book).text


def test_of_a_word_document() -> None:
    import docx

    document: Any = docx.Document()
    paragraph = document.add_paragraph("Ha 10")
    paragraph.add_run("6").font.superscript = True
    paragraph.add_run(" stelle, ed è la 1")
    paragraph.add_run("a").font.superscript = True
    file = io.BytesIO()
    document.save(file)
    assert kinds.read(".docx", file.getvalue()).text == "Ha 10⁶ stelle, ed è la 1a\n"


@pytest.mark.parametrize("bar", ["/", "⁄", " &frasl;"])
def test_a_fraction_stays_as_it_is(bar: str) -> None:
    half = f"<sup>1</sup>{bar}<sub>2</sub>"
    assert raised_in(half) == half


def test_what_is_no_figure_stays_as_it_is() -> None:
    for text in ("o", "th", "[4]", "12345", "", " "):
        assert raised(text) == text


@pytest.mark.parametrize("part", ["<sup", "<sup>", "<sup>1", "<sup>1</sup> ", "<sup a='"])
def test_however_much_there_is_takes_no_time(part: str) -> None:
    started = time.process_time()
    raised_in(part * 200_000)
    assert time.process_time() - started < 2
