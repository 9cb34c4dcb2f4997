"""A question about each kind of document is answered with its words, at their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.generations import Generations
from retrieval.library import Library
from retrieval.settings import Settings
from tests.retrieval.sources import made


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = tmp_path_factory.mktemp("cited")
    for kind, river in {"pdf": "Adda", "docx": "Brenta", "epub": "Dora", "html": "Nera"}.items():
        folder = root / "sources" / kind
        folder.mkdir(parents=True)
        data: bytes = getattr(made, kind)()
        if kind == "pdf":
            data = made.pdf(
                [
                    ["# Il faro", "Il faro dell'Adda fu acceso nel 1820 dal custode Elio."],
                    ["# Il custode", "Il custode dell'Adda si chiamava Elio Negri."],
                ]
            )
        elif kind == "docx":
            data = made.docx([f"Il mulino sul {river} fu costruito nel 1777 da Oreste Galli."])
        elif kind == "epub":
            data = made.epub(
                {"a.xhtml": f"<h1>La {river}</h1><p>Sulla {river} si pesca a maggio.</p>"}
            )
        elif kind == "html":
            data = data.replace(b"Siena", river.encode())
        (folder / f"{kind}.{kind}").write_bytes(data)
    (root / "sources" / "paesi.csv").write_bytes(made.csv())
    return Settings(root / "sources", root)


@pytest.fixture(scope="module")
def library(settings: Settings) -> Library:
    return Library.open(settings)


@pytest.mark.parametrize(
    ("question", "words", "source", "heading", "page"),
    [
        ("Come si chiamava il custode dell'Adda?", "Elio Negri", "pdf/pdf", "Il custode", 2),
        ("Quando fu acceso il faro dell'Adda?", "1820", "pdf/pdf", "Il faro", 1),
        ("Chi costruì il mulino sul Brenta?", "Oreste Galli", "docx/docx", "", 0),
        ("Quando si pesca sulla Dora?", "maggio", "epub/epub", "La Dora", 0),
        ("Quanti visitatori ha ogni anno il ponte?", "tremila", "html/html", made.HEADING, 0),
        ("Quanti abitanti ha Tokyo?", "14 milioni", "paesi", "", 0),
    ],
)
def test_the_answer_is_quoted_from_its_page_and_heading(
    library: Library, settings: Settings, question: str, words: str, source: str, heading: str,
    page: int,
) -> None:  # fmt: skip
    quote = library.ask(question).quotes[0]
    assert words in quote.text
    assert (quote.source, quote.passage.heading, quote.page) == (source, heading, page)
    assert library.is_verbatim(quote)
    generation = Generations(settings.store).open(library.generation)
    try:
        kept = generation.source(source)
        assert kept.text[quote.start : quote.end] == quote.text
        assert kept.kind == Path(kept.path).suffix[1:]
    finally:
        generation.close()
