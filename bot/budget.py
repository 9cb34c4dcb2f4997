"""One send budget for everything: answers, edits and notices wait for their chat's turn.

What is only shown in advance of an answer never waits and never makes an answer wait: it is sent
where there is room to spare, and dropped elsewhere.
"""

from __future__ import annotations

import asyncio
import logging
import time
import warnings
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import count
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.limits import CHAT, CHAT_SPARE, GROUP, GROUP_SPARE, OVERALL, OVERALL_SPARE, Window

Result = bool | dict[str, Any] | list[dict[str, Any]]
BeforeSending = Callable[[], Awaitable[None]]
"""Awaited once the budget allows a request, right before it leaves."""


class Sending(Enum):
    """How a request is sent where it isn't sent for good."""

    IF_THERE_IS_ROOM = "if there is room"


RateLimitArgs = BeforeSending | Sending
"""What ``rate_limit_args`` may say of a request."""


class NoRoomError(Exception):
    """The budget has nothing to spare for a request that may be dropped; it wasn't made."""


logger = logging.getLogger(__name__)

_RETRIES = 5
_LONGEST_HOLD = 300.0
# Where this many chats are known, those are forgotten whose windows are all empty by now: they
# would begin again as they are.
_MANY_CHATS = 1000


@dataclass(slots=True)
class _Chat:
    """The limits that requests wait for, and those below which there is room to spare."""

    windows: tuple[Window, ...]
    spare: tuple[Window, ...]
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    held_until: float = 0.0
    users: int = 0

    def wait(self, now: float) -> float:
        return max(self.held_until - now, *(window.wait(now) for window in self.windows))

    def is_idle(self, now: float) -> bool:
        """Whether a chat never seen before would be treated just the same."""
        return (
            not self.users
            and self.held_until <= now
            and all(window.is_empty(now) for window in self.windows)
        )

    def has_room(self, now: float) -> bool:
        """Whether something may be sent without anything having to wait."""
        return not self.turn.locked() and (
            max(self.wait(now), *(window.wait(now) for window in self.spare)) <= 0
        )

    def add(self, now: float, *, is_draft: bool = False) -> None:
        """Count a request. A draft, which is no message, takes no answer's second."""
        for window in (*self.windows, *self.spare):
            if not (is_draft and window is self.windows[0]):
                window.add(now)


class RateBudget(BaseRateLimiter[RateLimitArgs]):
    """Keeps the bot inside Telegram's limits, with one budget for whatever it sends.

    That is 1 message a second in a chat, 20 a minute in a group (they have negative ids), and 30
    a second in all.

    Requests of a chat go one after another, in the order they came; other chats don't wait for
    them. A 429 holds the chat it was about for as long as Telegram says, and then the request is
    made again, at most five times. Requests without a chat, and those that show no message, pass
    at once.

    A chat's second counts from when Telegram has answered, so that a slow request followed by a
    quick one can't arrive closer together than they left.

    A request with ``Sending.IF_THERE_IS_ROOM`` is dropped unless more than half of each limit is
    free, nothing else is on its way to that chat, and nothing was in the last second. An answer
    may follow a draft at once, which is a short burst that Telegram lets through; after a message
    or an edit it waits for the rest of the second.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._chats: dict[int | str, _Chat] = {}
        self._all = Window(OVERALL)
        self._all_spare = Window(OVERALL_SPARE)
        self._all_turn = asyncio.Lock()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def process_request(  # noqa: PLR0917 - the base class says so
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: Mapping[str, Any],
        rate_limit_args: RateLimitArgs | None,
    ) -> Result:
        """Make a request when its chat's turn has come.

        Raises:
            NoRoomError: There is none, for a request that may be dropped.
            RetryAfter: Telegram said 429 too often, or wants more than five minutes.
        """
        chat_id = data.get("chat_id")
        if chat_id is None or not _shows_something(endpoint):
            return await callback(*args, **kwargs)
        chat = self._chat(chat_id)
        if isinstance(rate_limit_args, Sending):
            is_draft = endpoint == "sendMessageDraft"
            return await self._make_if_there_is_room(
                chat, lambda: callback(*args, **kwargs), is_draft=is_draft
            )
        chat.users += 1
        try:
            async with chat.turn:
                for attempt in count(1):
                    await self._until_allowed(chat)
                    if rate_limit_args:
                        await rate_limit_args()
                    try:
                        return await callback(*args, **kwargs)
                    except RetryAfter as error:
                        seconds = seconds_to_wait(error)
                        if attempt > _RETRIES or seconds > _LONGEST_HOLD:
                            raise
                        logger.warning("chat %s is held for %g s by Telegram", chat_id, seconds)
                        chat.held_until = self._clock() + seconds
                    finally:
                        chat.add(self._clock())
            raise AssertionError("the loop ends by returning or raising")
        finally:
            chat.users -= 1

    async def _make_if_there_is_room(
        self, chat: _Chat, request: Callable[[], Awaitable[Result]], *, is_draft: bool
    ) -> Result:
        now = self._clock()
        if not chat.has_room(now) or max(self._all.wait(now), self._all_spare.wait(now)) > 0:
            raise NoRoomError
        self._count(now)
        try:
            return await request()
        except RetryAfter as error:
            chat.held_until = self._clock() + seconds_to_wait(error)
            raise
        finally:
            chat.add(self._clock(), is_draft=is_draft)

    def _count(self, now: float) -> None:
        self._all.add(now)
        self._all_spare.add(now)

    async def _until_allowed(self, chat: _Chat) -> None:
        while (seconds := chat.wait(self._clock())) > 0:
            await self._sleep(seconds)
        async with self._all_turn:
            while (seconds := self._all.wait(self._clock())) > 0:
                await self._sleep(seconds)
            self._count(self._clock())

    def _chat(self, chat_id: int | str) -> _Chat:
        if len(self._chats) >= _MANY_CHATS:
            now = self._clock()
            self._chats = {key: chat for key, chat in self._chats.items() if not chat.is_idle(now)}
        if chat_id not in self._chats:
            is_group = not isinstance(chat_id, int) or chat_id < 0
            limits = (CHAT, GROUP) if is_group else (CHAT,)
            spare = (CHAT, GROUP_SPARE if is_group else CHAT_SPARE)
            self._chats[chat_id] = _Chat(
                tuple(Window(limit) for limit in limits),
                tuple(Window(limit) for limit in spare),
            )
        return self._chats[chat_id]


def _shows_something(endpoint: str) -> bool:
    if endpoint == "sendChatAction":
        return False
    return endpoint.startswith(("send", "edit", "copy", "forward"))


def seconds_to_wait(error: RetryAfter) -> float:
    """How long Telegram wants to be left alone after this 429."""
    with warnings.catch_warnings():
        # The library warns on every reading that this will become a timedelta; both are handled.
        warnings.simplefilter("ignore")
        value = error.retry_after
    return float(value) if isinstance(value, int) else value.total_seconds()
