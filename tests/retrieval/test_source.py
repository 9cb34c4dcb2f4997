"""A document says which version it is, and which page a place lies on."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from retrieval.types import Source
from retrieval.types import content_hash as hash_of
from tests.retrieval.texts import source_of

PAGED = Source("a", "a.pdf", "A", "Uno.\n\nDue.\n\nTre.", pages=(0, 6, 6, 12), kind="pdf")


def test_a_source_is_named_by_its_content() -> None:
    assert source_of("è").content_hash == hashlib.sha256("è".encode()).hexdigest()
    assert source_of("è").content_hash == source_of("è", "another name").content_hash
    assert source_of("è").content_hash != source_of("e").content_hash


def test_even_half_a_surrogate_pair_has_a_hash() -> None:
    assert len(hash_of("\ud800")) == 64


def test_the_same_words_on_other_pages_are_another_version() -> None:
    moved = replace(PAGED, pages=(0, 6, 12))
    assert len({PAGED.content_hash, moved.content_hash, replace(PAGED, pages=()).content_hash}) == 3


@pytest.mark.parametrize(("offset", "page"), [(0, 1), (5, 1), (6, 3), (11, 3), (12, 4), (15, 4)])
def test_a_place_lies_on_the_last_page_that_begins_before_it(offset: int, page: int) -> None:
    assert PAGED.page_at(offset) == page


def test_where_there_are_no_pages_no_place_lies_on_one() -> None:
    assert source_of("Uno.").page_at(2) == 0


@pytest.mark.parametrize("pages", [(-1,), (0, 99), (6, 0)])
def test_pages_begin_in_order_inside_the_text(pages: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="out of order"):
        replace(PAGED, pages=pages)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "tg://resolve", "x"])
def test_a_link_leads_to_the_web_and_nowhere_else(link: str) -> None:
    with pytest.raises(ValueError, match="not an address on the web"):
        replace(PAGED, link=link)
    assert replace(PAGED, link="https://example.org/a").link
