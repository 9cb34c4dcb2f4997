"""Links that come one by one: added once, taken out again, and never at the expense of others."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from retrieval.embedding import Embedder
from retrieval.errors import LinkError
from retrieval.library import Library
from retrieval.ranking import Ranker
from retrieval.settings import Settings, WebSettings
from retrieval.web.adding import AddedLinks
from retrieval.web.lists import read_lists
from tests.retrieval.embedders import HashEmbedder
from tests.retrieval.web.hostile import LINKS

WEB = WebSettings()
A, B = "https://a.example/one", "https://b.example/two"


def add(folder: Path, text: str) -> str:
    return AddedLinks(folder, WEB).add(text)


def remove(folder: Path, text: str) -> str:
    return AddedLinks(folder, WEB).remove(text)


def links(folder: Path) -> list[str]:
    return [each.link.url for each in read_lists(folder, WEB).links]


def test_a_link_is_added_in_its_one_spelling_and_taken_out_by_any(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    assert add(folder, " HTTPS://A.example:443/one#part\n") == A
    assert add(folder, B) == B
    assert links(folder) == [A, B]
    assert remove(folder, "http://a.example/one/") == A
    assert remove(folder, "b.example/two") == B
    assert links(folder) == []
    assert list(folder.iterdir()) == []


def test_what_people_wrote_beside_it_stays(tmp_path: Path) -> None:
    file = tmp_path / "added.links"
    file.write_text(f"# mine\n{A}  # one\n\nnonsense\n", "utf-8")
    add(tmp_path, B)
    AddedLinks(tmp_path, WEB).keep(B)
    assert file.read_text("utf-8") == f"# mine\n{A}  # one\n\nnonsense\n{B}\n"
    remove(tmp_path, A)
    assert file.read_text("utf-8") == f"# mine\n\nnonsense\n{B}\n"


def test_a_link_that_is_there_is_not_added_again(tmp_path: Path) -> None:
    (tmp_path / "web.links").write_text(f"\n{A}\n")
    for text in (A, "http://a.example/one/"):
        with pytest.raises(LinkError, match=r"there already \(web\.links:2\)"):
            add(tmp_path, text)
    with pytest.raises(LinkError, match=r"web\.links:2: take it out there"):
        remove(tmp_path, A)
    assert not (tmp_path / "added.links").exists()


def test_a_link_whose_adding_was_cut_off_is_added_again_until_it_is_kept(tmp_path: Path) -> None:
    assert add(tmp_path, A) == add(tmp_path, A) == A
    assert links(tmp_path) == [A]
    AddedLinks(tmp_path, WEB).keep(A)
    with pytest.raises(LinkError, match=r"there already \(added\.links:2\)"):
        add(tmp_path, A)
    assert remove(tmp_path, A) == A
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", LINKS)
def test_a_hostile_link_is_not_added(tmp_path: Path, text: str) -> None:
    # White space at its ends is nobody's fault.
    if text.strip() == text and "\t" not in text:
        with pytest.raises(LinkError, match="can't be added") as caught:
            add(tmp_path, text)
        assert "secret" not in str(caught.value)
        assert list(tmp_path.iterdir()) == []


def test_what_is_not_there_cannot_be_taken_out(tmp_path: Path) -> None:
    for text in (A, "a.example", "", "http://me:secret@a.example/"):
        with pytest.raises(LinkError, match="no such link") as caught:
            remove(tmp_path, text)
        assert "secret" not in str(caught.value)


def test_a_disk_that_refuses_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "added.links").mkdir()
    with pytest.raises(LinkError, match=r"added\.links"):
        add(tmp_path, A)


def test_a_library_takes_links(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "sources", tmp_path)
    library = Library(settings, cast("Embedder", HashEmbedder()), Ranker.load())
    assert library.links.add(A) == A
    assert library.links.remove("a.example/one") == A
    with pytest.raises(LinkError, match="no such link"):
        library.links.remove(A)
