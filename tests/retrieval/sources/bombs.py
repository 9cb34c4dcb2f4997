"""Files made to harm whoever reads them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from functools import cache
from zipfile import ZIP_DEFLATED, ZipFile

from retrieval.sources.folder import LARGEST_FILE
from tests.retrieval.sources import made

_MILLION = b"0" * 1_000_000
_LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a0 "ah">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
_OPF = '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'


def packed(name: str, megabytes: int = 101) -> bytes:
    """An archive of one part that is a thousand times as large as its file."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive, archive.open(name, "w") as part:
        for _ in range(megabytes):
            part.write(_MILLION)
    return file.getvalue()


def squeezed(filters: int, megabytes: int = 101) -> bytes:
    """A PDF whose page unpacks to so much, through so many filters."""
    squeezer = zlib.compressobj(9)
    content = b"".join(squeezer.compress(_MILLION) for _ in range(megabytes)) + squeezer.flush()
    for _ in range(filters - 1):
        content = zlib.compress(content, 9)
    return made.pdf_of(content, filters)


def bombs() -> Iterator[tuple[str, bytes, str]]:
    """The name and bytes of each, and why it is refused."""
    yield "unpacks.docx", packed("word/document.xml"), "unpacks to more than 100 MB"
    yield "unpacks.xlsx", packed("xl/workbook.xml"), "unpacks to more than 100 MB"
    yield "unpacks.epub", packed("META-INF/container.xml"), "unpacks to more than 100 MB"
    lying = packed("word/document.xml").replace((101_000_000).to_bytes(4, "little"), b"\x10\0\0\0")
    yield "lies.docx", lying, "damaged"
    yield "one-filter.pdf", squeezed(1), "unpacks to more"
    yield "two-filters.pdf", squeezed(2), "unpacks to more"
    yield "laughs.epub", made.epub(package=_LAUGHS + _OPF + "&a9;</package>"), "damaged"
    laughing = made.edited(
        made.docx(["Ah."]),
        "word/document.xml",
        "<w:document",
        f"{_LAUGHS}<w:document",
        "Ah.",
        "&a9;",
    )
    yield "laughs.docx", laughing, "damaged"
    laughing = made.edited(
        made.xlsx(), "xl/worksheets/sheet1.xml", "<worksheet", f"{_LAUGHS}<worksheet",
        "<sheetData>", '<sheetData><row><c t="inlineStr"><is><t>&a9;</t></is></c></row>',
    )  # fmt: skip
    yield "laughs.xlsx", laughing, "damaged"
    yield "line.txt", b"a" * (LARGEST_FILE + 1), "larger than 20 MB"
    yield "line.csv", b"1 " * 9_000_000, "field larger than"
    yield "program.txt", b"MZ\x90\0\3\0\0\0" * 100, "binary"
    yield "program.html", b"\x7fELF\2\1\1\0" * 100, "binary"
    yield "deep.html", b"<div>" * 200_000 + b"Testo.", "no text is found"
    for name in ("../../secret.xhtml", "/etc/hostname", "secret.xhtml/../../../secret.xhtml"):
        part = (
            f'<manifest><item id="i" href="{name}" media-type="application/xhtml+xml"/></manifest>'
        )
        package = f'{_OPF}{part}<spine><itemref idref="i"/></spine></package>'
        yield f"{len(name)}.epub", made.epub(package=package), "no text in it"
    outside = (
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>{_OPF}<dc:title>&x;</dc:title>'
    )
    yield "outside.epub", made.epub(package=f"{outside}</package>"), "no text in it"


@cache
def all_bombs() -> tuple[tuple[str, bytes, str], ...]:
    """Made once, for it takes a while."""
    return tuple(bombs())


def slow_bombs() -> Iterator[tuple[str, bytes, str]]:
    """Those that are refused only when their time is over, or their memory."""
    yield (
        "pages.pdf",
        made.pdf([["Una riga di testo per ogni pagina."] * 40] * 10_000),
        "longer than",
    )
    words = zlib.compress(b"BT /F1 11 Tf (ciao ciao) Tj ET\n" * 2_000_000, 9)
    yield "words.pdf", made.pdf_of(words, 1), "longer than"
