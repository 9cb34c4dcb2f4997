"""Documents that other programs made, read back: how many of their sentences are found whole."""

from __future__ import annotations

import csv
import html
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.rows import Row
from benchmarks.texts import plain_paragraphs
from benchmarks.workshop import Workshop
from retrieval.sources.apart import Apart

_TABLE = ("Luogo", "Anno", "Visitatori", "Nota")
_SENTENCE = re.compile(r"(?<=[.»])\s+(?=[A-Z])")
_PATIENCE = 300  # seconds for a program to make its documents


@dataclass(frozen=True, slots=True)
class Made:
    """What a document is made from: chapters of a heading and paragraphs, and a table."""

    name: str
    chapters: Sequence[tuple[str, Sequence[str]]]
    table: Sequence[Sequence[str]]

    def sentences(self) -> list[str]:
        """Every sentence it says."""
        whole = [text for _, paragraphs in self.chapters for text in paragraphs]
        return [sentence for text in whole for sentence in _SENTENCE.split(text.strip())]

    def page(self, number: int) -> str:
        """It as HTML: some justified and hyphenated, some in two columns, as printed texts are."""
        style = (
            "",
            "p { text-align: justify; hyphens: auto }",
            "body { columns: 2; font-size: 10pt; text-align: justify; hyphens: auto }",
        )[number % 3]
        parts = [f"<h1>{html.escape(self.name)}</h1>"]
        for heading, paragraphs in self.chapters:
            parts.append(f"<h2>{html.escape(heading)}</h2>")
            parts += [f"<p>{html.escape(text.strip())}</p>" for text in paragraphs]
        rows = [[f"<th>{cell}</th>" for cell in _TABLE]]
        rows += [[f"<td>{html.escape(cell)}</td>" for cell in row] for row in self.table]
        parts += ["<table>", *(f"<tr>{''.join(row)}</tr>" for row in rows), "</table>"]
        return (
            f'<!DOCTYPE html><html lang="it"><head><meta charset="utf-8"><title>{self.name}</title>'
            f"<style>{style}</style></head><body>{''.join(parts)}</body></html>"
        )


def documents(workshop: Workshop) -> Iterator[Row]:
    """Let LibreOffice, pandoc and Chromium make documents of each kind, and read them back."""
    originals = list(_originals(20))
    folder = workshop.folder / "documents"
    for kind, ways in _WAYS.items():
        found = total = 0
        times: list[float] = []
        shares = {program: originals[n :: len(ways)] for n, program in enumerate(ways)}
        with Apart() as apart:
            for program, originals_of_it in shares.items():
                if not (command := _command(program)):
                    print(f"{program} is not installed: no {kind} by it", file=sys.stderr)
                    continue
                place = folder / kind / program
                place.mkdir(parents=True)
                ways[program](command, place, originals_of_it)
                for original in originals_of_it:
                    data = (place / f"{original.name}.{kind}").read_bytes()
                    began = time.perf_counter()
                    text = apart.read(f".{kind}", data).text
                    times.append(time.perf_counter() - began)
                    wanted = _wanted(kind, original)
                    found += sum(_is_whole(one, text) for one in wanted)
                    total += len(wanted)
        if times:
            made = f"{kind}: sentences found whole in {len(times)} documents of other programs"
            yield Row(made, 100 * found / total, "%", at_least=95)
            yield Row(f"{kind}: to read one, median", median(times), "s")


def _originals(count: int) -> Iterator[Made]:
    chance = random.Random(6)
    paragraphs = list(plain_paragraphs(count * 24, seed=6))
    for number in range(count):
        own = paragraphs[24 * number : 24 * (number + 1)]
        chapters = [
            (f"Capitolo {n + 1}: {own[6 * n].split(' fu ')[0]}", own[6 * n : 6 * n + 6])
            for n in range(4)
        ]
        table = [
            (f"Luogo {number}-{n}", str(chance.randint(1800, 1999)), str(chance.randint(100, 9999)),
             chance.choice(["perché è così", "«bello», sì", "a metà; d'estate", "sì, ma più"]))
            for n in range(12)
        ]  # fmt: skip
        yield Made(f"Guida {number}", chapters, table)


