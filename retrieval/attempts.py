"""The requests that one question makes to a model: few, each allowed and each counted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import aclosing

from retrieval.chat import Chat
from retrieval.errors import ModelError
from retrieval.outages import Outage
from retrieval.prompting import Prompt
from retrieval.usage import Spend, Usage

MOST = 3
"""Requests for one question, whatever they are for and however they end."""

_CHARACTERS_A_TOKEN = 3  # where nobody counts: few, so that the estimate is rather too high
_PAUSE = 0.5  # seconds before another try, where the server doesn't say; doubles


class OverBudgetError(Exception):
    """There is nothing left to spend."""


class Attempts:
    """The requests of one question.

    ``until`` is when the answer is due, on ``clock``. ``usage`` is of all requests so far, ``left``
    how many more there may be.
    """

    def __init__(
        self,
        chat: Chat,
        spend: Spend,
        until: float,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._chat = chat
        self._spend = spend
        self._until = until
        self._clock = clock
        self._sleep = sleep
        self.usage = Usage()
        self.left = MOST

    @property
    def structured(self) -> bool:
        """Whether the model keeps to a JSON schema."""
        return self._chat.structured

    async def request(
        self,
        prompt: Prompt,
        most_tokens: int,
        on_text: Callable[[str], bool],
        *,
        structured: bool = False,
    ) -> str:
        """Make one request, and return the reason the server gives for its end, "" for none.

        ``on_text`` is given the text as it arrives, and tells whether to read on.

        Raises:
            OverBudgetError: it isn't allowed.
            ModelError: it failed.
        """
        if not await self._spend.reserve():
            raise OverBudgetError
        self.left -= 1
        counted: Usage | None = None
        length = 0
        reached = True
        finish = ""
        try:
            pieces = self._chat.stream(prompt, most_tokens, structured=structured)
            async with aclosing(pieces):  # type: ignore[type-var]
                async for piece in pieces:
                    counted = piece.usage or counted
                    finish = piece.finish or finish
                    length += len(piece.text)
                    if piece.text and not on_text(piece.text):
                        break
        except ModelError as error:
            reached = length > 0 or error.outage is Outage.SLOW
            raise
        finally:
            used = counted or (_estimated(len(prompt), length) if reached else Usage(1))
            self.usage += used
            await self._spend.record(used)
        return finish

    async def pause(self, error: ModelError) -> None:
        """Wait before another try.

        Raises:
            ModelError: that error, if another try can't help, or would be too late.
        """
        if not error.again or not self.left:
            raise error
        if error.outage is None:
            return  # the server has said what it doesn't know, and needs no rest
        seconds = error.after or _PAUSE * 2 ** (MOST - 1 - self.left)
        if self._clock() + seconds >= self._until:
            raise error
        await self._sleep(seconds)


def _estimated(asked: int, answered: int) -> Usage:
    return Usage(1, -(-asked // _CHARACTERS_A_TOKEN), -(-answered // _CHARACTERS_A_TOKEN))
