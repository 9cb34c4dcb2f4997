"""One page after another: within limits, and politely."""

from __future__ import annotations

import asyncio
import gzip
import time
import tracemalloc
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest

from retrieval.settings import WebSettings
from retrieval.web.fetched import FetchError, Validators
from retrieval.web.fetching import Fetcher, _body
from tests.retrieval.web.fetchers import SHORT, fetcher
from tests.retrieval.web.site import PUBLIC, Handler, Network, Request, response, serving


async def test_a_page_is_fetched_with_the_name_that_was_linked_to() -> None:
    async with serving({"/a?b=1": response(body=b"Ciao", etag='"1"')}) as site:
        network = Network(site)
        async with fetcher(site, network) as web:
            found = await web.fetch(site.link("/a?b=1"))
    assert (found.body, found.suffix, found.link) == (b"Ciao", ".html", site.link("/a?b=1"))
    assert found.validators == Validators(site.url("/a?b=1"), '"1"', "")
    assert site.requests[-1].headers["host"] == f"site.example:{site.port}"
    assert site.requests[-1].headers["user-agent"].startswith("passo")
    assert set(network.connected) == {(PUBLIC, site.port)}


async def test_redirects_are_followed_and_counted() -> None:
    pages: dict[str, bytes | Handler] = {
        f"/{n}": response(302, location=f"/{n + 1}") for n in range(6)
    }
    async with serving({**pages, "/6": response(body=b"Ciao")}) as site, fetcher(site) as web:
        found = await web.fetch(site.link("/1"))
        assert (found.body, found.link) == (b"Ciao", site.link("/6"))
        assert found.validators.url == site.url("/6")
        with pytest.raises(FetchError, match="more than 5"):
            await web.fetch(site.link("/0"))


async def test_what_is_known_is_not_sent_again() -> None:
    async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
        known = request.headers.get("if-none-match") == '"1"'
        writer.write(response(304) if known else response(body=b"Ciao", etag='"1"'))

    async with (
        serving({"/": answer, "/old": response(302, location="/")}) as site,
        fetcher(site) as web,
    ):
        first = await web.fetch(site.link("/old"))
        again = await web.fetch(site.link("/old"), first.validators)
    assert (first.body, again.body) == (b"Ciao", None)
    assert again.validators == first.validators
    # A validator belongs to the page at the end, not to what leads there.
    asked = [request.target for request in site.requests if "if-none-match" in request.headers]
    assert asked == ["/"]


async def test_a_server_that_says_unchanged_without_being_asked_is_in_error() -> None:
    async with serving({"/": response(304)}) as site, fetcher(site) as web:
        for known in (None, Validators(site.url("/"), "", ""), Validators(site.url("/"), "\n", "")):
            with pytest.raises(FetchError, match="304"):
                await web.fetch(site.link("/"), known)


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (404, "correct the link"),
        (410, "correct"),
        (403, "save the page"),
        (429, "alone"),
        (500, "500"),
    ],
)
async def test_a_refusal_says_the_way_out(status: int, why: str) -> None:
    async with serving({"/": response(status)}) as site, fetcher(site) as web:
        with pytest.raises(FetchError, match=why) as caught:
            await web.fetch(site.link("/"))
    assert caught.value.status == status


async def forever(writer: asyncio.StreamWriter, piece: bytes, pause: float = 0.0) -> None:
    while True:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(pause)


