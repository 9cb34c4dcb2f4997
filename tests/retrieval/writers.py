"""A writer over a library, asking a scripted server; time that passes when told; what was said."""

from __future__ import annotations

import asyncio
import importlib
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from retrieval.chat import OpenAIChat
from retrieval.drafts import Draft
from retrieval.outages import Outage
from retrieval.reasons import Fallback
from retrieval.secret import Secret
from retrieval.settings import ModelSettings
from retrieval.types import Answer
from retrieval.usage import Usage
from retrieval.wording import wording
from retrieval.writing import Library, Writer
from tests.model_server import ModelServer, Reply, Request, claims, saying, serving

KEY = "sk-test-0123456789abcdef0123"


class Clock:
    """Seconds that pass when told; sleeping lets them pass at once. ``slept`` lists the sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@dataclass
class Purse:
    """Allows so many requests; ``recorded`` lists what they used."""

    left: int = 1_000_000
    recorded: list[Usage] = field(default_factory=list)

    async def reserve(self) -> bool:
        self.left -= 1
        return self.left >= 0

    async def record(self, usage: Usage) -> None:
        self.recorded.append(usage)


@dataclass
class Desk:
    """A writer with all that stands around it."""

    writer: Writer
    server: ModelServer
    clock: Clock
    purse: Purse
    drafts: list[Draft] = field(default_factory=list)
    outages: list[Outage] = field(default_factory=list)
    recoveries: list[None] = field(default_factory=list)

    async def ask(self, question: str, *script: Reply | Callable[[Request], Reply]) -> Answer:
        """Ask, with these replies to come."""
        self.server.script.extend(script)
        return await self.writer.ask(question, on_draft=self.drafts.append, spend=self.purse)


@asynccontextmanager
async def desk(library: Library, *, deadline: float = 20.0, url: str = "") -> AsyncIterator[Desk]:
    """Set a desk up; the writer asks the server of the desk, or another one's ``url``.

    At the end, nothing of it may be left: no connection, and no task.
    """
    importlib.import_module("langchain_openai")  # takes longer than some deadlines
    before = asyncio.all_tasks()
    async with serving() as server:
        clock, purse = Clock(), Purse()
        settings = ModelSettings(key=Secret(KEY), url=url or server.url, deadline=deadline)
        outages: list[Outage] = []
        recoveries: list[None] = []
        writer = Writer(
            library,
            OpenAIChat(settings),
            deadline=deadline,
            on_outage=outages.append,
            on_recovery=lambda: recoveries.append(None),
            clock=clock,
            sleep=clock.sleep,
        )
        try:
            yield Desk(writer, server, clock, purse, outages=outages, recoveries=recoveries)
        finally:
            server.release()
            await writer.aclose()
            for _ in range(10_000):
                if not server.connections and asyncio.all_tasks() <= before:
                    break
                await asyncio.sleep(0)
    assert server.connections == 0
    assert asyncio.all_tasks() <= before


def number_of(request: Request, quote: str) -> int:
    """The number of the passage that holds a quote, 99 where none does."""
    for number, text in re.findall(r"PASSAGE (\d+) ---\n(.*?)\n--- ", request.data, re.DOTALL):
        if quote in text:
            return int(number)
    return 99


def writing(*said: tuple[str, str], size: int = 16) -> Callable[[Request], Reply]:
    """A reply with claims: words, and the quote they rest on, from wherever it stands."""

    def reply(request: Request) -> Reply:
        numbered: Sequence[tuple[str, list[tuple[int, str]]]] = [
            (text, [(number_of(request, quote), quote)]) for text, quote in said
        ]
        return saying(claims(*numbered), size)

    return reply


MEMBERS = "Quanti membri ha la NATO?"
MEMBERS_QUOTE = "la NATO ha già fatto circolare una bozza di proposta tra i suoi 31 membri"
MEMBERS_SENTENCE = f"Sempre secondo Nikkei Asia, {MEMBERS_QUOTE}."
MEMBERS_CLAIM = f"Secondo Nikkei Asia, {MEMBERS_QUOTE}."
OFFICES = (
    "Altri uffici di collegamento della NATO si trovano in cinque paesi: Georgia, Ucraina, Bosnia "
    "ed Erzegovina, Moldavia e Kuwait."
)

GOOD = writing((MEMBERS_CLAIM, MEMBERS_SENTENCE))
TWO = writing((MEMBERS_CLAIM, MEMBERS_SENTENCE), (OFFICES, OFFICES))


def broken(at: int) -> Callable[[Request], Reply]:
    """A good reply whose connection breaks after so many pieces."""

    def reply(request: Request) -> Reply:
        whole = TWO(request)
        return Reply(whole.pieces, cut=min(at, len(whole.pieces)))

    return reply


def is_embedded(answer: Answer, library: Library, why: Fallback) -> None:
    """See that an answer is the library's own, and says why, once and at the end."""
    own = library.find(answer.question).answer
    assert (answer.written, answer.fallback) == (False, why)
    assert answer.text == f"{own.text}\n\n{wording(own.language).fallback(why)}"
    assert (answer.claims, answer.status) == (own.claims, own.status)
    assert answer.highlights == own.highlights
