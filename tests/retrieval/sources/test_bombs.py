"""Files made to harm cost themselves alone: each is bounded and named, all others are read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from retrieval.sources import Reading, read_folder
from tests.retrieval.sources import made
from tests.retrieval.sources.bombs import all_bombs


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
    reasons = {file.path: str(file.fault) for file in reading.skipped}
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
