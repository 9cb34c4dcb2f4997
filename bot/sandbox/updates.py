"""The queue of updates, and its one poller."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.chats import Json
from bot.sandbox.errors import ApiError, bad_request

KEPT_SECONDS = 24 * 60 * 60
_EPOCH = 1_735_689_600  # 2025-01-01: keeps ids that grow with the clock within 31 bits until 2031

DEFAULT_KINDS = frozenset(
    "message edited_message channel_post edited_channel_post inline_query chosen_inline_result "
    "callback_query shipping_query pre_checkout_query poll poll_answer my_chat_member "
    "chat_join_request chat_boost removed_chat_boost business_connection business_message "
    "edited_business_message deleted_business_messages purchased_paid_media managed_bot "
    "guest_message".split()
)
KINDS = DEFAULT_KINDS | {"chat_member", "message_reaction", "message_reaction_count"}


class Bell:
    """Wakes everyone who waits for it, once a ring."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake all who wait now."""
        event, self._event = self._event, asyncio.Event()
        event.set()

    async def wait(self, seconds: float) -> bool:
        """Wait for the next ring, at most ``seconds``. False when none came."""
        event = self._event
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class _Pending:
    id: int
    kept_until: float
    update: Json


class UpdateQueue:
    """Updates wait here until the bot confirms them with an offset, at most 24 hours.

    Args:
        clock: Unix time in seconds.
        first_id: The first update's id. Left out, it follows from the clock (ten a second), so
            that a server started again doesn't give an id a second time.
    """

    def __init__(self, clock: Callable[[], float], first_id: int | None = None) -> None:
        self._clock = clock
        self._next_id = first_id if first_id is not None else int((clock() - _EPOCH) * 10)
        self._pending: deque[_Pending] = deque()
        self._kinds = DEFAULT_KINDS
        self._bell = Bell()
        self._poller: object | None = None
        self.webhook = ""

    def __len__(self) -> int:
        """How many updates wait."""
        self._forget_old()
        return len(self._pending)

    @property
    def allowed(self) -> tuple[str, ...]:
        """The kinds of updates asked for; none named means the default ones."""
        return () if self._kinds == DEFAULT_KINDS else tuple(sorted(self._kinds))

    def add(self, kind: str, content: Json) -> int | None:
        """Queue an update of a kind. Its id, or None if the bot didn't ask for that kind."""
        if kind not in self._kinds:
            return None
        update_id, self._next_id = self._next_id, self._next_id + 1
        update = {"update_id": update_id, kind: content}
        self._pending.append(_Pending(update_id, self._clock() + KEPT_SECONDS, update))
        self._bell.ring()
        return update_id

    def allow(self, kinds: list[object] | None) -> None:
        """Choose the kinds of updates to come. None leaves it as it was; none means the default.

        Raises:
            ApiError: There is no such kind.
        """
        if kinds is None:
            return
        names = {str(kind) for kind in kinds}
        if unknown := names - KINDS:
            raise bad_request(f"unknown update type {min(unknown)!r} in allowed_updates")
        self._kinds = frozenset(names) or DEFAULT_KINDS

    def drop(self) -> None:
        """Forget all waiting updates."""
        self._pending.clear()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Confirm what lies before ``offset``, then wait up to ``seconds`` for updates.

        A negative offset keeps only that many of the newest. A poll ends the one before it.

        Raises:
            ApiError: 409, when a webhook is set or another poll took over.
        """
        if self.webhook:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        me = self._poller = object()
        self._bell.ring()
        self._confirm(offset)
        if not self._pending and seconds > 0:
            await self._bell.wait(seconds)
            if self._poller is not me:
                raise ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; "
                    "make sure that only one bot instance is running",
                )
        self._forget_old()
        return [pending.update for pending, _ in zip(self._pending, range(limit), strict=False)]

    def interrupt(self) -> None:
        """End a waiting poll, which then returns what there is."""
        self._bell.ring()

    def _confirm(self, offset: int) -> None:
        self._forget_old()
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        while self._pending and self._pending[0].id < offset:
            self._pending.popleft()

    def _forget_old(self) -> None:
        now = self._clock()
        while self._pending and self._pending[0].kept_until <= now:
            self._pending.popleft()
