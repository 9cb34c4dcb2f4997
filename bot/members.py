"""Who is in which group: as Telegram says, or as somebody has shown by pressing a button there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from telegram import ChatMemberRestricted
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

if TYPE_CHECKING:
    from telegram import ChatMember
    from telegram.ext import ExtBot

logger = logging.getLogger(__name__)

_PATIENCE = 0.5  # seconds; a pressed button has to be answered within one
_SURE_FOR = 60.0
_SEEN_FOR = 3600.0
_MANY = 10_000

_THERE = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER)


class Members:
    """Tells members of groups and channels from others; ``clock`` gives seconds.

    Telegram may not say who is in a group that hides its members from a bot that is no admin
    there. Who has pressed a button there in the last hour is taken for a member then.
    """

    def __init__(self, bot: ExtBot[Any], clock: Callable[[], float]) -> None:
        self._bot = bot
        self._clock = clock
        self._known: dict[tuple[int, int], float] = {}
        self._seen: dict[tuple[int, int], float] = {}

    async def has(self, chat: int, user: int, *, pressed: bool = False) -> bool:
        """Whether a chat has somebody as a member. Takes half a second at most.

        ``pressed`` says that they have just pressed a button there, which is believed where
        Telegram doesn't say otherwise.
        """
        now, key = self._clock(), (chat, user)
        if self._known.get(key, now) > now:
            return True
        try:
            async with asyncio.timeout(_PATIENCE):
                there = _is_there(await self._bot.get_chat_member(chat, user))
        except (TelegramError, TimeoutError) as error:
            logger.info("whether %s is in chat %s can't be told: %s", user, chat, error)
            if not pressed:
                return self._seen.get(key, now) > now
        else:
            if not there:
                return False
            _put(self._known, key, now + _SURE_FOR, now)
        if pressed:
            _put(self._seen, key, now + _SEEN_FOR, now)
        return True


def _is_there(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in _THERE


def _put(
    times: dict[tuple[int, int], float], key: tuple[int, int], until: float, now: float
) -> None:
    if len(times) >= _MANY:
        for old in [old for old, time in times.items() if time <= now] or list(times)[: _MANY // 2]:
            del times[old]
    times[key] = until
