from __future__ import annotations

import asyncio

import pytest

from bot.sandbox import ControlError, SandboxClient
from tests.bot.sandbox.conftest import World


async def test_waiting_for_a_message_finds_one_that_is_there_or_comes(world: World) -> None:
    chat_id = await world.meet_ada()
    await world.bot.send_message(chat_id, "uno")
    assert (await world.people.wait_for_message(chat_id)).text == "uno"
    waiting = asyncio.create_task(
        world.people.wait_for_message(chat_id, lambda message: message.text == "tre")
    )
    sent = await world.bot.send_message(chat_id, "due")
    await world.bot.edit_message_text("tre", chat_id, sent.message_id)
    assert (await waiting).id == sent.message_id


async def test_waiting_sees_the_bots_messages_alone_and_says_what_it_wrote(world: World) -> None:
    chat_id = await world.meet_ada()
    with pytest.raises(TimeoutError, match=r"the bot wrote \[\]"):
        await world.people.wait_for_message(chat_id, timeout=0.01)
    sent = await world.bot.send_message(chat_id, "uno")
    with pytest.raises(TimeoutError, match=r"\[\]"):
        await world.people.wait_for_message(chat_id, after=sent.message_id, timeout=0.01)
    with pytest.raises(TimeoutError, match=r"\['uno'\]"):
        await world.people.wait_for_message(chat_id, lambda m: m.text == "due", timeout=0.01)


async def test_waiting_works_in_a_channel_where_posts_have_no_sender(world: World) -> None:
    channel = await world.people.add_group(
        "Canale", [world.ada.id], type="channel", bot_status="administrator"
    )
    await world.bot.send_message(channel.id, "post")
    assert (await world.people.wait_for_message(channel.id)).sender_id is None


async def test_events_come_in_order_and_can_be_waited_for(world: World) -> None:
    chat_id = await world.meet_ada()
    seen = await world.people.events()
    assert [event.seq for event in seen] == list(range(1, len(seen) + 1))
    waiting = asyncio.create_task(
        world.people.wait_for_event(lambda e: e.type == "edit", after=seen[-1].seq)
    )
    sent = await world.bot.send_message(chat_id, "uno")
    await world.bot.edit_message_text("due", chat_id, sent.message_id)
    assert (await waiting).details["message"]["text"] == "due"
    newer = await world.people.events(after=seen[-1].seq)
    assert [event.type for event in newer] == ["message", "call", "edit", "call"]
    with pytest.raises(TimeoutError):
        await world.people.wait_for_event(lambda e: e.type == "delete", timeout=0.01)


async def test_events_of_one_chat_alone_can_be_waited_for(world: World) -> None:
    chat_id = await world.meet_ada()
    other = await world.people.add_group("Altri", [chat_id])
    last = (await world.people.events())[-1].seq
    waiting = asyncio.create_task(world.people.events(last, 10, chat_id=other.id, type="message"))
    for chat in (chat_id, other.id):
        await world.bot.send_message(chat, "ciao")
    [found] = await waiting
    assert found.details["message"]["chat"]["id"] == other.id
    assert await world.people.events(found.seq, 0.01, chat_id=other.id) == []


async def test_the_answer_to_a_pressed_button_is_found_whenever_it_came(world: World) -> None:
    chat_id = await world.meet_ada()
    asked = await world.bot.send_message(chat_id, "Sì?")
    pressed = await world.people.press(chat_id, asked.message_id, chat_id, "a:1")
    with pytest.raises(TimeoutError, match="no answer to that button"):
        await world.people.wait_for_answer(pressed, 0.01)
    waiting = asyncio.create_task(world.people.wait_for_answer(pressed))
    await world.bot.answer_callback_query(pressed, "Fatto")
    assert (await waiting)["text"] == "Fatto"
    assert (await world.people.wait_for_answer(pressed))["text"] == "Fatto"


async def test_a_client_that_is_not_open_says_so() -> None:
    with pytest.raises(ControlError, match="open the client first"):
        await SandboxClient("http://127.0.0.1:1").state()
