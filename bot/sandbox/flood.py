"""Flood control: how many messages, and edits, a bot may send how fast."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import ApiError


@dataclass(frozen=True, slots=True)
class Window:
    """At most ``count`` messages in any stretch of ``seconds``."""

    count: int
    seconds: float

    def __post_init__(self) -> None:
        if self.count < 1 or self.seconds <= 0:
            raise ValueError(f"not a limit: {self.count} messages in {self.seconds} seconds")


@dataclass(frozen=True, slots=True)
class FloodLimits:
    """Limits that all hold at once: in one private chat, in one group or channel, and overall.

    The defaults are Telegram's published ones: one message a second in a chat (short bursts go
    through), twenty a minute in a group, thirty a second in all.
    """

    private: tuple[Window, ...] = (Window(5, 3), Window(60, 60))
    group: tuple[Window, ...] = (Window(5, 3), Window(20, 60))
    overall: tuple[Window, ...] = (Window(30, 1),)


TELEGRAM_LIMITS = FloodLimits()
NO_LIMITS = FloodLimits(private=(), group=(), overall=())


class FloodGate:
    """Counts what the bot sends, and refuses what comes too fast with 429 and ``retry_after``.

    Args:
        limits: What to hold it to.
        clock: Seconds, from any start, never going back.
    """

    def __init__(self, limits: FloodLimits, clock: Callable[[], float]) -> None:
        self.limits = limits
        self._clock = clock
        self._sent: dict[int | None, deque[float]] = {}

    def spend(self, chat_id: int) -> None:
        """Count one message to a chat, whose id is below zero unless it is private.

        Raises:
            ApiError: 429; nothing is counted then.
        """
        now = self._clock()
        windows = self.limits.private if chat_id > 0 else self.limits.group
        wait = max(self._wait(chat_id, windows, now), self._wait(None, self.limits.overall, now))
        if wait > 0:
            seconds = math.ceil(wait)
            raise ApiError(
                429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds}
            )
        self._remember(chat_id, windows, now)
        self._remember(None, self.limits.overall, now)

    def _wait(self, key: int | None, windows: tuple[Window, ...], now: float) -> float:
        sent = self._sent.get(key, deque())
        # The count-th newest message must have left the window before another may enter.
        return max(
            (sent[-w.count] + w.seconds - now for w in windows if len(sent) >= w.count),
            default=0.0,
        )

    def _remember(self, key: int | None, windows: tuple[Window, ...], now: float) -> None:
        longest = max((window.count for window in windows), default=0)
        if longest:
            self._sent.setdefault(key, deque(maxlen=longest)).append(now)
