"""Asks for one page after another: politely, within limits, and nowhere it may not."""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import AsyncIterable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Self

import httpcore2

from retrieval.faults import Fault, FaultError
from retrieval.settings import WebSettings
from retrieval.web.connecting import Connector, Door, ForbiddenError, Resolve, resolve
from retrieval.web.fetched import Fetched, FetchError, Validators
from retrieval.web.links import Link, parse
from retrieval.web.media import in_utf8, looked_into, suffix_of
from retrieval.web.robots import AGENT, Robots
from retrieval.web.unpacking import Gunzip

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AT_ONCE = 8  # hosts
_HEADERS = {
    "User-Agent": AGENT,
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
    "application/pdf, */*;q=0.5",
    "Accept-Encoding": "gzip",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take: seconds in all, to connect and between two pieces; bytes.

    ``size`` counts what was sent, and again what that unpacks to.
    """

    total: float = 30.0
    connect: float = 10.0
    read: float = 10.0
    size: int = 20_000_000
    redirects: int = 5


class Fetcher:
    """Fetches pages, one at a time of each host. For ``async with``.

    ``resolve`` finds the addresses of hosts and ``connector`` connects to one that passed.
    ``pause`` is how many seconds a host is left alone between two requests.
    """

    def __init__(
        self,
        settings: WebSettings,
        *,
        resolve: Resolve = resolve,
        connector: Connector | None = None,
        limits: Limits | None = None,
        pause: float = 0.25,
        tls: Callable[[], ssl.SSLContext] = httpcore2.default_ssl_context,
    ) -> None:
        self._settings = settings
        self._limits = limits or Limits()
        self._pause = pause
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=tls(),
            max_connections=_AT_ONCE,
            network_backend=Door(settings, resolve, connector or httpcore2.AnyIOBackend()),
        )
        self._turns: dict[str, asyncio.Lock] = {}
        self._free: dict[str, float] = {}
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._robots = Robots(self._follow)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._pool.aclose()

    async def fetch(self, link: Link, known: Validators | None = None) -> Fetched:
        """Fetch a page, if it isn't the one that is ``known``, following redirects.

        Raises:
            FetchError: it can't be had, or is of a kind that isn't read.
        """
        return await self._follow(link, known, is_page=True)

    async def _follow(
        self, link: Link, known: Validators | None = None, *, is_page: bool = False
    ) -> Fetched:
        for _ in range(self._limits.redirects + 1):
            pause = await self._robots.allow(link) if is_page else 0.0
            answer = await self._in_turn(link, known, pause, is_page=is_page)
            if isinstance(answer, Fetched):
                return answer
            try:
                link = parse(answer, self._settings, link)
            except FaultError as error:
                english = f"it leads on to where it may not: {error}"
                raise FetchError(Fault("leads-on", english, cause=error.fault)) from None
        english = f"it leads on more than {self._limits.redirects} times: link to its end"
        raise FetchError(Fault("circles", english))

    async def _in_turn(
        self, link: Link, known: Validators | None, pause: float, *, is_page: bool
    ) -> Fetched | str:
        """Make one request when its host has had its rest; what goes wrong is a FetchError."""
        clock = asyncio.get_running_loop().time
        async with self._turns.setdefault(link.host, asyncio.Lock()):
            await asyncio.sleep(self._free.get(link.host, 0.0) - clock())
            try:
                async with self._slots, asyncio.timeout(self._limits.total):
                    return await self._ask(link, known, is_page=is_page)
            except (TimeoutError, httpcore2.TimeoutException):
                english = "it takes too long to answer: try again later"
                raise FetchError(Fault("slow-server", english)) from None
            except ForbiddenError as error:
                raise FetchError(error.fault) from None
            except httpcore2.ConnectError as error:
                english = f"its server can't be reached: {_words(error)}"
                raise FetchError(Fault("unreachable", english)) from None
            except (httpcore2.NetworkError, httpcore2.ProtocolError, ssl.SSLError) as error:
                english = f"its server breaks off: {_words(error)}"
                raise FetchError(Fault("breaks-off", english)) from None
            finally:
                self._free[link.host] = clock() + max(pause, self._pause)

    async def _ask(self, link: Link, known: Validators | None, *, is_page: bool) -> Fetched | str:
        """Make one request; gives the page, or where the server says that it is."""
        limits = self._limits
        condition = _condition(known) if known and known.url == link.url else {}
        headers = {"Host": link.place, **_HEADERS, **condition}
        request = self._pool.stream(
            "GET",
            httpcore2.URL(
                scheme=link.scheme.encode(),
                host=link.host.encode(),
                port=link.port,
                target=link.target.encode(),
            ),
            headers=[(name.encode(), value.encode()) for name, value in headers.items()],
            extensions={
                "timeout": {
                    "connect": limits.connect,
                    "read": limits.read,
                    "write": limits.read,
                    "pool": limits.total,
                }
            },
        )
        async with request as response:
            told = _headers(response)
            if response.status in _REDIRECTS and told.get("location"):
                return told["location"]
            if response.status == HTTPStatus.NOT_MODIFIED and known and condition:
                return Fetched(link, None, validators=known)
            if response.status != HTTPStatus.OK:
                raise FetchError(_refusal(response.status), response.status)
            said = told.get("content-type", "")
            media = said.partition(";")[0].strip().lower()
            suffix = suffix_of(media, link.target)
            if is_page and not suffix:
                english = f"it is of a kind that isn't read ({media[:50] or 'unknown'})"
                raise FetchError(Fault("media", english))
            _check_size(int(told.get("content-length", "0")), limits.size)
            encoding = told.get("content-encoding", "identity").lower()
            if encoding not in ("identity", "gzip", "x-gzip"):
                english = "it is packed in a way that was not asked for: it can't be read"
                raise FetchError(Fault("garbled", english))
            assert isinstance(response.stream, AsyncIterable)
            zipped = encoding != "identity"
            body = await _body(response.stream, limits.size, zipped=zipped)
            validators = Validators(link.url, told.get("etag", ""), told.get("last-modified", ""))
            suffix = looked_into(suffix, body)
            return Fetched(link, in_utf8(suffix, body, said), suffix, validators)


async def _body(stream: AsyncIterable[bytes], most: int, *, zipped: bool) -> bytes:
    """Read it all, unpacked, never holding more than ``most`` bytes of it and a piece."""
    unpack = Gunzip() if zipped else None
    body, sent = bytearray(), 0
    async for piece in stream:
        sent += len(piece)
        try:
            body += unpack.feed(piece, most + 1 - len(body)) if unpack else piece
        except zlib.error:
            english = "what its server sends is garbled: try again later"
            raise FetchError(Fault("garbled", english)) from None
        _check_size(max(sent, len(body)), most)
    if unpack and not unpack.is_whole:
        raise FetchError(Fault("breaks-off", "its server breaks off: try again later"))
    return bytes(body)


def _check_size(size: int, most: int) -> None:
    if size > most:
        english = f"it is larger than {most / 1_000_000:g} MB: link to a smaller page"
        raise FetchError(Fault("large-page", english, megabytes=most / 1_000_000))


def _condition(known: Validators) -> dict[str, str]:
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    # Only what may be sent: it came from a server, and was kept in a file.
    return {
        name: value
        for name, value in asked.items()
        if value and value.isascii() and value.isprintable() and len(value) < 1_000
    }


def _headers(response: httpcore2.Response) -> Mapping[str, str]:
    """What the server says, by name in lower case; of several of a name, the first."""
    told: dict[str, str] = {}
    for name, value in response.headers:
        with suppress(UnicodeDecodeError):
            told.setdefault(name.decode("ascii").lower(), value.decode().strip())
    return told


def _refusal(status: int) -> Fault:
    said = str(status)
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        english = f"it is not there ({status}): correct the link or take it out"
        return Fault("not-there", english, status=said)
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        english = f"its server doesn't let us in ({status}): save the page as a file instead"
        return Fault("not-let-in", english, status=said)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        english = f"its server wants to be left alone for a while ({status}): try again later"
        return Fault("left-alone", english)
    return Fault("fails", f"its server fails ({status}): try again later", status=said)


def _words(error: Exception) -> str:
    words = " ".join(str(error).split())[:200]
    return f"{words or type(error).__name__}: try again later"
