from __future__ import annotations

import asyncio

import pytest
import telegram

from bot.sandbox.errors import ApiError
from bot.sandbox.updates import KEPT_SECONDS, KINDS, UpdateQueue
from tests.bot.sandbox.conftest import Clock


def a_queue(count: int = 0, clock: Clock | None = None) -> UpdateQueue:
    queue = UpdateQueue(clock or Clock(), first_id=100)
    for number in range(count):
        queue.add("message", {"text": str(number)})
    return queue


async def ids(queue: UpdateQueue, offset: int = 0, limit: int = 100) -> list[int]:
    return [update["update_id"] for update in await queue.poll(offset, limit, 0)]


async def test_updates_stay_until_an_offset_confirms_them() -> None:
    queue = a_queue(3)
    assert await ids(queue) == await ids(queue) == [100, 101, 102]
    assert await ids(queue, offset=102) == [102]
    assert await ids(queue) == [102]


async def test_a_limit_leaves_the_rest_for_later() -> None:
    queue = a_queue(3)
    assert await ids(queue, limit=2) == [100, 101]
    assert await ids(queue, offset=102) == [102]


async def test_a_negative_offset_keeps_only_the_newest() -> None:
    queue = a_queue(5)
    assert await ids(queue, offset=-2) == [103, 104]
    assert len(queue) == 2


async def test_updates_are_forgotten_after_a_day() -> None:
    clock = Clock()
    queue = a_queue(1, clock)
    clock.now += KEPT_SECONDS - 1
    queue.add("message", {})
    assert await ids(queue) == [100, 101]
    clock.now += 1
    assert await ids(queue) == [101]


async def test_a_long_poll_ends_when_an_update_comes() -> None:
    queue = a_queue()
    poll = asyncio.create_task(queue.poll(0, 100, 60))
    await asyncio.sleep(0)
    queue.add("message", {"text": "ciao"})
    assert await poll == [{"update_id": 100, "message": {"text": "ciao"}}]


async def test_a_second_poll_ends_the_first_with_a_conflict() -> None:
    queue = a_queue()
    first = asyncio.create_task(queue.poll(0, 100, 60))
    await asyncio.sleep(0)
    second = asyncio.create_task(queue.poll(0, 100, 60))
    with pytest.raises(ApiError, match="terminated by other getUpdates request") as caught:
        await first
    assert caught.value.code == 409
    queue.add("message", {})
    assert len(await second) == 1


async def test_an_interrupted_poll_returns_what_there_is() -> None:
    queue = a_queue()
    poll = asyncio.create_task(queue.poll(0, 100, 60))
    await asyncio.sleep(0)
    queue.interrupt()
    assert await poll == []


async def test_only_the_kinds_asked_for_are_queued() -> None:
    queue = a_queue()
    assert queue.add("message_reaction", {}) is None
    queue.allow(["message_reaction"])
    assert queue.add("message_reaction", {}) == 100
    assert queue.add("message", {}) is None
    queue.allow(None)
    assert queue.allowed == ("message_reaction",)
    queue.allow([])
    assert queue.add("message", {}) == 101


def test_the_kinds_are_telegrams() -> None:
    assert set(telegram.constants.UpdateType) == KINDS


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ApiError, match="'mesage'"):
        a_queue().allow(["mesage"])


def test_a_server_started_later_does_not_give_an_id_again() -> None:
    clock = Clock()
    before = UpdateQueue(clock)
    last = [before.add("message", {}) for _ in range(100)][-1]
    clock.now += 10
    first = UpdateQueue(clock).add("message", {})
    assert last is not None
    assert first is not None
    assert last < first < 2**31
