"""Files of links: what is read of them, whatever is written there."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.settings import WebSettings
from retrieval.web import lists
from retrieval.web.lists import Lists, has_lists, read_lists


def read(folder: Path) -> Lists:
    return read_lists(folder, WebSettings())


def test_a_line_is_a_link_a_comment_or_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.links").write_text(
        "# pagine\n\n  https://a.example/x#parte  # una parte\r\n#https://b.example\n"
        "https://c.example/\n",
        "utf-8",
    )
    found = read(tmp_path)
    assert [(each.link.url, each.place) for each in found.links] == [
        ("https://a.example/x", "a.links:3"),
        ("https://c.example/", "a.links:5"),
    ]
    assert (found.skipped, found.whole) == ((), True)


def test_all_files_below_are_read_in_order_and_each_link_once(tmp_path: Path) -> None:
    assert not has_lists(tmp_path)
    for name, text in {
        "b.links": "https://one.example/\nhttps://two.example/",
        "a/z.LINKS": "https://two.example/",
        ".hidden.links": "https://three.example/",
        ".hidden/a.links": "https://four.example/",
        "c.links.txt": "https://five.example/",
        "d.links": "http://one.example/",
        "empty.links": "",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert has_lists(tmp_path)
    found = read(tmp_path)
    assert [each.place for each in found.links] == ["b.links:1", "b.links:2"]
    [twice] = found.skipped
    assert (twice.path, "b.links:1" in str(twice.fault)) == ("d.links:1", True)


def test_what_cannot_be_read_is_named_and_then_the_list_is_not_whole(tmp_path: Path) -> None:
    outside = tmp_path / "outside.links"
    outside.write_text("https://a.example/")
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "a.links").symlink_to(outside)
    (folder / "b.links").write_bytes("perché".encode("latin-1"))
    (folder / "c.links").symlink_to(folder / "nothing")
    (folder / "d.links").write_text("https://d.example/")
    found = read(folder)
    assert [each.place for each in found.links] == ["d.links:1"]
    assert [skipped.path for skipped in found.skipped] == ["a.links", "b.links", "c.links"]
    assert not found.whole


def test_more_links_than_may_be_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST", 2)
    (tmp_path / "a.links").write_text("".join(f"https://{n}.example.org/\n" for n in range(1, 4)))
    found = read(tmp_path)
    assert len(found.links) == 2
    assert [skipped.path for skipped in found.skipped] == ["a.links:3"]
