"""Every request is allowed before and counted after, and another try waits its time."""

from __future__ import annotations

import pytest

from retrieval.library import Library
from retrieval.reasons import Fallback
from retrieval.usage import Usage
from tests.model_server import Reply, saying
from tests.retrieval.writers import (
    GOOD,
    MEMBERS,
    broken,
    desk,
    is_embedded,
)


async def test_every_request_is_reserved_and_recorded_however_it_ends(sample: Library) -> None:
    async with desk(sample) as at:
        answer = await at.ask(MEMBERS, Reply(status=500), broken(12), GOOD)
        assert answer.written
        refused, cut, good = at.purse.recorded
        assert at.purse.left == 1_000_000 - 3
    assert refused == Usage(1)
    assert cut.input_tokens > 500  # nobody counted; the prompt went out
    assert cut.output_tokens > 10
    assert good == Usage(1, 100, 20)
    assert answer.usage == refused + cut + good


@pytest.mark.parametrize("left", [0, 1])
async def test_nothing_is_asked_beyond_the_budget(sample: Library, left: int) -> None:
    async with desk(sample) as at:
        at.purse.left = left
        answer = await at.ask(MEMBERS, saying("prose"), GOOD)
        is_embedded(answer, sample, Fallback.BUDGET)
        assert at.server.calls == left
        assert at.outages == []


async def test_a_budget_that_cannot_be_read_is_logged_and_costs_the_model_alone(
    sample: Library, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        async def reserve(self) -> bool:
            raise OSError("disk full")

        async def record(self, usage: Usage) -> None:
            raise AssertionError

    async with desk(sample) as at:
        answer = await at.writer.ask(MEMBERS, spend=Broken())
        is_embedded(answer, sample, Fallback.UNAVAILABLE)
        assert at.outages == []
    assert "disk full" in caplog.text


async def test_a_server_that_asks_for_time_gets_it(sample: Library) -> None:
    async with desk(sample) as at:
        busy = Reply(status=429, headers={"Retry-After": "7"})
        assert (await at.ask(MEMBERS, busy, GOOD)).written
        assert at.clock.slept == [7]


@pytest.mark.parametrize("odd", ["nan", "-7", "domani"])
async def test_a_server_that_asks_for_no_time_gets_a_moment(sample: Library, odd: str) -> None:
    async with desk(sample) as at:
        busy = Reply(status=429, headers={"Retry-After": odd})
        assert (await at.ask(MEMBERS, busy, GOOD)).written
        assert at.clock.slept == [0.5]