async def endless(_: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 So\r\nContent-Type: text/html\r\n\r\n")
    await forever(writer, b"a" * 10_000)


async def endless_chunks(_: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(
        b"HTTP/1.1 200 So\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    await forever(writer, b"1000\r\n" + b"a" * 0x1000 + b"\r\n")


async def endless_emptiness(_: Request, writer: asyncio.StreamWriter) -> None:
    """Packed blocks of nothing: what is sent grows, what is unpacked doesn't."""
    writer.write(b"HTTP/1.1 200 So\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n")
    writer.write(gzip.compress(b"")[:10])
    await forever(writer, b"\0\0\0\xff\xff" * 1_000)


async def endless_headers(_: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 So\r\n")
    await forever(writer, b"X-More: " + b"a" * 1_000 + b"\r\n")


async def endless_hints(_: Request, writer: asyncio.StreamWriter) -> None:
    await forever(writer, b"HTTP/1.1 103 So\r\n\r\n" * 100)


async def silent(_: Request, __: asyncio.StreamWriter) -> None:
    await asyncio.sleep(30)


async def slow_body(_: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 So\r\nContent-Type: text/html\r\n\r\n")
    await forever(writer, b"a", 0.02)


async def slow_headers(_: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 So\r\nX-Slow: ")
    await forever(writer, b"a", 0.02)


async def huge(_: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(
        b"HTTP/1.1 200 So\r\nContent-Type: text/html\r\nContent-Length: 9000000000\r\n\r\n"
    )
    await forever(writer, b"a" * 100, 0.02)


async def bomb(_: Request, writer: asyncio.StreamWriter) -> None:
    """A thousand times larger unpacked than packed: 10 MB in 10 KB."""
    writer.write(response(body=gzip.compress(bytes(10_000_000)), content_encoding="gzip"))


@pytest.mark.parametrize(
    ("behaviour", "why"),
    [
        (endless, "larger than 0.1 MB"),
        (endless_chunks, "larger than 0.1 MB"),
        (endless_emptiness, "larger than 0.1 MB"),
        (endless_headers, "breaks off"),
        (endless_hints, "too long"),
        (silent, "too long"),
        (slow_body, "too long"),
        (slow_headers, "too long"),
        (huge, "larger than 0.1 MB"),
        (bomb, "larger than 0.1 MB"),
    ],
)
async def test_slow_endless_and_huge_responses_are_bounded(behaviour: Handler, why: str) -> None:
    async with (
        serving({"/": behaviour, "/good": response(body=b"Ciao")}) as site,
        fetcher(site) as web,
    ):
        started = time.monotonic()
        with pytest.raises(FetchError, match=why):
            await web.fetch(site.link("/"))
        assert time.monotonic() - started < 10 * SHORT.total
        assert (await web.fetch(site.link("/good"))).body == b"Ciao"


async def test_a_bomb_never_takes_more_memory_than_a_page_may() -> None:
    packed = gzip.compress(bytes(100_000_000), 9)

    async def stream() -> AsyncIterator[bytes]:
        yield packed

    tracemalloc.start()
    try:
        with pytest.raises(FetchError, match="larger than 1 MB"):
            await _body(stream(), 1_000_000, zipped=True)
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


async def test_what_is_packed_is_unpacked_and_what_is_cut_off_or_garbled_is_not_read() -> None:
    text = b"Roma e la capitale. " * 1_000
    packed = gzip.compress(text)
    pages: dict[str, bytes | Handler] = {
        "/": response(body=packed, content_encoding="gzip"),
        "/members": response(body=packed + packed, content_encoding="gzip"),
        "/cut": response(body=packed[:-9], content_encoding="gzip"),
        "/garbled": response(body=b"garbled" + packed, content_encoding="gzip"),
        "/other": response(body=packed, content_encoding="br"),
    }

    async def short(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(response(body=text[:50], content_length="99"))
        await writer.drain()
        writer.close()

    async with serving({**pages, "/short": short}) as site, fetcher(site) as web:
        assert (await web.fetch(site.link("/"))).body == text
        assert (await web.fetch(site.link("/members"))).body == text * 2
        for target, why in (
            ("/cut", "breaks off"),
            ("/garbled", "garbled"),
            ("/other", "packed"),
            ("/short", "breaks off"),
        ):
            with pytest.raises(FetchError, match=why):
                await web.fetch(site.link(target))


@pytest.mark.parametrize("media", ["video/mp4", "application/json", "image/png", "nonsense"])
async def test_a_kind_that_is_not_read_is_not_even_downloaded(media: str) -> None:
    async def film(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 So\r\nContent-Type: {media}\r\n\r\n".encode())
        await asyncio.sleep(30)

    async with serving({"/": film}) as site, fetcher(site) as web:
        with pytest.raises(FetchError, match="of a kind that isn't read"):
            await web.fetch(site.link("/"))


async def test_a_host_is_asked_for_one_page_at_a_time_while_others_are_not_kept_waiting() -> None:
    running: dict[str, int] = {}
    most: dict[str, int] = {}

    async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
        host = request.headers["host"]
        for name in (host, "all"):
            running[name] = running.get(name, 0) + 1
            most[name] = max(most.get(name, 0), running[name])
        await asyncio.sleep(0.02)
        for name in (host, "all"):
            running[name] -= 1
        writer.write(response(body=b"Ciao"))

    targets = [f"/{n}" for n in range(4)]
    async with (
        serving({**dict.fromkeys(targets, answer), "/robots.txt": answer}) as site,
        fetcher(site) as web,
    ):
        links = [site.link(t, host) for t in targets for host in ("a.example", "b.example")]
        await asyncio.gather(*map(web.fetch, links))
    assert {most[f"{host}.example:{site.port}"] for host in "ab"} == {1}
    assert most["all"] == 2


async def test_a_host_is_left_alone_between_two_requests() -> None:
    moments: list[float] = []

    async def answer(_: Request, writer: asyncio.StreamWriter) -> None:
        moments.append(time.monotonic())
        writer.write(response(body=b"Ciao"))

    async with serving({"/": answer, "/robots.txt": answer}) as site:
        network = Network(site)
        settings = WebSettings(ports=frozenset({site.port}))
        web = Fetcher(settings, resolve=network.resolve, connector=network, pause=0.05)
        async with web:
            for _ in range(3):
                await web.fetch(site.link("/"))
    assert all(b - a >= 0.05 for a, b in pairwise(moments))
