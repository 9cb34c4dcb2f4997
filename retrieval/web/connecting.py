"""The only door out: connects to the very address that was checked, and to no other."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, Protocol

import httpcore2

from retrieval.faults import Fault
from retrieval.settings import WebSettings
from retrieval.web.addresses import is_allowed, read_address

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Finds the addresses of a host. Raises ``OSError`` where there are none."""

_MOST = 4  # addresses of one host that are tried


class Connector(Protocol):
    """Opens a connection to an address, such as ``httpcore2.AnyIOBackend``."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore2's own
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to an address."""


class ForbiddenError(Exception):
    """A host leads to an address that links may not lead to."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class Door(httpcore2.AsyncNetworkBackend):
    """Resolves, checks and connects in one place, so that nothing can change in between.

    The encryption above it still asks for the certificate of the name, not of the address.
    """

    def __init__(self, settings: WebSettings, resolve: Resolve, connector: Connector) -> None:
        self._settings = settings
        self._resolve = resolve
        self._connector = connector

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore2's own
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first address of a host that answers, if all may be connected to.

        Raises:
            ForbiddenError: one of them may not.
            httpcore2.ConnectError: none of them answers, or there is none.
        """
        if port not in self._settings.ports:
            raise ForbiddenError(Fault("port", f"port {port} is not allowed", port=str(port)))
        failed: Exception = httpcore2.ConnectError("no address")
        for address in await self._addresses(host, port, timeout):
            try:
                return await self._connector.connect_tcp(address, port, timeout)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
        raise failed

    async def _addresses(self, host: str, port: int, seconds: float | None) -> list[str]:
        if literal := read_address(host):
            found: Sequence[str] = [str(literal)]
        else:
            try:
                async with asyncio.timeout(seconds):
                    found = await self._resolve(host, port)
            except TimeoutError:
                raise httpcore2.ConnectTimeout("no name server answers") from None
            except (OSError, UnicodeError) as error:
                raise httpcore2.ConnectError(f"there is no server of that name: {error}") from error
        addresses = [read_address(text) for text in found]
        # A name that is half public and half not is a trick, or a mistake.
        if not all(address and is_allowed(host, address, self._settings) for address in addresses):
            english = (
                f"the link leads to {host}, which is in a network of one's own: allow it in "
                "FETCH_ALLOW_HOSTS if that is meant"
            )
            raise ForbiddenError(Fault("internal", english))
        return [str(address) for address in addresses[:_MOST]]

    async def connect_unix_socket(self, path: str, *_: Any, **__: Any) -> Any:
        """Refuse: no link leads there."""
        raise ForbiddenError(Fault("internal", f"{path} is not on the web"))

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        await asyncio.sleep(seconds)


async def resolve(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a host.

    In a thread that nobody waits for at the end: a name server may take minutes not to answer.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def settle(found: list[str], error: OSError | UnicodeError | None) -> None:
        if answer.done():
            return
        if error:
            answer.set_exception(error)
        else:
            answer.set_result(found)

    def ask() -> None:
        found: list[str] = []
        failed: OSError | UnicodeError | None = None
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found = list(dict.fromkeys(str(info[4][0]) for info in infos))
        except (OSError, UnicodeError) as error:
            failed = error
        with suppress(RuntimeError):  # the loop is closed: it was not worth waiting for
            loop.call_soon_threadsafe(settle, found, failed)

    threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    return await answer
