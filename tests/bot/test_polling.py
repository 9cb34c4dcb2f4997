"""Polling: Telegram is told only after, and no trouble ends it but a refused token."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any, cast

import pytest
from sqlalchemy.exc import OperationalError
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.errors import TokenError
from bot.polling import UpdatesRequest, poll
from tests.bot.clock import FakeClock
from tests.bot.inboxes import an_update


class FakeBot:
    """Gives each of ``answers`` in turn, or raises it; then waits for ever, as a long poll may."""

    def __init__(self, *answers: list[Update] | Exception) -> None:
        self.answers = list(answers)
        self.offsets: list[int | None] = []
        self.asked_at: list[float] = []
        self.clock = FakeClock()
        self.received: list[int] = []
        self.drained = asyncio.Event()

    async def get_updates(self, *, offset: int | None, **fields: Any) -> list[Update]:
        self.offsets.append(offset)
        self.asked_at.append(self.clock.now)
        if not self.answers:
            self.drained.set()
            await asyncio.Event().wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def receive(self, updates: Sequence[Update]) -> None:
        self.received += [update.update_id for update in updates]

    async def run(self) -> None:
        polling = asyncio.create_task(
            poll(
                cast("Bot", self),
                self.receive,
                clock=self.clock,
                sleep=self.clock.sleep,
                jitter=lambda: 1.0,
            )
        )
        drained = asyncio.create_task(self.drained.wait())
        waiting = asyncio.create_task(
            asyncio.wait([polling, drained], return_when=asyncio.FIRST_COMPLETED)
        )
        await self.clock.run(waiting)
        if polling.done():
            drained.cancel()
            polling.result()
        polling.cancel()


async def test_the_next_offset_confirms_what_was_received() -> None:
    bot = FakeBot([an_update(5), an_update(6)], [an_update(7)])
    await bot.run()
    assert bot.offsets == [None, 7, 8]
    assert bot.received == [5, 6, 7]


async def test_what_could_not_be_written_is_not_confirmed() -> None:
    bot = FakeBot([an_update(5)], [an_update(5)])
    receive, failures = bot.receive, [OperationalError("insert", {}, Exception("disk is full"))]

    async def fails_once(updates: Sequence[Update]) -> None:
        if failures:
            raise failures.pop()
        await receive(updates)

    bot.receive = fails_once  # type: ignore[method-assign]  # a fake, bent for this test
    await bot.run()
    assert bot.offsets == [None, None, 6]
    assert bot.received == [5]


async def test_pauses_grow_with_failures_and_end_with_success() -> None:
    errors = [NetworkError("down"), TimedOut(), NetworkError("down")]
    bot = FakeBot(*errors, [an_update(5)], NetworkError("down"))
    await bot.run()
    assert [later - 1000 for later in bot.asked_at] == [0, 1, 3, 7, 7, 8]


@pytest.mark.filterwarnings("ignore:.*retry_after")
async def test_telegram_is_left_alone_for_as_long_as_it_says() -> None:
    bot = FakeBot(RetryAfter(500), [an_update(5)])
    await bot.run()
    assert bot.asked_at[1] - bot.asked_at[0] == 500
    assert bot.received == [5]


async def test_a_second_poller_is_named_and_waited_out(caplog: pytest.LogCaptureFixture) -> None:
    bot = FakeBot(Conflict("terminated by other getUpdates request"), [an_update(5)])
    await bot.run()
    assert bot.asked_at[1] - bot.asked_at[0] == 10
    assert "another program" in caplog.text
    assert bot.received == [5]


async def test_a_refused_token_ends_it() -> None:
    with pytest.raises(TokenError, match="TELEGRAM_BOT_TOKEN"):
        await FakeBot(InvalidToken()).run()


async def test_empty_answers_at_once_do_not_make_a_busy_loop() -> None:
    bot = FakeBot(*[[] for _ in range(10)])
    await bot.run()
    assert bot.asked_at[-1] - bot.asked_at[0] == pytest.approx(2.0)


def test_an_unreadable_update_is_reduced_to_its_id() -> None:
    good = json.loads(an_update(2).to_json())
    bad = {"update_id": 1, "message": {"text": "no id, no date, no chat"}}
    payload = json.dumps({"ok": True, "result": [bad, good, "nonsense"]}).encode()
    answer = UpdatesRequest.parse_json_payload(payload)
    assert answer["result"] == [{"update_id": 1}, good]


def test_other_answers_pass_as_they_are() -> None:
    payload = b'{"ok":false,"error_code":409,"description":"Conflict"}'
    assert UpdatesRequest.parse_json_payload(payload)["error_code"] == 409
