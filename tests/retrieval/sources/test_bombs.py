"""Files made to harm cost themselves alone: each is bounded and named, all others are read."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from retrieval.sources import Reading, folder, read_folder
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
    """The name and bytes of each, and why it is refused. (`make measure` has slower ones.)"""
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
    yield "line.txt", b"a" * (folder.LARGEST_FILE + 1), "larger than 20 MB"
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


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """A folder of bombs with good documents of each kind between them, as it is read."""
    root = tmp_path_factory.mktemp("bombs")
    (root / "secret.xhtml").write_text("<p>Un segreto.</p>", "utf-8")
    sources = root / "sources"
    sources.mkdir()
    for suffix in ("pdf", "docx", "epub", "html", "csv", "xlsx"):
        for name in ("a", "m", "z"):
            (sources / f"{name}-good-{suffix}.{suffix}").write_bytes(getattr(made, suffix)())
    for name, data, _ in all_bombs():
        (sources / name).write_bytes(data)
    with (sources / "sparse.csv").open("wb") as file:
        file.truncate(1_000_000_000)  # a line of a gigabyte, which takes no room on the disk
    if hasattr(os, "symlink"):
        (sources / "link.pdf").symlink_to(root / "secret.xhtml")
    return read_folder(sources)


def test_every_other_document_is_read(reading: Reading) -> None:
    good = [source.id for source in reading.sources]
    assert good == [
        f"{name}-good-{suffix}"
        for name in ("a", "m", "z")
        for suffix in ("csv", "docx", "epub", "html", "pdf", "xlsx")
    ]


def test_every_bomb_is_named_with_a_plain_reason(reading: Reading) -> None:
    reasons = {file.path: file.reason for file in reading.skipped}
    for name, _, why in all_bombs():
        assert why in reasons[name], name
    assert "larger than 20 MB" in reasons["sparse.csv"]
    assert "leads out of the sources folder" in reasons["link.pdf"]
    assert len(reasons) == len(all_bombs()) + 2
    assert max(map(len, reasons.values())) < 300


def test_no_document_brings_in_what_is_outside_of_it(reading: Reading) -> None:
    hostname = Path("/etc/hostname").read_text("utf-8").strip() if os.name == "posix" else "segreto"
    for source in reading.sources:
        assert "segreto" not in source.text + source.title
        assert hostname not in source.text + source.title
