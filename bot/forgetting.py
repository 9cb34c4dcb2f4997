"""An answer that is being written when its asker says ``/forget`` is said, but not kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass


@dataclass(eq=False, slots=True)
class UnderWay:
    """A question that is being answered. ``user`` is who asked, 0 where that is nobody in person.

    ``forgotten`` says that they have said ``/forget`` since: nothing of it may be kept any more.
    """

    user: int
    forgotten: bool = False


class Forgetting:
    """Has keeping an answer and forgetting its asker wait for each other.

    So an answer is kept whole before its asker is forgotten, or not at all. Who was forgotten is
    remembered nowhere, but by the questions of theirs that are still under way.
    """

    def __init__(self) -> None:
        self._under_way: set[UnderWay] = set()
        self._turn = asyncio.Lock()

    @contextmanager
    def answering(self, user: int) -> Iterator[UnderWay]:
        """A question of somebody's, from before anything is looked for until it is kept."""
        question = UnderWay(user)
        self._under_way.add(question)
        try:
            yield question
        finally:
            self._under_way.discard(question)

    @asynccontextmanager
    async def keeping(self, question: UnderWay) -> AsyncIterator[bool]:
        """While an answer is kept, if that is what this yields: it may be too late for that."""
        async with self._turn:
            yield not question.forgotten

    @asynccontextmanager
    async def of(self, user: int) -> AsyncIterator[None]:
        """While all that is kept of a person is deleted."""
        async with self._turn:
            for question in self._under_way:
                question.forgotten |= question.user == user
            yield
