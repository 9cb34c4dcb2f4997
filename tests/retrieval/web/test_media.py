"""What a server sends is told by its type, by its name, and by a look inside."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from retrieval.web.media import FEED, in_utf8, looked_into, suffix_of


@pytest.mark.parametrize(
    ("media", "path", "suffix"),
    [
        ("text/html", "/a.pdf", ".html"),
        ("application/pdf", "/download?id=3", ".pdf"),
        ("application/octet-stream", "/a/Report.PDF?x=.txt", ".pdf"),
        ("application/zip", "/a.docx", ".docx"),
        ("", "/notes.md", ".md"),
        ("text/plain", "/notes.md", ".md"),
        ("text/plain", "/notes", ".txt"),
        ("application/rss+xml", "/", FEED),
        ("", "/", ""),
        ("application/octet-stream", "/setup.exe", ""),
        ("video/mp4", "/a.html", ""),
    ],
)
def test_a_kind_is_told_by_its_type_and_where_that_is_vague_by_its_name(
    media: str, path: str, suffix: str
) -> None:
    assert suffix_of(media, path) == suffix


@pytest.mark.parametrize(
    ("said", "body", "suffix"),
    [
        (".html", b"<?xml version='1.0'?>\n<rss version='2.0'>", FEED),
        (".txt", b"\xef\xbb\xbf<!-- so -->\n<feed xmlns='a'>", FEED),
        (FEED, b"<?xml version='1.0'?><!DOCTYPE html><html lang='it'>", ".html"),
        (FEED, b"<rdf:RDF>", FEED),
        (".html", b"<html><rss>", ".html"),
        (".pdf", b"<rss>", ".pdf"),
        (".html", b"", ".html"),
    ],
)
def test_feeds_and_pages_are_told_apart_by_what_is_inside(
    said: str, body: bytes, suffix: str
) -> None:
    assert looked_into(said, body) == suffix


@pytest.mark.parametrize("part", [b"<!--", b"<?", b" ", b"<!DOCTYPE", b"<!---->", b"<? ?>"])
def test_a_look_inside_takes_no_time_whatever_is_there(part: bytes) -> None:
    started = time.process_time()
    looked_into(FEED, part * 200_000)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("part", [b" ", b"<!---->", b"<? ?>"])
def test_a_look_inside_takes_no_memory_however_long_it_is(part: bytes) -> None:
    body = b"<!---->" + part * 300_000
    tracemalloc.start()
    try:
        looked_into(FEED, body)
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("suffix", "data", "said", "text"),
    [
        (".html", "perché “sì”".encode("cp1252"), "text/html; charset=ISO-8859-1", "perché “sì”"),
        (".txt", "ещё".encode("koi8-r"), 'text/plain; charset="koi8-r"', "ещё"),
        (".html", "perché".encode(), "text/html; charset=iso-8859-1", "perché"),
    ],
)
def test_a_text_is_brought_to_utf8_where_its_server_knows_what_it_is_in(
    suffix: str, data: bytes, said: str, text: str
) -> None:
    assert in_utf8(suffix, data, said).decode() == text


@pytest.mark.parametrize(
    ("suffix", "said"),
    [
        (".html", "text/html"),
        (".html", "text/html; charset=nonsense"),
        (".pdf", "a; charset=cp1252"),
    ],
)
def test_what_no_server_vouches_for_stays_as_it_is(suffix: str, said: str) -> None:
    assert in_utf8(suffix, b"perch\xe9", said) == b"perch\xe9"
