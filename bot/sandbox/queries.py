"""Queries that await an answer of the bot's: inline ones, and those of chats it isn't in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.chats import Json


@dataclass(slots=True)
class InlineQuery:
    """What somebody typed behind the bot's name in a chat, until it is answered and after."""

    id: str
    user_id: int
    chat_id: int
    query: str
    asked_at: float
    answer: Json | None = None


@dataclass(slots=True)
class GuestQuery:
    """A message that calls the bot into a chat where it isn't a member."""

    id: str
    chat_id: int
    message_id: int
    asked_at: float
    answered: bool = False


class Queries:
    """All queries there were, and answers that may be given again.

    ``clock`` gives Unix time in seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._cached: dict[tuple[int, str], tuple[float, Json]] = {}
        self.inline: dict[str, InlineQuery] = {}
        self.guest: dict[str, GuestQuery] = {}

    def add_inline(self, user_id: int, chat_id: int, query: str) -> InlineQuery:
        """Note an inline query; one whose answer is still good has it at once."""
        added = InlineQuery(_new_id(), user_id, chat_id, query, self._clock())
        self.inline[added.id] = added
        for key in ((user_id, query), (0, query)):
            until, answer = self._cached.get(key, (0.0, None))
            if until > self._clock():
                added.answer = answer
        return added

    def add_guest(self, chat_id: int, message_id: int) -> GuestQuery:
        """Note a message that calls the bot from outside."""
        added = GuestQuery(_new_id(), chat_id, message_id, self._clock())
        self.guest[added.id] = added
        return added

    def answer_inline(self, query: InlineQuery, answer: Json) -> None:
        """Keep an answer, for its query and, as long as it says, for the same again."""
        query.answer = answer
        whose = query.user_id if answer["is_personal"] else 0
        self._cached[whose, query.query] = (self._clock() + answer["cache_time"], answer)


def _new_id() -> str:
    return str(secrets.randbelow(9 * 10**17) + 10**17)
