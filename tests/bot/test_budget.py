"""The send budget, on a clock of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.budget import NoRoomError, RateBudget, RateLimitArgs, Sending
from bot.limits import CHAT, GROUP, OVERALL
from tests.bot.clock import FakeClock

# The library warns whenever a RetryAfter is made.
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after")


class Server:
    """Notes when each request arrives; answers as ``answers`` say, else at once with success."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.arrivals: list[tuple[float, int | None]] = []
        self.answers: list[Callable[[], Awaitable[bool]]] = []
        self.budget = RateBudget(clock=clock, sleep=clock.sleep)

    async def _answer(self, endpoint: str, data: dict[str, Any]) -> bool:
        self.arrivals.append((self.clock.now, data.get("chat_id")))
        return await self.answers.pop(0)() if self.answers else True

    def send(
        self,
        chat_id: int | None,
        endpoint: str = "sendMessage",
        before: RateLimitArgs | None = None,
    ) -> asyncio.Task[Any]:
        data = {} if chat_id is None else {"chat_id": chat_id}
        return asyncio.create_task(
            self.budget.process_request(self._answer, (endpoint, data), {}, endpoint, data, before)
        )

    async def draft(self, chat_id: int) -> bool:
        """Whether a request that may be dropped was made."""
        try:
            await self.send(chat_id, "sendMessageDraft", Sending.IF_THERE_IS_ROOM)
        except NoRoomError:
            return False
        return True

    def times(self, chat_id: int) -> list[float]:
        return [time for time, chat in self.arrivals if chat == chat_id]


def most_within(times: list[float], seconds: float) -> int:
    return max(sum(start <= t < start + seconds - 1e-6 for t in times) for start in times)


@pytest.fixture
def server() -> Server:
    return Server(FakeClock())


async def test_a_chat_gets_one_message_a_second_edits_included(server: Server) -> None:
    endpoints = ["sendMessage", "editMessageText", "sendMessage", "sendMessageDraft"]
    await server.clock.run(*(server.send(7, endpoint) for endpoint in endpoints))
    assert [b - a for a, b in pairwise(server.times(7))] == pytest.approx([1.0] * 3)


async def test_a_group_gets_twenty_a_minute(server: Server) -> None:
    await server.clock.run(*(server.send(-7) for _ in range(41)))
    assert most_within(server.times(-7), GROUP.seconds) == 20
    assert server.times(-7)[40] - server.times(-7)[0] >= 120


async def test_all_chats_together_get_thirty_a_second(server: Server) -> None:
    await server.clock.run(*(server.send(chat) for chat in range(1, 101)))
    assert most_within([time for time, _ in server.arrivals], OVERALL.seconds) == 30


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([-2, -1, 1, 2, 3]), min_size=1, max_size=120))
def test_no_mixture_of_chats_breaks_a_limit(chats: list[int]) -> None:
    async def check() -> None:
        server = Server(FakeClock())
        await server.clock.run(*(server.send(chat) for chat in chats))
        for chat in set(chats):
            assert most_within(server.times(chat), CHAT.seconds) == 1
            assert chat > 0 or most_within(server.times(chat), GROUP.seconds) <= 20
        assert most_within([time for time, _ in server.arrivals], 1.0) <= 30
        assert len(server.arrivals) == len(chats)

    asyncio.run(check())


async def test_what_shows_no_message_passes_at_once(server: Server) -> None:
    await server.clock.run(
        *(server.send(7, "sendChatAction") for _ in range(5)),
        *(server.send(7, "getChat") for _ in range(5)),
        *(server.send(None, "setMyCommands") for _ in range(5)),
    )
    assert {time for time, _ in server.arrivals} == {1000.0}


async def test_a_429_holds_its_chat_alone_and_is_tried_again(server: Server) -> None:
    async def too_many() -> bool:
        raise RetryAfter(30)

    server.answers = [too_many]
    held = [server.send(1), server.send(1)]
    await asyncio.sleep(0)
    await server.clock.run(*held, server.send(2), server.send(2))
    assert server.times(1) == [1000.0, 1030.0, 1031.0]
    assert server.times(2) == [1000.0, 1001.0]


async def test_429_without_end_is_passed_on(server: Server) -> None:
    async def too_many() -> bool:
        raise RetryAfter(2)

    server.answers = [too_many] * 100
    with pytest.raises(RetryAfter):
        await server.clock.run(server.send(1))
    assert len(server.arrivals) == 6


