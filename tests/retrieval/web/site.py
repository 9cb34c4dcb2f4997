"""A web server on this machine that does as it is told, and the network around it."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Coroutine,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import Any, cast

import httpcore2

from retrieval.settings import WebSettings
from retrieval.web.links import Link, parse

PUBLIC = "93.184.216.34"
"""Where the world believes that sites are."""

Handler = Callable[["Request", asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Request:
    """What a site was asked: the target, and headers by name in lower case."""

    target: str
    headers: Mapping[str, str]


@dataclass
class Site:
    """Serves ``pages`` by target; what isn't there is 404. ``requests`` are all, in order.

    ``connections`` counts those that were opened.
    """

    port: int = 0
    pages: dict[str, bytes | Handler] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    connections: int = 0

    def targets(self) -> list[str]:
        """What was asked for, but for rules for programs."""
        return [request.target for request in self.requests if request.target != "/robots.txt"]

    def url(self, target: str = "/", host: str = "site.example") -> str:
        """A link to it."""
        return f"http://{host}:{self.port}{target}"

    def link(self, target: str = "/", host: str = "site.example") -> Link:
        """A link to it, as read."""
        return parse(self.url(target, host), self.settings())

    def settings(self) -> WebSettings:
        """What it takes to be let there without a network around it."""
        ports = frozenset({80, 443, self.port})
        return WebSettings(ports=ports, networks=(ip_network("127.0.0.0/8"),))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            try:
                while True:
                    head = (await reader.readuntil(b"\r\n\r\n")).decode()
                    first, *lines = head.strip().split("\r\n")
                    headers = dict(line.lower().split(": ", 1) for line in lines)
                    request = Request(first.split(" ")[1], headers)
                    self.requests.append(request)
                    page = self.pages.get(request.target, response(404, b"nothing"))
                    if isinstance(page, bytes):
                        writer.write(page)
                    else:
                        await page(request, writer)
                    await writer.drain()
            finally:
                writer.close()


@asynccontextmanager
async def serving(
    pages: Mapping[str, bytes | Handler] | None = None, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Site]:
    """Serve a site on this machine."""
    site = Site(pages=dict(pages or {}))
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0, ssl=tls)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()


def response(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """A whole response; underscores in names of headers are hyphens."""
    given = {"content_type": "text/html; charset=utf-8", **headers}
    given.setdefault("content_length", str(len(body)))
    lines = [f"HTTP/1.1 {status} So"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in given.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def page(title: str, *paragraphs: str) -> bytes:
    """A page as people write them."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html><head><title>{title}</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<main><article><h1>{title}</h1>{text}</article></main></body></html>"
    ).encode()


@dataclass
class Network:
    """Names, and what is behind addresses. Counts every connection that is asked for.

    ``names`` gives the addresses of a host, a list of lists one after another for each time it is
    asked. All public addresses lead to ``site``.
    """

    site: Site
    names: Mapping[str, Sequence[str] | Sequence[Sequence[str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        found = self.names.get(host, [PUBLIC])
        if found and not isinstance(found[0], str):
            return found[min(self.asked.count(host), len(found)) - 1]
        if not found:
            raise OSError("no such name")
        return [str(address) for address in found]

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore2's own
    ) -> httpcore2.AsyncNetworkStream:
        self.connected.append((host, port))
        return await httpcore2.AnyIOBackend().connect_tcp("127.0.0.1", self.site.port, timeout)


@contextmanager
def serving_in_thread(pages: Mapping[str, bytes | Handler] | None = None) -> Iterator[Site]:
    """Serve a site for tests that aren't asynchronous."""
    loop = asyncio.new_event_loop()
    serving_ = serving(pages)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def run(work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(10)

    async def wind_down() -> None:
        await serving_.__aexit__(None, None, None)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    site = cast("Site", run(serving_.__aenter__()))
    try:
        yield site
    finally:
        run(wind_down())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
