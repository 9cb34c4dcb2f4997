"""Members are told from others, even where Telegram doesn't say."""

from __future__ import annotations

from typing import Any, cast

import pytest
from telegram import ChatMember, ChatMemberLeft, ChatMemberMember, User
from telegram.error import BadRequest

from bot.members import Members
from tests.bot.clock import FakeClock

GROUP, ANNA = -1007, 1


class _Bot:
    """Says what ``status`` makes of anybody, or raises ``error``; ``asked`` counts."""

    def __init__(self) -> None:
        self.status: type[ChatMember] = ChatMemberMember
        self.error: Exception | None = None
        self.asked = 0

    async def get_chat_member(self, _chat: int, user: int) -> ChatMember:
        self.asked += 1
        if self.error:
            raise self.error
        kind = cast("Any", self.status)
        member: ChatMember = kind(User(user, "X", is_bot=False))
        return member


@pytest.fixture
def bot() -> _Bot:
    return _Bot()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def members(bot: _Bot, clock: FakeClock) -> Members:
    return Members(cast("Any", bot), clock)


async def test_who_is_there_is_a_member_and_is_not_asked_about_for_a_minute(
    members: Members, bot: _Bot, clock: FakeClock
) -> None:
    assert await members.has(GROUP, ANNA)
    bot.status = ChatMemberLeft
    assert await members.has(GROUP, ANNA)
    assert bot.asked == 1
    clock.now += 61
    assert not await members.has(GROUP, ANNA)
    assert not await members.has(GROUP, ANNA, pressed=True)


async def test_where_telegram_does_not_say_who_pressed_there_is_believed_for_an_hour(
    members: Members, bot: _Bot, clock: FakeClock
) -> None:
    bot.error = BadRequest("member list is inaccessible")
    assert not await members.has(GROUP, ANNA)
    assert await members.has(GROUP, ANNA, pressed=True)
    clock.now += 3599
    assert await members.has(GROUP, ANNA)
    assert not await members.has(GROUP, ANNA + 1)
    clock.now += 2
    assert not await members.has(GROUP, ANNA)
