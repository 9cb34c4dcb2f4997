from __future__ import annotations

import httpx
import pytest
import telegram
from telegram.error import NetworkError

from bot.sandbox import ControlError
from tests.bot.sandbox.conftest import World


async def texts_in(world: World, chat_id: int) -> list[str]:
    return [message.text for message in await world.people.messages(chat_id)]


async def test_a_planned_error_meets_the_next_calls_and_no_more(world: World) -> None:
    chat_id = await world.meet_ada()
    await world.people.fault("sendMessage", error_code=502, times=2)
    for _ in range(2):
        assert await world.call("sendMessage", chat_id=chat_id, text="a") == "Bad Gateway"
    assert (await world.call("sendMessage", chat_id=chat_id, text="a"))["text"] == "a"


async def test_retry_after_makes_it_a_429(world: World) -> None:
    await world.people.fault("getMe", retry_after=7)
    answer = await world.http.get(f"/bot{world.sandbox.token}/getMe")
    assert answer.status_code == 429
    assert answer.json()["parameters"] == {"retry_after": 7}


async def test_a_call_dropped_before_its_effect_leaves_nothing(world: World) -> None:
    chat_id = await world.meet_ada()
    await world.people.fault("sendMessage", drop="before")
    with pytest.raises(NetworkError):
        await world.bot.send_message(chat_id, "persa")
    assert await texts_in(world, chat_id) == ["Ciao"]
    assert [(c.ok, c.error_code) for c in await world.people.calls("sendMessage")] == [
        (False, None)
    ]


async def test_a_call_dropped_after_its_effect_has_landed(world: World) -> None:
    chat_id = await world.meet_ada()
    await world.people.fault("sendMessage", drop="after")
    with pytest.raises(NetworkError):
        await world.bot.send_message(chat_id, "arrivata")
    assert await texts_in(world, chat_id) == ["Ciao", "arrivata"]


async def test_a_fault_can_be_meant_for_one_chat(world: World) -> None:
    ada = await world.meet_ada()
    bob = await world.people.add_user("Bob")
    await world.people.say(bob.id, bob.id, "Ciao")
    await world.people.fault("*", error_code=403, chat_id=bob.id)
    assert (await world.call("sendMessage", chat_id=ada, text="a"))["text"] == "a"
    assert await world.call("sendMessage", chat_id=bob.id, text="a") == "Forbidden: fault"


async def test_a_delay_keeps_a_call_waiting_and_then_lets_it_through(world: World) -> None:
    await world.people.fault("getMe", delay=0.3)
    with pytest.raises(httpx.ReadTimeout):
        await world.http.get(f"/bot{world.sandbox.token}/getMe", timeout=0.05)
    await world.people.fault("getMe", delay=0.01)
    assert isinstance(await world.bot.get_me(), telegram.User)


async def test_planned_faults_can_be_cleared(world: World) -> None:
    await world.people.fault("getMe", error_code=500, times=100)
    await world.people.clear_faults()
    assert (await world.call("getMe"))["is_bot"]


@pytest.mark.parametrize("fields", [{"drop": "later"}, {"times": 0}, {"error_code": 200}])
async def test_a_fault_that_makes_no_sense_is_refused(
    world: World, fields: dict[str, object]
) -> None:
    with pytest.raises(ControlError):
        await world.people.fault("getMe", **fields)
