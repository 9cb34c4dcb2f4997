"""A file is taken apart once, and again only when it, or what reads it, has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.reload import reload
from retrieval.settings import Settings
from retrieval.sources import texts
from retrieval.sources.apart import Apart
from retrieval.sources.document import Document
from retrieval.sources.texts import FOLDER, Texts
from tests.retrieval.embedders import HashEmbedder

TABLE = b"Citt\xc3\xa0;Abitanti\nTokyo;14 milioni\n"


class Counting(Apart):
    """Reads apart, and counts."""

    def __init__(self) -> None:
        super().__init__()
        self.read_files = 0

    def read(self, suffix: str, data: bytes) -> Document:
        self.read_files += 1
        return super().read(suffix, data)


def test_a_file_is_taken_apart_once_whoever_asks_again(tmp_path: Path) -> None:
    with Counting() as apart:
        first = Texts(tmp_path / "texts", apart).read(".csv", TABLE)
        again = Texts(tmp_path / "texts", apart).read(".csv", TABLE)
    assert first == again
    assert "14 milioni" in again.text
    assert apart.read_files == 1


def test_another_content_kind_or_reader_is_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Counting() as apart:
        kept = Texts(tmp_path, apart)
        kept.read(".csv", TABLE)
        assert "15 milioni" in kept.read(".csv", TABLE.replace(b"14", b"15")).text
        kept.read(".html", TABLE + b"<p>Una frase che si legge.</p>" * 5)
        monkeypatch.setattr(texts, "readers", lambda: "a later version")
        kept.read(".csv", TABLE)
    assert apart.read_files == 4


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(path.read_bytes().replace(b"14", b"41")),
        lambda path: path.write_bytes(path.read_bytes()[:-3]),
        lambda path: path.write_bytes(b"\xff"),
        lambda path: path.unlink(),
    ],
)
def test_what_was_kept_and_is_damaged_is_never_quoted(tmp_path: Path, damage: object) -> None:
    with Counting() as apart:
        good = Texts(tmp_path, apart).read(".csv", TABLE)
        (path,) = tmp_path.iterdir()
        assert callable(damage)
        damage(path)
        assert Texts(tmp_path, apart).read(".csv", TABLE) == good
    assert apart.read_files == 2


def test_what_cannot_be_read_is_tried_again_and_says_why_each_time(tmp_path: Path) -> None:
    with Counting() as apart:
        for _ in range(2):
            with pytest.raises(ValueError, match="damaged"):
                Texts(tmp_path, apart).read(".pdf", b"%PDF-nothing")
    assert apart.read_files == 2


def test_where_nothing_can_be_written_files_are_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with Counting() as apart:
        assert "Tokyo" in Texts(tmp_path / "taken", apart).read(".csv", TABLE).text


def test_reloads_read_what_is_new_and_forget_what_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bytes] = []
    really = Apart.read

    def count(self: Apart, suffix: str, data: bytes) -> Document:
        read.append(data)
        return really(self, suffix, data)

    monkeypatch.setattr(Apart, "read", count)
    settings = Settings(tmp_path / "sources", tmp_path / "store")
    settings.sources.mkdir()
    (settings.sources / "a.csv").write_bytes(TABLE)
    (settings.sources / "b.csv").write_bytes(TABLE.replace(b"Tokyo", b"Roma"))
    assert reload(settings, HashEmbedder()).swapped
    assert not reload(settings, HashEmbedder()).swapped
    assert len(read) == 2
    (settings.sources / "b.csv").write_bytes(TABLE.replace(b"Tokyo", b"Osaka"))
    assert reload(settings, HashEmbedder()).changed == ("b",)
    assert len(read) == 3
    assert len(list((settings.store / FOLDER).iterdir())) == 2
