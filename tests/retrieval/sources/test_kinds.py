"""Each kind of file gives its sentences whole, its headings, rows and pages, and its author."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from retrieval.chunking import chunk
from retrieval.sources import kinds
from retrieval.types import Quote, Source, Span
from tests.retrieval.sources import made

FILES: dict[str, Callable[[], bytes]] = {
    ".pdf": made.pdf,
    ".docx": made.docx,
    ".epub": made.epub,
    ".html": made.html,
}
TEXT = f"""\
# {made.TITLE}

{" ".join(made.SENTENCES)}

{{}} {made.HEADING}

{made.MORE}

- {made.ITEMS[0]}
- {made.ITEMS[1]}

{made.ROW}
Città: Siena · Abitanti: 53 mila
"""


def source_of(suffix: str, data: bytes) -> Source:
    document = kinds.read(suffix, data)
    return Source("a", f"a{suffix}", document.title, document.text, pages=document.pages)


@pytest.mark.parametrize(
    ("suffix", "data", "level"),
    [(".docx", made.docx, "#"), (".epub", made.epub, "##"), (".html", made.html, "##")],
)
def test_headings_sentences_lists_and_tables_come_in_order(
    suffix: str, data: Callable[[], bytes], level: str
) -> None:
    assert kinds.read(suffix, data()).text == TEXT.format(level)


@pytest.mark.parametrize("suffix", FILES)
def test_a_document_says_its_title_and_author(suffix: str) -> None:
    document = kinds.read(suffix, FILES[suffix]())
    assert (document.title, document.author) == (made.TITLE, made.AUTHOR)


def test_a_page_says_when_and_where_it_was_published() -> None:
    page = kinds.read(".html", made.html())
    assert (page.date, page.origin) == (made.DATE, "Il Foglio di Prova")
    assert page.link == "https://example.org/ponte"
    book = kinds.read(".epub", made.epub())
    assert (book.date, book.origin) == (made.DATE, "Editore")
    assert kinds.read(".docx", made.docx()).date == made.DATE


@pytest.mark.parametrize("suffix", FILES)
def test_every_sentence_is_one_sentence_and_stands_under_its_heading(suffix: str) -> None:
    source = source_of(suffix, FILES[suffix]())
    passages = chunk(source)
    sentences = {text: passage for passage in passages for text in passage.sentence_texts()}
    for sentence in made.SENTENCES:
        assert sentences[sentence].heading == made.TITLE
    assert sentences[made.MORE].heading == made.HEADING
    for passage in passages:
        for span in passage.sentences:
            quote = Quote.of(source, span, passage)
            assert source.text[quote.start : quote.end] == quote.text


def test_a_pdf_tells_the_page_of_each_quote_though_a_sentence_runs_over_it() -> None:
    source = source_of(".pdf", made.pdf())
    assert source.text.startswith(f"# {made.TITLE}\n\n{' '.join(made.SENTENCES)}\n\n")
    [first, second] = chunk(source)
    assert (first.page, second.page) == (1, 2)

    def page_of(text: str) -> int:
        start = source.text.index(text)
        passage = first if start < first.end else second
        return Quote.of(source, Span(start, start + len(text)), passage).page

    assert page_of(made.SENTENCES[1]) == 1
    assert page_of("900 mila lire.") == 2
    assert page_of(made.MORE) == 2


def test_what_stands_on_every_page_of_a_pdf_is_left_out() -> None:
    words = [
        "Ogni pagina dice altro",
        "Anche qui si dice altro",
        "E qui non meno",
        "Fine del testo",
    ]
    pages = [
        [f"Rivista di prova, n. {n + 3}", f"La pagina {n} comincia così e va avanti.", f"{text}."]
        + [f"Un altro rigo di testo numero {n * 10 + m} sta qui." for m in range(6)]
        + [f"pag. {n} di 4"]
        for n, text in enumerate(words)
    ]
    source = source_of(".pdf", made.pdf(pages))
    assert "Rivista" not in source.text
    assert "pag." not in source.text
    assert source.text.count("comincia così") == 4
    assert [source.text[start:].startswith("La pagina") for start in source.pages] == [True] * 4


def test_a_word_keeps_its_own_hyphen_at_the_end_of_a_line() -> None:
    lines = ["Lo scrittore italo-americano visse a Trento, dove un altro autore italo-",
             "americano lo incontrò nel corso di una lunga e memorabile passeg-",
             "giata lungo il fiume."]  # fmt: skip
    text = kinds.read(".pdf", made.pdf([lines])).text
    assert "un altro autore italo-americano lo incontrò" in text
    assert "memorabile passeggiata lungo" in text


def test_a_scan_is_named_as_such() -> None:
    with pytest.raises(ValueError, match="a scan without text: run text recognition"):
        kinds.read(".pdf", made.pdf([["1"], ["2"], ["3"]]))


def test_a_protected_file_is_named_as_such() -> None:

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(made.pdf())))
    writer.encrypt("segreto", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    with pytest.raises(ValueError, match="protected with a password: save it without one"):
        kinds.read(".pdf", file.getvalue())
    for suffix in (".docx", ".xlsx"):
        with pytest.raises(ValueError, match="protected with a password, or not"):
            kinds.read(suffix, b"\xd0\xcf\x11\xe0 an old or a protected file")


def test_a_pdf_that_anybody_may_open_is_read_though_it_is_locked() -> None:

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(made.pdf())))
    writer.encrypt("", "padrone", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    assert made.SENTENCES[0] in kinds.read(".pdf", file.getvalue()).text


def test_rows_of_a_table_carry_their_headers() -> None:
    assert kinds.read(".csv", made.csv()).text == f"{made.ROW}\nCittà: Siena · Abitanti: 53 mila\n"
    assert kinds.read(".xlsx", made.xlsx()).text == (
        f"# Città\n\n{made.ROW}\nCittà: Siena · Abitanti: 53 mila\n\n"
        "# Conti\n\n"
        "Anno: 2023 · Entrate: 1234.50 € · Quota: 12.5% · Il giorno: 2023-05-12 · Somma: 3\n"
    )


def test_a_word_document_is_read_as_it_looks() -> None:
    import docx
    from docx.oxml import parse_xml

    document: Any = docx.Document()
    paragraph = document.add_paragraph("Dai ")
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    symbol = f'<w:r {names}><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    paragraph._p.append(parse_xml(symbol))
    paragraph.add_run(" 18 anni")
    paragraph.add_run(" (da verificare)").font.hidden = True
    paragraph.add_run(", 100 €").font.strike = True
    paragraph.add_run(", gratis").font.hidden = False
    file = io.BytesIO()
    document.save(file)
    assert kinds.read(".docx", file.getvalue()).text == "Dai ≥ 18 anni, gratis\n"


@pytest.mark.parametrize("tag", ["s", "del", "strike"])
def test_what_a_page_has_struck_out_is_not_said(tag: str) -> None:
    struck = f"Il biglietto del ponte costa <{tag}>100</{tag}> 80 lire in tutte le stagioni."
    page = made.html().replace(made.MORE.encode(), struck.encode())
    text = kinds.read(".html", page).text
    assert "Il biglietto del ponte costa 80 lire in tutte le stagioni." in text


@pytest.mark.parametrize("suffix", [".html", ".epub", "entry"])
def test_a_cell_over_several_rows_stands_in_each_of_them(suffix: str) -> None:
    table = """<table><tr><th>Anno</th><th>Città</th><th>Abitanti</th></tr>
    <tr><td rowspan="2">2023</td><td>Siena</td><td>53 mila</td></tr>
    <tr><td>Tokyo</td><td rowspan="9">14 milioni</td></tr>
    <tr><td colspan="2">Kyoto</td></tr></table>"""
    data = {
        ".html": made.html().replace(b"<table>", table.encode() + b"<table>"),
        ".epub": made.epub({"uno.xhtml": f"<h1>{made.TITLE}</h1>{table}"}),
        "entry": table.encode(),
    }[suffix]
    assert (
        "Anno: 2023 · Città: Siena · Abitanti: 53 mila\n"
        "Anno: 2023 · Città: Tokyo · Abitanti: 14 milioni\n"
        "Anno: Kyoto · Abitanti: 14 milioni\n"
    ) in kinds.read(suffix, data).text


def test_a_duration_is_in_hours_in_any_language() -> None:
    from openpyxl import Workbook

    book: Any = Workbook()
    book.active.append(["Corso", "Durata", "Ritardo"])
    book.active.append(["Nuoto", timedelta(hours=30, minutes=5), timedelta(seconds=95)])
    file = io.BytesIO()
    book.save(file)
    text = kinds.read(".xlsx", file.getvalue()).text
    assert text == "# Sheet\n\nCorso: Nuoto · Durata: 30:05 · Ritardo: 0:01:35\n"


def test_a_row_is_one_sentence_and_a_first_column_of_dates_is_no_label() -> None:
    data = b"Data,Evento\n12 maggio,Dott. Rossi parla. Poi si mangia.\n13 maggio,Riposo\n"
    [passage] = chunk(source_of(".csv", data))
    assert passage.sentence_texts() == (
        "Data: 12 maggio · Evento: Dott. Rossi parla. Poi si mangia.",
        "Data: 13 maggio · Evento: Riposo",
    )


def test_lines_within_a_cell_are_not_run_together() -> None:
    data = b'Nome,Nota\nAda,"prima riga\r\n12\n34"\nBice,una\n'
    text = kinds.read(".csv", data).text
    assert text == "Nome: Ada · Nota: prima riga 12 34\nNome: Bice · Nota: una\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_in_any_usual_encoding_and_with_any_delimiter(
    encoding: str, delimiter: str
) -> None:
    rows = [("Città", "Abitanti", "Nota"), ("Forlì", "117.000", 'detta "la bella"; antica, sì')]
    quoted = "\n".join(
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows
    )
    text = kinds.read(".csv", quoted.encode(encoding)).text
    assert text == 'Città: Forlì · Abitanti: 117.000 · Nota: detta "la bella"; antica, sì\n'


PROSE = "Perché la città è così bella? Non lo so, ma là c'è più luce che nel resto della valle. "


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_prose_in_the_old_western_encoding_is_read_where_that_is_sure(suffix: str) -> None:
    assert kinds.read(suffix, (PROSE * 2).encode("cp1252")).text == PROSE * 2
    russian = "Почему город так красив? Я не знаю, но там больше света, чем в долине. " * 2
    polish = "Dlaczego miasto jest tak piękne? Nie wiem, ale jest tam więcej światła niż tu. " * 2
    for text, encoding in ((russian, "cp1251"), (polish, "cp1250"), (PROSE * 2, "mac_roman"),
                           (PROSE * 2, "cp850"), ("Perché no", "cp1252")):  # fmt: skip
        with pytest.raises(ValueError, match="it is not UTF-8"):
            kinds.read(suffix, text.encode(encoding))


def test_a_page_in_the_encoding_it_declares_is_read() -> None:
    page = made.html().decode().replace("utf-8", "iso-8859-1")
    assert kinds.read(".html", page.encode("iso-8859-1")).text == TEXT.format("##")


def test_a_page_without_any_article_is_read_whole() -> None:
    text = kinds.read(".html", b"<p>Uno</p><p hidden>no</p><div>Due<br>Tre</div>").text
    assert text == "Uno\n\nDue\nTre\n"


def test_what_a_script_or_nothing_draws_is_named() -> None:
    for data in (b"<script>document.write('Testo')</script>", b"<html></html>", b" "):
        with pytest.raises(ValueError, match=r"no text is found in it|empty"):
            kinds.read(".html", data)


def test_changes_that_were_not_yet_taken_on_are_read_as_if_they_were() -> None:
    changed = made.edited(
        made.docx(["Il ponte è VECCHIO."]),
        "word/document.xml",
        "VECCHIO.",
        "</w:t></w:r><w:del><w:r><w:delText>vecchio</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>nuovo.</w:t></w:r></w:ins><w:r><w:t>",
    )
    assert "Il ponte è nuovo." in kinds.read(".docx", changed).text


def test_a_library_that_is_missing_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = {suffix: make() for suffix, make in {**FILES, ".xlsx": made.xlsx}.items()}
    for suffix, library in ((".pdf", "pypdf"), (".docx", "docx"), (".xlsx", "openpyxl"),
                            (".html", "trafilatura")):  # fmt: skip
        monkeypatch.setitem(sys.modules, library, None)
        with pytest.raises(ValueError, match=rf"needs {library}.*pip install 'passo\[documents\]'"):
            kinds.read(suffix, files[suffix])


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".epub", ".xlsx"])
@pytest.mark.parametrize("data", [b"\0\1\2\xff" * 500, b"%PDF-1.4 PK\3\4 <html", b"", b"PK\3\4"])
def test_what_is_no_such_file_is_refused_with_a_reason(suffix: str, data: bytes) -> None:
    with pytest.raises(ValueError, match=r"damaged, or not a"):
        kinds.read(suffix, data)


@pytest.mark.parametrize("suffix", [".csv", ".html", ".txt"])
def test_a_binary_file_under_the_name_of_a_text_is_refused(suffix: str) -> None:
    with pytest.raises(ValueError, match="binary"):
        kinds.read(suffix, b"MZ\0\1\2\xff" * 500)


@pytest.mark.parametrize("suffix", [*FILES, ".xlsx"])
def test_a_file_cut_short_anywhere_is_read_in_part_or_refused(suffix: str) -> None:
    data = {**FILES, ".xlsx": made.xlsx}[suffix]()
    for end in range(0, len(data), len(data) // 12):
        try:
            document = kinds.read(suffix, data[:end])
        except ValueError as error:
            assert str(error)  # noqa: PT017  # either will do
        else:
            assert document.text.strip()
