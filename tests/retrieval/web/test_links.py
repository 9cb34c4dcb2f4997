"""What a link is: one spelling, one id, and nothing that isn't plainly a page on the web."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.settings import WebSettings
from retrieval.web.addresses import is_public, read_address
from retrieval.web.links import LONGEST, parse
from tests.retrieval.web.hostile import LINKS

SETTINGS = WebSettings()


@pytest.mark.parametrize(
    ("text", "url", "name"),
    [
        ("https://example.org", "https://example.org/", "example.org"),
        ("HTTPS://Example.ORG./a/", "https://example.org/a/", "example.org/a"),
        ("http://example.org:80/a", "http://example.org/a", "example.org/a"),
        ("https://example.org:80/a", "https://example.org:80/a", "example.org:80/a"),
        ("https://example.org/a?b=1&c#d", "https://example.org/a?b=1&c", "example.org/a?b=1&c"),
        ("https://example.org/a/./b/../c", "https://example.org/a/c", "example.org/a/c"),
        ("https://example.org/../../etc", "https://example.org/etc", "example.org/etc"),
        ("https://example.org//a//b/..", "https://example.org//a//", "example.org//a"),
        ("https://example.org/Città", "https://example.org/Citt%C3%A0", "example.org/Città"),
        ("https://example.org/a%2Fb%20c", "https://example.org/a%2Fb%20c", "example.org/a%2Fb%20c"),
        ("https://example.org/%E2%80%A8", "https://example.org/%E2%80%A8", "example.org/%E2%80%A8"),
        ("https://münchen.de/", "https://xn--mnchen-3ya.de/", "xn--mnchen-3ya.de"),
        ("https://example。org/", "https://example.org/", "example.org"),
        ("http://93.184.216.34/a", "http://93.184.216.34/a", "93.184.216.34/a"),
        ("http://[2606:2800:220:1::1]/", "http://[2606:2800:220:1::1]/", "[2606:2800:220:1::1]"),
        ("https://1.example.org/", "https://1.example.org/", "1.example.org"),
    ],
)
def test_a_link_has_one_spelling_and_its_id_is_host_and_path(
    text: str, url: str, name: str
) -> None:
    link = parse(text, SETTINGS)
    assert (link.url, link.id) == (url, name)
    assert parse(link.url, SETTINGS) == link


def test_a_link_may_be_relative_to_where_it_was_found() -> None:
    base = parse("https://example.org/a/b", SETTINGS)
    assert parse("../c", SETTINGS, base).url == "https://example.org/c"
    assert parse("//other.org/d", SETTINGS, base).url == "https://other.org/d"
    with pytest.raises(ValueError, match="http:// or https://"):
        parse("file:///etc/passwd", SETTINGS, base)


PARTS = st.sampled_from(
    [
        *"http:/@[].%?#x0127\\ \t\n①。é-",
        "http://",
        "127.0.0.1",
        "[::1]",
        "localhost",
        "a.org",
        "%2e",
        ":80",
    ]
)


@given(st.lists(PARTS, max_size=12).map("".join))
def test_whatever_is_written_a_link_is_plain_and_leads_nowhere_inside(text: str) -> None:
    try:
        link = parse(f"http://{text}", SETTINGS)
    except ValueError:
        return
    assert link.url.isascii()
    assert link.url.isprintable()
    assert not set(link.url) & set(' @\\"<>')
    assert link.port in SETTINGS.ports
    assert parse(link.url, SETTINGS) == link
    address = read_address(link.host)
    assert address is None or is_public(address)
    assert link.host.split(".")[-1] != "localhost"


@pytest.mark.parametrize("text", LINKS)
def test_a_hostile_link_is_refused_without_a_look_at_the_network(text: str) -> None:
    with pytest.raises(ValueError, match=r".{20,}") as caught:
        parse(text, SETTINGS)
    assert "secret" not in str(caught.value)
    assert text not in str(caught.value)


def test_links_as_long_as_may_be_are_links() -> None:
    text = "https://example.org/"
    assert parse(text + "a" * (LONGEST - len(text)), SETTINGS)
    with pytest.raises(ValueError, match="longer than"):
        parse(text + "a" * (LONGEST - len(text) + 1), SETTINGS)


def test_what_the_owner_has_opened_is_open_and_nothing_else() -> None:
    opened = replace(
        SETTINGS,
        ports=frozenset({80, 443, 8080}),
        hosts=frozenset({"wiki"}),
        networks=(ip_network("10.0.3.0/24"),),
    )
    for text in ("http://wiki/a", "https://wiki:8080/", "http://10.0.3.7/", "http://a.org:8080/"):
        assert parse(text, opened).url == text
        with pytest.raises(ValueError, match="FETCH_"):
            parse(text, SETTINGS)
    for text in ("http://wiki:81/", "http://10.0.4.1/", "http://wiki2/"):
        with pytest.raises(ValueError, match="FETCH_"):
            parse(text, opened)
