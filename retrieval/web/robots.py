"""What servers ask of programs, in ``robots.txt``."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from retrieval.faults import Fault
from retrieval.web.fetched import Fetched, FetchError
from retrieval.web.links import Link

if TYPE_CHECKING:
    from protego import Protego

AGENT = "Passo (answers questions from pages that its owner has linked to)"
"""How we introduce ourselves. The first word is our name in ``robots.txt``."""

_LONGEST_PAUSE = 5.0  # seconds, whatever a server asks for: a reload has an end
_READ = 500_000  # characters; what follows need not be read, says RFC 9309


class Robots:
    """The rules of servers, each asked for once. ``get`` fetches a page, whatever they say."""

    def __init__(self, get: Callable[[Link], Awaitable[Fetched]]) -> None:
        self._get = get
        self._asking: dict[str, asyncio.Lock] = {}
        self._rules: dict[str, Protego | FetchError | None] = {}

    async def allow(self, link: Link) -> float:
        """Return, where a page may be read, the seconds that its server wants between two.

        Raises:
            FetchError: it may not be read, or its server doesn't say.
        """
        async with self._asking.setdefault(link.origin, asyncio.Lock()):
            if link.origin not in self._rules:
                self._rules[link.origin] = await self._ask(link)
        rules = self._rules[link.origin]
        if isinstance(rules, FetchError):
            raise rules
        if rules is None:
            return 0.0
        if not rules.can_fetch(link.url, AGENT):
            english = (
                "its server asks programs not to read it (robots.txt): save the page as a file"
            )
            raise FetchError(Fault("robots", english))
        delay = rules.crawl_delay(AGENT) or 0.0
        return min(delay, _LONGEST_PAUSE) if delay > 0 else 0.0

    async def _ask(self, link: Link) -> Protego | FetchError | None:
        """Read a server's rules: ``None`` where it has none, an error where it doesn't say."""
        from protego import Protego

        try:
            file = await self._get(Link(link.scheme, link.host, link.port, "/robots.txt"))
        except FetchError as error:
            # As RFC 9309 has it: no file, no rules; but a server in trouble is left alone.
            return None if 400 <= error.status < 500 and error.status != 429 else error
        text = (file.body or b"").decode("utf-8", "replace")
        return Protego.parse(text[:_READ])