async def test_a_slow_request_counts_from_its_end(server: Server) -> None:
    async def slow() -> bool:
        await server.clock.sleep(5)
        return True

    server.answers = [slow]
    await server.clock.run(server.send(1), server.send(1))
    assert server.times(1) == [1000.0, 1006.0]


async def test_the_last_word_before_sending_comes_after_the_wait(server: Server) -> None:
    told: list[float] = []

    async def before() -> None:
        told.append(server.clock.now)

    await server.clock.run(server.send(1, before=before), server.send(1, before=before))
    assert told == [1000.0, 1001.0]


async def test_chats_of_long_ago_are_forgotten(server: Server) -> None:
    for chat in range(1, 3001):
        await server.clock.run(server.send(chat))
    assert len(server.budget._chats) <= 1001


async def test_a_group_is_remembered_as_long_as_its_minute_counts(server: Server) -> None:
    await server.clock.run(*(server.send(-7) for _ in range(19)))
    server.clock.now += 2
    # More chats than are kept without looking which are over, in less than that minute.
    await server.clock.run(*(server.send(chat) for chat in range(1, 1002)))
    await server.clock.run(*(server.send(-7) for _ in range(10)))
    assert most_within(server.times(-7), GROUP.seconds) <= 20


async def test_what_may_be_dropped_is_sent_once_a_second_and_never_waits(server: Server) -> None:
    sent = []
    for _ in range(25):
        sent.append(await server.draft(7))
        server.clock.now += 0.1
    assert [n for n, was_sent in enumerate(sent) if was_sent] == pytest.approx([0, 10, 20], abs=1)


async def test_an_answer_never_waits_for_what_might_have_been_dropped(server: Server) -> None:
    assert await server.draft(7)
    await server.clock.run(server.send(7), server.send(7))
    assert server.times(7) == [1000.0, 1000.0, 1001.0]


async def test_after_an_edit_that_shows_an_answer_come_along_the_answer_waits_its_second(
    server: Server,
) -> None:
    assert await server.send(-7, "editMessageText", Sending.IF_THERE_IS_ROOM)
    await server.clock.run(server.send(-7), server.send(-7))
    assert server.times(-7) == [1000.0, 1001.0, 1002.0]


async def test_a_draft_on_its_way_holds_up_nobody(server: Server) -> None:
    gone = asyncio.Event()

    async def slow() -> bool:
        return await gone.wait()

    server.answers = [slow]
    drafting = asyncio.create_task(server.draft(7))
    await asyncio.sleep(0)
    await server.clock.run(server.send(7))
    assert server.times(7) == [1000.0, 1000.0]
    gone.set()
    assert await drafting


async def test_nothing_is_drafted_while_an_answer_is_on_its_way_or_waits(server: Server) -> None:
    gone = asyncio.Event()

    async def slow() -> bool:
        return await gone.wait()

    server.answers = [slow]
    answers = [server.send(7), server.send(7)]
    await asyncio.sleep(0)
    assert not await server.draft(7)
    gone.set()
    await server.clock.run(*answers)
    assert not await server.draft(7)
    server.clock.now += 1
    assert await server.draft(7)


@pytest.mark.parametrize(("chat", "most"), [(7, 30), (-7, 10)])
async def test_half_of_a_chats_minute_is_left_to_answers(
    server: Server, chat: int, most: int
) -> None:
    sent = 0
    for _ in range(59):
        sent += await server.draft(chat)
        server.clock.now += 1.001
    assert sent == most


async def test_a_groups_minute_counts_drafts_too(server: Server) -> None:
    for _ in range(10):
        assert await server.draft(-7)
        server.clock.now += 1.001
    await server.clock.run(*(server.send(-7) for _ in range(20)))
    assert most_within(server.times(-7), GROUP.seconds) == 20


async def test_half_of_what_all_chats_may_have_is_left_to_answers(server: Server) -> None:
    assert sum([await server.draft(chat) for chat in range(1, 31)]) == 15
    await server.clock.run(*(server.send(chat) for chat in range(31, 61)))
    assert most_within([time for time, _ in server.arrivals], OVERALL.seconds) == 30


async def test_a_429_for_a_draft_is_not_tried_again_and_holds_the_chat(server: Server) -> None:
    async def too_many() -> bool:
        raise RetryAfter(30)

    server.answers = [too_many]
    with pytest.raises(RetryAfter):
        await server.draft(7)
    assert not await server.draft(7)
    await server.clock.run(server.send(7))
    assert server.times(7) == [1000.0, 1030.0]
