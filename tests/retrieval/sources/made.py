"""Makes a document of each kind, the same in all: a heading, sentences, a list and a table."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

TITLE = "Il ponte di Siena"
AUTHOR = "Ada Bassi"
DATE = "2024-05-03"
SENTENCES = (
    "Il ponte di Siena fu inaugurato nel 1901 dal sindaco Ada Bassi.",
    "I lavori durarono trenta mesi e costarono circa 900 mila lire.",
)
HEADING = "I visitatori"
MORE = "Ogni anno lo visitano tremila persone, soprattutto in estate."
ITEMS = ("Pietra grigia", "Marmo bianco")
ROWS = (("Città", "Abitanti"), ("Tokyo", "14 milioni"), ("Siena", "53 mila"))
ROW = "Città: Tokyo · Abitanti: 14 milioni"

_PAGE = f"""<!DOCTYPE html>
<html lang="it"><head><title>{TITLE}</title><meta charset="utf-8">
<meta name="author" content="{AUTHOR}"><link rel="canonical" href="https://example.org/ponte">
<meta property="article:published_time" content="{DATE}T10:00:00Z">
<meta property="og:site_name" content="Il Foglio di Prova"></head>
<body><nav><a href="/">Prima pagina</a> <a href="/sport">Sport</a></nav>
<article><h1>{TITLE}</h1><p>{SENTENCES[0]} {SENTENCES[1]}</p>
<h2>{HEADING}</h2><p>{MORE}</p><ul><li>{ITEMS[0]}</li><li>{ITEMS[1]}</li></ul>
<table>{"".join(f"<tr><th>{a}</th><th>{b}</th></tr>" for a, b in ROWS[:1])}
{"".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in ROWS[1:])}</table></article>
<footer>Tutti i diritti riservati</footer></body></html>"""


def html() -> bytes:
    """A page with a menu and a footer around its text."""
    return _PAGE.encode()


def csv() -> bytes:
    """A table as Excel writes it in Italy."""
    return "".join(f"{city};{people}\r\n" for city, people in ROWS).encode("cp1252")


def xlsx() -> bytes:
    """A workbook of two sheets and an empty one."""
    from openpyxl import Workbook

    book: Any = Workbook()
    book.properties.creator, book.properties.title = AUTHOR, TITLE
    book.properties.modified = datetime(2024, 5, 3)  # noqa: DTZ001  # XLSX knows no zones
    sheet = book.active
    sheet.title = "Città"
    for row in ROWS:
        sheet.append(row)
    other = book.create_sheet("Conti")
    other.append(["Anno", "Entrate", "Quota", "Il giorno", "Somma"])
    other.append([2023, 1234.5, 0.125, datetime(2023, 5, 12), "=SUM(1,2)"])  # noqa: DTZ001
    other.append([None] * 5)
    other["C2"].number_format, other["B2"].number_format = "0.0%", '#,##0.00 "€"'
    book.create_sheet("Vuoto")
    # Only programs that reckon keep what a formula comes to.
    return edited(
        _saved(book), "xl/worksheets/sheet2.xml", "<v></v>", "<v>3</v>", "<v />", "<v>3</v>"
    )


def docx(paragraphs: Sequence[str] = ()) -> bytes:
    """A Word document, of these paragraphs alone if there are any."""
    from docx import Document

    document: Any = Document()
    document.core_properties.title, document.core_properties.author = TITLE, AUTHOR
    document.core_properties.modified = datetime(2024, 5, 3)  # noqa: DTZ001
    for text in paragraphs:
        document.add_paragraph(text)
    if not paragraphs:
        document.add_heading(TITLE, 0)
        document.add_paragraph(" ".join(SENTENCES))
        document.add_heading(HEADING, 1)
        document.add_paragraph(MORE)
        for item in ITEMS:
            document.add_paragraph(item, style="List Bullet")
        table = document.add_table(0, 2)
        for row in ROWS:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    return _saved(document)


def epub(chapters: Mapping[str, str] | None = None, package: str = "") -> bytes:
    """A book; ``chapters`` are the bodies of its parts by name, ``package`` stands for its list."""
    chapters = chapters or {
        "uno.xhtml": f"<h1>{TITLE}</h1><p>{' '.join(SENTENCES)}</p>",
        "due.xhtml": f"<h2>{HEADING}</h2><p>{MORE}</p>"
        f"<ul><li>{ITEMS[0]}</li><li>{ITEMS[1]}</li></ul>"
        + _PAGE[_PAGE.index("<table>") : _PAGE.index("</article>")],
    }
    kind = 'media-type="application/xhtml+xml"'
    package = package or (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{TITLE}</dc:title><dc:creator>{AUTHOR}</dc:creator>"
        f"<dc:date>{DATE}T00:00:00Z</dc:date><dc:publisher>Editore</dc:publisher></metadata>"
        "<manifest>"
        + "".join(f'<item id="i{n}" href="{name}" {kind}/>' for n, name in enumerate(chapters))
        + "</manifest><spine>"
        + "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
        + "</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
    )
    head = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head>'
    parts = {
        f"OEBPS/{name}": f"{head}<body>{body}</body></html>" for name, body in chapters.items()
    }
    return archive({"META-INF/container.xml": container, "OEBPS/content.opf": package, **parts})


def pdf_of(content: bytes, filters: int) -> bytes:
    """A PDF of one page that is drawn by this, compressed so many times."""
    return _numbered(_objects([content], filters, ""))


def pdf(
    pages: Sequence[Sequence[str]] | None = None, *, about: str = "", filters: int = 1
) -> bytes:
    """A PDF of pages of lines; a line that begins with ``# `` is larger.

    The lines of a page are compressed ``filters`` times.
    """
    pages = pages or [
        ["# " + TITLE, SENTENCES[0], "I lavori durarono trenta mesi e costa-"],
        ["rono circa 900 mila lire.", "# " + HEADING, MORE],
    ]
    contents = [_drawn(lines) for lines in pages]
    for _ in range(filters):
        contents = [zlib.compress(content) for content in contents]
    return _numbered(_objects(contents, filters, about))


def edited(data: bytes, name: str, *changes: str) -> bytes:
    """An archive with words in one part exchanged, by turns the old and the new."""
    with ZipFile(io.BytesIO(data)) as zipped:
        parts = {part: zipped.read(part) for part in zipped.namelist()}
    text = parts[name].decode()
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        text = text.replace(old, new)
    return archive({**parts, name: text})


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of these parts."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return file.getvalue()


def _objects(contents: Sequence[bytes], filters: int, about: str) -> list[bytes]:
    count = len(contents)
    kids = " ".join(f"{number + 4} 0 R" for number in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    objects += [
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {count + 4 + number} 0 R "
        "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        for number in range(count)
    ]
    for content in contents:
        names = "/FlateDecode " * filters
        head = f"<< /Length {len(content)} /Filter [{names}] >>".encode()
        objects.append(head + b"\nstream\n" + content + b"\nendstream")
    return [*objects, (about or f"<< /Title ({TITLE}) /Author ({AUTHOR}) >>").encode("latin-1")]


def _drawn(lines: Sequence[str]) -> bytes:
    drawn = []
    height = 800
    for line in lines:
        size = 20 if line.startswith("# ") else 11
        height -= 2 * size if size == 20 else 14
        text = line.removeprefix("# ").replace("(", r"\(").replace(")", r"\)")
        drawn.append(f"BT /F1 {size} Tf 1 0 0 1 50 {height} Tm ({text}) Tj ET")
    return "\n".join(drawn).encode("cp1252")


def _numbered(objects: Sequence[bytes]) -> bytes:
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    size = len(objects) + 1
    data += f"trailer << /Size {size} /Root 1 0 R /Info {len(objects)} 0 R >>\n".encode()
    return bytes(data + f"startxref\n{start}\n%%EOF\n".encode())


def _saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