def _wanted(kind: str, original: Made) -> list[str]:
    """What should stand in a document: sentences, or rows with their headers."""
    if kind in ("csv", "xlsx"):
        return [
            " · ".join(f"{name}: {cell}" for name, cell in zip(_TABLE, row, strict=True))
            for row in original.table
        ]
    return original.sentences()


def _is_whole(sentence: str, text: str) -> bool:
    """Tell whether a sentence stands in one paragraph, however its lines are wrapped."""
    return " ".join(sentence.split()) in re.sub(r"(?<!\n)\n(?!\n)", " ", text)


def _command(program: str) -> str | None:
    names = {"LibreOffice": ("soffice", "libreoffice"), "Chromium": ("chromium", "google-chrome")}
    found = map(shutil.which, names.get(program, (program,)))
    return next(filter(None, found), None)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)


def _by_office(kind: str) -> Callable[[str, Path, Sequence[Made]], None]:
    """LibreOffice, from HTML or CSV; all documents at once, for it starts slowly."""

    def make(command: str, place: Path, originals: Sequence[Made]) -> None:
        tables = kind in ("csv", "xlsx")
        come = [
            _table(place, original, ",") if tables else _page(place, original, number)
            for number, original in enumerate(originals)
        ]
        # To Writer, not to the web pages' editor; a table in UTF-8; out again as in Italy.
        reads = "CSV:44,34,76" if tables else "HTML (StarWriter)"
        writes = {"csv": "csv:Text - txt - csv (StarCalc):59,34,1", "html": "html:HTML"}
        profile = (place / "profile").absolute().as_uri()
        _run(
            command, f"-env:UserInstallation={profile}", "--headless", f"--infilter={reads}",
            "--convert-to", writes.get(kind, kind), "--outdir", str(place / "out"),
            *map(str, come),
        )  # fmt: skip
        _take(place)

    return make


def _by_pandoc(command: str, place: Path, originals: Sequence[Made]) -> None:
    kind = place.parent.name
    for number, original in enumerate(originals):
        out = place / f"{original.name}.{kind}"
        come = _page(place / "in", original, number)
        _run(command, "--standalone", str(come), "--output", str(out))


def _by_chromium(command: str, place: Path, originals: Sequence[Made]) -> None:
    for number, original in enumerate(originals):
        out = place / f"{original.name}.pdf"
        come = _page(place, original, number)
        _run(
            command, "--headless", "--no-sandbox", "--disable-gpu",
            f"--user-data-dir={place / 'profile'}",
            f"--print-to-pdf={out}", come.absolute().as_uri(),
        )  # fmt: skip


def _by_python(_: str, place: Path, originals: Sequence[Made]) -> None:
    for original in originals:
        _table(place, original, "\t")


def _page(place: Path, original: Made, number: int) -> Path:
    place.mkdir(exist_ok=True)
    path = place / f"{original.name}.html"
    path.write_text(original.page(number), "utf-8")
    return path


def _table(place: Path, original: Made, delimiter: str) -> Path:
    path = place / f"{original.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([_TABLE, *original.table])
    return path


def _take(place: Path) -> None:
    for path in (place / "out").iterdir():
        path.replace(place / path.name)


_WAYS: dict[str, dict[str, Callable[[str, Path, Sequence[Made]], None]]] = {
    "pdf": {"LibreOffice": _by_office("pdf"), "Chromium": _by_chromium},
    "docx": {"LibreOffice": _by_office("docx"), "pandoc": _by_pandoc},
    "epub": {"LibreOffice": _by_office("epub"), "pandoc": _by_pandoc},
    "html": {"LibreOffice": _by_office("html"), "pandoc": _by_pandoc},
    "xlsx": {"LibreOffice": _by_office("xlsx")},
    "csv": {"LibreOffice": _by_office("csv"), "python3": _by_python},
}
