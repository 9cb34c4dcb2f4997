"""A budget of calls, kept over a real server that counts them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

from bot.spending import Spending
from bot.state import State
from retrieval import Answer, Fallback, Settings, Usage, Writer
from tests.bot.clock import FakeClock
from tests.bot.fakes import ALL_IT_FINDS, SmallLibrary
from tests.model_server import claims, saying, serving

ANNA = 7


async def one_run(folder: Path, url: str, numbers: Iterable[int]) -> list[Answer]:
    """What Anna is answered in one run of the bot, twenty questions at a time."""
    state = await State.open(f"sqlite+aiosqlite:///{folder}/state.sqlite3")
    spending = Spending(
        state.engine,
        42,
        model="m",
        price=None,
        user_calls=100,
        total=0,
        largest_call=Usage.largest_call(),
        clock=FakeClock(),
    )
    writer = Writer.open(Settings.from_environment({"OPENAI_BASE_URL": url}), SmallLibrary())
    assert writer
    turn = asyncio.Semaphore(20)

    async def ask(number: int) -> Answer:
        async with turn:
            spend = spending.for_question(-number % 10, ANNA)
            return await writer.ask(f"Quanti sono, {number}?", spend=spend)

    answers = await asyncio.gather(*(ask(number) for number in numbers))
    await writer.aclose()
    await state.close()
    return answers


async def test_a_thousand_questions_make_a_hundred_calls_with_a_restart_in_the_middle(
    tmp_path: Path,
) -> None:
    async with serving() as server:
        server.otherwise = saying(claims((ALL_IT_FINDS, [(1, ALL_IT_FINDS)])), size=1000)
        answers = [
            *await one_run(tmp_path, server.url, range(60)),
            *await one_run(tmp_path, server.url, range(60, 1000)),
        ]
        assert server.calls == 100
    assert len(answers) == 1000
    assert sum(answer.written for answer in answers) == 100
    assert [answer.fallback for answer in answers].count(Fallback.BUDGET) == 900
