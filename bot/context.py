"""What handlers work with, in one frozen container."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Protocol

from bot.conversations import Conversations
from bot.threads import in_own_thread
from retrieval import Answer, Changes, Language, OnProgress, SourceSummary, Turn


class Library(Protocol):
    """The part of ``retrieval.Library`` that handlers use. Every method blocks."""

    def ask(
        self, question: str, *, language: Language | None = None, history: Sequence[Turn] = ()
    ) -> Answer:
        """Answer a question, which may lean on those before; takes some 20 ms."""

    def sources(self) -> tuple[SourceSummary, ...]:
        """What the library has read."""

    def reload(self, on_progress: OnProgress | None = None, *, force: bool = False) -> Changes:
        """Read the sources again, ``force`` whatever is lost by it; may take minutes."""


@dataclass(frozen=True, slots=True)
class Context:
    """The collaborators of the handlers.

    ``bot_id`` and ``username`` (without @) are the bot's own. ``answering`` is the pool that
    questions are answered in. ``clock`` gives seconds since 1970. ``progress_seconds`` is the
    time between two looks at how a reload goes.
    """

    library: Library
    conversations: Conversations
    bot_id: int
    username: str
    admins: frozenset[int]
    answering: Executor
    clock: Callable[[], float]
    progress_seconds: float = 4.0

    async def ask(self, question: str, language: Language, history: Sequence[Turn]) -> Answer:
        """Answer a question in the pool."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self.answering,
            lambda: self.library.ask(question, language=language, history=history),
        )

    async def sources(self) -> tuple[SourceSummary, ...]:
        """List the sources, in the pool."""
        return await asyncio.get_running_loop().run_in_executor(
            self.answering, self.library.sources
        )

    async def reload(self, on_progress: OnProgress, *, force: bool) -> Changes:
        """Read the sources again in a thread of its own, so that questions keep theirs."""
        return await in_own_thread(lambda: self.library.reload(on_progress, force=force))
