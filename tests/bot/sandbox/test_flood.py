from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import ApiError
from bot.sandbox.flood import NO_LIMITS, TELEGRAM_LIMITS, FloodGate, FloodLimits, Window
from tests.bot.sandbox.conftest import Clock


def sent_in(gate: FloodGate, clock: Clock, chat_id: int, seconds: int) -> int:
    """How many messages get through when one tries as hard as it can, ten times a second."""
    sent = 0
    for _ in range(seconds * 10):
        try:
            gate.spend(chat_id)
            sent += 1
        except ApiError:
            clock.now += 0.1
    return sent


def test_a_burst_of_five_goes_through_and_the_sixth_waits() -> None:
    gate = FloodGate(TELEGRAM_LIMITS, Clock(0))
    for _ in range(5):
        gate.spend(7)
    with pytest.raises(ApiError) as caught:
        gate.spend(7)
    assert caught.value.to_json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }


def test_a_private_chat_takes_one_message_a_second_in_the_long_run() -> None:
    clock = Clock(0)
    assert 60 <= sent_in(FloodGate(TELEGRAM_LIMITS, clock), clock, 7, 60) <= 65


def test_a_group_takes_twenty_messages_a_minute() -> None:
    clock = Clock(0)
    assert sent_in(FloodGate(TELEGRAM_LIMITS, clock), clock, -7, 59) == 20


def test_all_chats_together_take_thirty_messages_a_second() -> None:
    gate = FloodGate(TELEGRAM_LIMITS, Clock(0))
    for chat_id in range(1, 31):
        gate.spend(chat_id)
    with pytest.raises(ApiError, match="retry after 1"):
        gate.spend(31)


def test_one_chat_does_not_wait_for_another() -> None:
    gate = FloodGate(FloodLimits(private=(Window(1, 10),)), Clock(0))
    gate.spend(7)
    gate.spend(8)


@given(st.lists(st.floats(0, 3), max_size=60))
def test_waiting_as_told_is_always_enough(pauses: list[float]) -> None:
    clock = Clock(0)
    gate = FloodGate(TELEGRAM_LIMITS, clock)
    for pause in pauses:
        clock.now += pause
        try:
            gate.spend(-7)
        except ApiError as error:
            clock.now += error.parameters["retry_after"]
            gate.spend(-7)


def test_limits_can_be_off() -> None:
    gate = FloodGate(NO_LIMITS, Clock(0))
    for _ in range(1000):
        gate.spend(7)


@pytest.mark.parametrize(("count", "seconds"), [(0, 1), (1, 0)])
def test_a_limit_that_lets_nothing_through_is_refused(count: int, seconds: float) -> None:
    with pytest.raises(ValueError, match="not a limit"):
        Window(count, seconds)
