"""Answers written by a model, from passages that were found for it.

A question that leans on the conversation is put anew to stand alone
(:mod:`retrieval.rewriting`), passages are found (:class:`retrieval.library.Library`), a model is
asked for claims with quotes (:mod:`retrieval.prompting`, :mod:`retrieval.chat`), which are read as
they arrive (:mod:`retrieval.parsing`), and let through one by one (:mod:`retrieval.gate`). Whatever
goes wrong on the way, the answer in the sources' own words is there already
(:mod:`retrieval.composing`).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol, Self

from retrieval import composing
from retrieval.attempts import Attempts, OverBudgetError
from retrieval.chat import Chat, OpenAIChat
from retrieval.drafts import OnDraft
from retrieval.errors import ModelError
from retrieval.follow_up import complete
from retrieval.outages import CircuitBreaker, Outage
from retrieval.question import parse
from retrieval.reasons import Fallback
from retrieval.recent import RecentAnswers
from retrieval.task import Task, UnfinishedError
from retrieval.types import Answer, Language, Turn
from retrieval.usage import Spend, Unlimited, Usage

if TYPE_CHECKING:
    from retrieval.answering import Found
    from retrieval.settings import Settings

logger = logging.getLogger(__name__)


class Library(Protocol):
    """The part of :class:`retrieval.library.Library` that a writer needs. It blocks."""

    def find(
        self,
        question: str,
        *,
        language: Language | None = None,
        history: Sequence[Turn] = (),
        within: str = "",
    ) -> Found:
        """Answer in the sources' own words, and give what else may be written from."""


class Writer:
    """Writes answers. For one event loop; close it at the end.

    Every question is answered within the deadline and a moment, whatever the server does: at
    worst in the sources' own words. Open one with :meth:`open`.

    Args:
        library: finds what to write from.
        chat: the model.
        deadline: seconds for a written answer, all tries included.
        spend: allows requests and counts them, unless a question brings its own.
        executor: where searches run; by default, the event loop's.
        on_outage: is told once when the model stops answering.
        on_recovery: is told once when it answers again.
        clock: gives seconds, of any beginning.
        sleep: waits between two tries.
    """

    def __init__(
        self,
        library: Library,
        chat: Chat,
        *,
        deadline: float,
        spend: Spend | None = None,
        executor: Executor | None = None,
        on_outage: Callable[[Outage], None] | None = None,
        on_recovery: Callable[[], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._library = library
        self._chat = chat
        self._deadline = deadline
        self._spend = spend or Unlimited()
        self._executor = executor
        self._breaker = CircuitBreaker(
            clock, on_outage or _log_outage, on_recovery or _log_recovery
        )
        self._clock = clock
        self._sleep = sleep
        self._recent = RecentAnswers()

    @classmethod
    def open(
        cls,
        settings: Settings,
        library: Library,
        *,
        spend: Spend | None = None,
        executor: Executor | None = None,
        on_outage: Callable[[Outage], None] | None = None,
        on_recovery: Callable[[], None] | None = None,
    ) -> Self | None:
        """Make a writer as the settings say, or none. Nothing is fetched before a question."""
        if not settings.model.writes:
            return None
        return cls(
            library,
            OpenAIChat(settings.model),
            deadline=settings.model.deadline,
            spend=spend,
            executor=executor,
            on_outage=on_outage,
            on_recovery=on_recovery,
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._chat.aclose()

    async def ask(
        self,
        question: str,
        *,
        language: Language | None = None,
        history: Sequence[Turn] = (),
        within: str = "",
        on_draft: OnDraft | None = None,
        spend: Spend | None = None,
    ) -> Answer:
        """Answer a question, or refuse.

        ``language``, ``history`` and ``within`` are as in :meth:`retrieval.library.Library.ask`.
        ``on_draft`` is told what may be shown meanwhile; it isn't called where no model is.

        Raises:
            StoreError: the sources can't be searched.
        """
        begun = self._clock()
        read = parse(question, language)
        find = partial(self._find, within=within)
        found = await find(question, language, history)
        follow_up = complete(read, history) if found.answer.ranked else None
        if not (found.passages or follow_up):
            return found.answer
        generation = found.answer.generation
        key = (question, read.language, generation, within)
        known = None if follow_up else self._recent.get(*key)
        if known:
            given = replace(known, question=question, usage=Usage())
        else:
            until = begun + self._deadline
            attempts = Attempts(self._chat, spend or self._spend, until, self._clock, self._sleep)
            writing = Task(
                read,
                found,
                follow_up,
                history,
                attempts=attempts,
                find=find,
                on_draft=on_draft,
            )
            given = await self._written(writing)
            given = replace(given, question=question, usage=attempts.usage)
            if given.written and not follow_up:
                self._recent.keep(question, read.language, given, within)
        return replace(given, ms=(self._clock() - begun) * 1e3)

    async def _find(
        self,
        question: str,
        language: Language | None,
        history: Sequence[Turn] = (),
        *,
        within: str,
    ) -> Found:
        search = partial(
            self._library.find, question, language=language, history=history, within=within
        )
        return await asyncio.get_running_loop().run_in_executor(self._executor, search)

    async def _written(self, task: Task) -> Answer:
        """Have an answer written; give the sources' own words where that fails."""
        if not self._breaker.enter():
            return composing.instead(task.found, Fallback.UNAVAILABLE)
        answers: bool | Outage = False  # nothing known
        try:
            async with asyncio.timeout(self._deadline):
                answer = await task.run()
            answers = True
        except UnfinishedError:
            answers = True
            answer = composing.instead(task.found, Fallback.UNFINISHED)
        except OverBudgetError:
            answer = composing.instead(task.found, Fallback.BUDGET)
        except (ModelError, TimeoutError) as error:
            logger.warning("no written answer: %s", str(error) or "the deadline has passed")
            answers = (error.outage or False) if isinstance(error, ModelError) else Outage.SLOW
            answer = composing.instead(task.found, Fallback.UNAVAILABLE)
        except Exception:
            logger.exception("no written answer")
            answer = composing.instead(task.found, Fallback.UNAVAILABLE)
        finally:
            self._learn(answers)
        return answer

    def _learn(self, answers: bool | Outage) -> None:
        try:
            self._breaker.learn(answers)
        except Exception:
            logger.exception("nobody could be told of the outage, or of its end")


def _log_outage(outage: Outage) -> None:
    logger.warning("the model has stopped answering (%s): the sources' own words answer", outage)


def _log_recovery() -> None:
    logger.warning("the model answers again")
