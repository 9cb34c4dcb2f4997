"""Links lead to public servers and never inside, whatever a name or a redirect says."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest

from retrieval.settings import WebSettings
from retrieval.web.fetched import FetchError
from retrieval.web.fetching import Fetcher
from retrieval.web.links import parse
from tests.retrieval.web.fetchers import SHORT, fetcher
from tests.retrieval.web.hostile import LINKS
from tests.retrieval.web.site import PUBLIC, Network, Request, response, serving


async def test_a_hostile_redirect_leads_nowhere() -> None:
    async with serving() as inside, serving() as site:
        sent = [*LINKS, f"http://127.0.0.1:{inside.port}/", f"http://localhost:{inside.port}/"]
        for number, text in enumerate(sent):
            target = "".join(char for char in text if char not in "\r\n\0").encode()
            moved = b"HTTP/1.1 302 So\r\nLocation: " + target + b"\r\nContent-Length: 0\r\n\r\n"
            site.pages[f"/{number}"] = moved
        # Wherever it is read as, it isn't this machine, nor any other than the site's own.
        network = Network(site, {"localhost": ["127.0.0.1"], "router": ["10.0.0.1"]})
        async with fetcher(site, network) as web:
            for number in range(len(sent)):
                with pytest.raises(FetchError, match=r".{20,}"):
                    await web.fetch(site.link(f"/{number}"))
    assert len(site.targets()) >= len(sent) > 80
    assert {address for address, _ in network.connected} == {PUBLIC}
    assert {port for _, port in network.connected} <= {80, 443, site.port}
    assert inside.connections == 0


INSIDE = (
    ["127.0.0.1"],
    ["10.0.0.1"],
    ["169.254.169.254"],
    ["::1"],
    ["::ffff:127.0.0.1"],
    ["fe80::1%eth0"],
    ["fd00:ec2::254"],
    ["64:ff9b::a00:1"],
    ["2002:a00:1::1"],
    ["100.100.100.200"],
    ["168.63.129.16"],
    ["0.0.0.0"],
    ["not an address"],
    [PUBLIC, "192.168.1.1"],
)


@pytest.mark.parametrize("addresses", INSIDE, ids="-".join)
async def test_a_name_that_leads_inside_is_not_connected_to(addresses: list[str]) -> None:
    async with serving() as site:
        network = Network(site, {"site.example": addresses})
        async with fetcher(site, network) as web:
            with pytest.raises(FetchError, match="FETCH_ALLOW_HOSTS"):
                await web.fetch(site.link("/"))
    assert network.connected == []
    assert site.connections == 0


async def test_a_name_that_changes_between_check_and_connection_gains_nothing() -> None:
    """It is asked for once a connection, and what was checked is what is connected to."""
    closing = response(body=b"Ciao", connection="close")

    async def answer(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(closing)
        await writer.drain()
        writer.close()

    async with serving({"/": answer, "/robots.txt": answer}) as site:
        network = Network(site, {"site.example": [[PUBLIC], ["127.0.0.1"]] * 50})
        refused = 0
        async with fetcher(site, network) as web:
            for _ in range(10):
                try:
                    await web.fetch(site.link("/"))
                except FetchError:
                    refused += 1
    assert refused == 5
    assert {address for address, _ in network.connected} == {PUBLIC}
    assert len(network.asked) == len(network.connected) + refused


async def test_a_redirect_to_a_name_inside_is_not_followed() -> None:
    async with serving({"/": response(301, location="http://wiki.example/")}) as site:
        network = Network(site, {"wiki.example": ["10.0.0.5"]})
        async with fetcher(site, network) as web:
            with pytest.raises(FetchError, match=r"wiki\.example, which is in a network"):
                await web.fetch(site.link("/"))
    assert {address for address, _ in network.connected} == {PUBLIC}


async def test_a_server_of_ones_own_is_read_where_the_owner_has_said_so() -> None:
    async with serving({"/": response(body=b"Ciao")}) as site:
        settings = WebSettings(ports=frozenset({site.port}), hosts=frozenset({"wiki.internal"}))
        network = Network(site, {"wiki.internal": ["10.0.0.5"]})
        web = Fetcher(settings, resolve=network.resolve, connector=network, pause=0.0)
        async with web:
            found = await web.fetch(parse(site.url("/", "wiki.internal"), settings))
            assert found.body == b"Ciao"
            with pytest.raises(ValueError, match="FETCH_ALLOW_HOSTS"):
                parse(site.url("/", "other.internal"), settings)
    assert set(network.connected) == {("10.0.0.5", site.port)}


async def test_a_server_that_is_not_there_is_named_as_such() -> None:
    async with serving() as site:
        network = Network(site, {"site.example": []})
        async with fetcher(site, network) as web:
            with pytest.raises(FetchError, match="no server of that name"):
                await web.fetch(site.link("/"))
    async with fetcher(site) as web:
        with pytest.raises(FetchError, match="can't be reached"):
            await web.fetch(site.link("/"))


async def test_a_name_server_that_does_not_answer_is_not_waited_for() -> None:
    async def never(host: str, port: int) -> list[str]:
        await asyncio.sleep(30)
        return []

    async with serving() as site:
        settings = WebSettings(ports=frozenset({site.port}))
        async with Fetcher(settings, resolve=never, limits=SHORT, pause=0.0) as web:
            with pytest.raises(FetchError, match="too long"):
                await web.fetch(site.link("/"))


async def test_a_proxy_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving({"/": response(body=b"Ciao")}) as site, serving() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        async with fetcher(site) as web:
            assert (await web.fetch(site.link("/"))).body == b"Ciao"
    assert proxy.connections == 0


async def test_a_certificate_must_be_of_the_name_that_was_linked_to() -> None:
    """Although it is an address that is connected to."""
    pem = Path(__file__).with_name("site.pem")
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(pem)
    async with serving({"/": response(body=b"Ciao")}, own) as site:
        network = Network(site)
        settings = WebSettings(ports=frozenset({site.port}))
        async with Fetcher(
            settings,
            resolve=network.resolve,
            connector=network,
            pause=0.0,
            tls=lambda: ssl.create_default_context(cafile=pem),
        ) as web:
            good, bad = (
                parse(f"https://{host}:{site.port}/", settings)
                for host in ("site.example", "other.example")
            )
            assert (await web.fetch(good)).body == b"Ciao"
            with pytest.raises(FetchError, match="certificate"):
                await web.fetch(bad)
