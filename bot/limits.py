"""How much Telegram lets a bot send, and counting it. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` requests in any ``seconds``."""

    count: int
    seconds: float


CHAT = Limit(1, 1.0)
GROUP = Limit(20, 60.0)
# A little wider than Telegram's second, since requests overlap and reach it unevenly.
OVERALL = Limit(30, 1.05)
# What is only shown in advance leaves half of everything to the answers themselves.
CHAT_SPARE = Limit(30, 60.0)
GROUP_SPARE = Limit(10, 60.0)
OVERALL_SPARE = Limit(15, 1.05)


@dataclass(slots=True)
class Window:
    """When the last requests were made, as far back as ``limit`` looks."""

    limit: Limit
    times: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until one more request fits."""
        if len(self.times) < self.limit.count:
            return 0.0
        return self.times[-self.limit.count] + self.limit.seconds - now

    def is_empty(self, now: float) -> bool:
        """Whether no request was made so recently that it still counts."""
        return not self.times or self.times[-1] + self.limit.seconds <= now

    def add(self, now: float) -> None:
        """Count a request."""
        self.times.append(now)
        while len(self.times) > self.limit.count:
            self.times.popleft()
