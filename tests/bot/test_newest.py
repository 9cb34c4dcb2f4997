"""Of what somebody types, the newest is done; of what many type, a few at a time."""

from __future__ import annotations

import asyncio

from bot.newest import Newest
from tests.bot.clock import FakeClock


async def test_only_the_newest_of_a_persons_requests_is_done() -> None:
    clock, done = FakeClock(), list[str]()
    newest = Newest(sleep=clock.sleep)

    async def typed(user: int, text: str) -> bool:
        async def work() -> None:
            done.append(text)

        return await newest.do(user, work)

    tasks = [
        asyncio.create_task(typed(user, text))
        for user, text in ((1, "Q"), (1, "Qu"), (2, "W"), (1, "Qua"))
    ]
    await clock.run(*tasks)
    assert sorted(done) == ["Qua", "W"]
    assert [task.result() for task in tasks] == [False, False, True, True]
    assert clock.now < 1001


async def test_a_few_are_done_at_the_same_time_and_not_more_wait_than_fit() -> None:
    clock, gate = FakeClock(), asyncio.Event()
    newest = Newest(at_once=2, most=5, sleep=clock.sleep)
    working = most = 0

    async def work() -> None:
        nonlocal working, most
        working += 1
        most = max(most, working)
        await gate.wait()
        working -= 1

    tasks = [asyncio.create_task(newest.do(user, work)) for user in range(9)]
    for _ in range(9):
        await asyncio.sleep(0)
        clock.wake()
    gate.set()
    await clock.run(*tasks)
    assert most == 2
    assert [task.result() for task in tasks] == [True] * 5 + [False] * 4


async def test_work_that_fails_leaves_nothing_behind() -> None:
    clock = FakeClock()
    newest = Newest(at_once=1, most=1, sleep=clock.sleep)

    async def fails() -> None:
        raise ValueError("as told")

    async def works() -> None:
        pass

    failing = asyncio.create_task(newest.do(1, fails))
    await asyncio.sleep(0)
    clock.wake()
    assert isinstance((await asyncio.gather(failing, return_exceptions=True))[0], ValueError)
    working = asyncio.create_task(newest.do(2, works))
    await clock.run(working)
    assert working.result()
