"""What feeds say, in the ways they say it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.web.feeds import MOST_ENTRIES, read_feed, slug

LINK = "https://example.org/blog/feed.xml"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Novità &amp; <b>altro</b></title>
<item><title>Il ponte sul Po</title><link>https://example.org/2026/ponte-sul-po.html?utm=1</link>
<dc:creator>Ada Rossi</dc:creator><pubDate>Fri, 20 Nov 2026 23:30:00 +0200</pubDate>
<description>In breve.</description>
<content:encoded><![CDATA[<p>Per <i>intero</i>.</p>]]></content:encoded></item>
<item><title>Senza indirizzo</title><guid>tag:1</guid><description>Solo qui.</description></item>
<item><title>Numero</title><link>https://example.org/?p=77</link><description>Breve.</description></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Diario</title>
<entry><title>Uno</title><id>urn:1</id><link href="/uno/"/><updated>2026-11-20T10:00:00Z</updated>
<author><name>Ugo</name></author><content type="html">&lt;p&gt;Testo.&lt;/p&gt;</content></entry>
<entry><title>Due</title><id>urn:2</id><link href="https://other.example/due"/>
<summary>Riassunto.</summary></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/"><channel><title>Vecchio</title></channel>
<item><title>Voce</title><link>https://example.org/voce</link></item></rdf:RDF>"""


def test_rss_says_who_wrote_what_when_and_where() -> None:
    feed = read_feed(RSS.encode(), LINK)
    assert feed.title == "Novità & altro"
    bridge, nowhere, number = feed.entries
    assert (bridge.slug, bridge.title, bridge.author) == (
        "ponte-sul-po",
        "Il ponte sul Po",
        "Ada Rossi",
    )
    assert (bridge.date, bridge.whole) == ("2026-11-20", True)
    assert bridge.html == "<p>Per <i>intero</i>.</p>"
    assert (nowhere.slug, nowhere.link, nowhere.date) == ("senza-indirizzo", "", "")
    assert (number.slug, number.whole) == ("numero", False)


def test_atom_says_the_same() -> None:
    one, two = read_feed(ATOM.encode(), LINK).entries
    assert (one.slug, one.link, one.author) == ("uno", "https://example.org/uno/", "Ugo")
    assert (one.html, one.whole, one.date) == ("<p>Testo.</p>", True, "2026-11-20")
    assert (two.slug, two.html, two.whole) == ("due", "Riassunto.", False)


def test_the_oldest_rss_is_a_feed_too() -> None:
    [entry] = read_feed(RDF.encode(), LINK).entries
    assert (entry.slug, entry.title) == ("voce", "Voce")


def item(title: str, link: str = "", guid: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link><guid>{guid}</guid></item>"


def of(*items: str) -> bytes:
    return f'<rss version="2.0"><channel><title>F</title>{"".join(items)}</channel></rss>'.encode()


def test_entries_of_one_name_are_told_apart_whatever_their_order() -> None:
    items = [item("News", guid="a"), item("News", guid="b"), item("Other")]
    there = {entry.slug for entry in read_feed(of(*items), LINK).entries}
    back = {entry.slug for entry in read_feed(of(*reversed(items)), LINK).entries}
    assert there == back
    assert len(there) == 3
    assert len({entry.slug for entry in read_feed(of(items[0], items[0]), LINK).entries}) == 2


def test_a_stamp_changes_with_the_entry_and_with_nothing_else() -> None:
    before = read_feed(of(item("A"), item("B")), LINK).entries
    after = read_feed(of(item("C"), item("B"), item("A", "https://example.org/a")), LINK).entries
    assert before[1].stamp == after[1].stamp
    assert before[0].stamp != after[2].stamp


def test_only_the_first_of_very_many_entries_are_read() -> None:
    assert len(read_feed(of(*(item(f"N{n}") for n in range(500))), LINK).entries) == MOST_ENTRIES


@pytest.mark.parametrize(
    "data", [b"", b"<html><body>Ciao</body></html>", b"<a>", b"\0\1\2", b"/etc/passwd", of()]
)
def test_what_is_no_feed_or_an_empty_one_says_so(data: bytes) -> None:
    with pytest.raises(ValueError, match="feed"):
        read_feed(data, LINK)


def test_nothing_is_opened_or_fetched_for_what_a_feed_refers_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("connected")

    monkeypatch.setattr("socket.socket.connect", refuse)
    entity = (
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://a/">]>'
    )
    data = entity + of(item("&x;&y;Ciao")).decode()
    texts = [entry.title for entry in read_feed(data.encode(), LINK).entries]
    assert not any("root" in text for text in texts)


def test_entities_that_multiply_do_not() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    data = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{levels}]>' + of(item("&l9;")).decode()
    try:
        texts = [entry.title for entry in read_feed(data.encode(), LINK).entries]
    except ValueError:
        texts = []
    assert all(len(text) < 1_000 for text in texts)


@given(st.text())
def test_a_slug_is_a_name_and_of_itself_the_same(text: str) -> None:
    name = slug(text)
    assert slug(name) == name
    assert not set("/ ?#%\n") & set(name)
