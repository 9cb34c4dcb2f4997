"""What handlers work with, in one frozen container."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Protocol

from bot.answers import Answers
from bot.conversations import Conversations
from bot.feedback import Feedback
from bot.spending import Spending
from bot.statistics import Statistics
from bot.threads import in_own_thread
from retrieval import (
    Answer,
    Changes,
    Draft,
    Language,
    OnProgress,
    SourceSummary,
    Spend,
    Turn,
)


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


class Writer(Protocol):
    """The part of ``retrieval.Writer`` that handlers use."""

    async def ask(
        self,
        question: str,
        *,
        language: Language | None = None,
        history: Sequence[Turn] = (),
        on_draft: Callable[[Draft], None] | None = None,
        spend: Spend | None = None,
    ) -> Answer:
        """Have a model answer a question, which takes seconds; the library's answer otherwise."""


@dataclass(frozen=True, slots=True)
class Context:
    """The collaborators of the handlers.

    ``bot_id`` and ``username`` (without @) are the bot's own. ``answering`` is the pool that
    questions are answered in. ``writer`` answers them instead where there is a model; what that
    uses goes to ``spending``. ``clock`` gives seconds since 1970. ``progress_seconds`` is the
    time between two looks at how a reload goes.
    """

    library: Library
    conversations: Conversations
    answers: Answers
    feedback: Feedback
    statistics: Statistics
    bot_id: int
    username: str
    admins: frozenset[int]
    answering: Executor
    clock: Callable[[], float]
    progress_seconds: float = 4.0
    writer: Writer | None = None
    spending: Spending | None = None

    async def write(
        self,
        question: str,
        language: Language,
        history: Sequence[Turn],
        *,
        asker: tuple[int, int],
        on_draft: Callable[[Draft], None],
    ) -> Answer:
        """Have the model answer a question. Needs ``writer``; ``asker`` is a chat and a user."""
        assert self.writer
        return await self.writer.ask(
            question,
            language=language,
            history=history,
            on_draft=on_draft,
            spend=self.spending.for_question(*asker) if self.spending else None,
        )

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
