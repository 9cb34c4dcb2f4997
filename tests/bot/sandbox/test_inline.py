"""Typing behind the bot's name, sending what it offers, and calling it where it isn't a member."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import ControlError
from tests.bot.sandbox.conftest import World

ONE = {
    "type": "article",
    "id": "a",
    "title": "Uno",
    "input_message_content": {
        "message_text": "tutto",
        "entities": [{"type": "bold", "offset": 0, "length": 5}],
    },
}


async def asked(world: World, chat_id: int, query: str = "quanti?") -> Any:
    """Ada types in a chat; the inline query as the bot gets it."""
    await world.people.ask_inline(chat_id, world.ada.id, query)
    [update] = await world.updates()
    return update["inline_query"]


async def test_what_is_typed_reaches_the_bot_with_who_and_where(world: World) -> None:
    group = await world.people.add_group("G", [world.ada.id], bot_status="never")
    query = await asked(world, group.id)
    assert (query["query"], query["offset"], query["chat_type"]) == ("quanti?", "", "supergroup")
    assert query["from"]["id"] == world.ada.id
    assert (await asked(world, world.ada.id, ""))["chat_type"] == "sender"


async def test_a_result_is_sent_in_the_name_of_whoever_chose_it(world: World) -> None:
    group = await world.people.add_group("G", [world.ada.id], bot_status="never")
    query = await asked(world, group.id)
    assert await world.people.inline_answer(query["id"]) is None
    await world.call("answerInlineQuery", inline_query_id=query["id"], results=[ONE])
    answer = await world.people.inline_answer(query["id"])
    assert answer
    assert [result["title"] for result in answer["results"]] == ["Uno"]
    sent = await world.people.choose(query["id"], "a")
    assert (sent.chat_id, sent.sender_id, sent.text) == (group.id, world.ada.id, "tutto")
    assert [entity["type"] for entity in sent.entities] == ["bold"]
    assert sent.raw["via_bot"]["id"] == world.sandbox.bot.id
    assert await world.updates() == []  # the bot isn't there


async def test_only_what_was_offered_can_be_sent_and_only_where_one_may_write(
    world: World,
) -> None:
    other = await world.people.add_user("Bea")
    group = await world.people.add_group("G", [other.id], bot_status="never")
    with pytest.raises(ControlError, match="not a member"):
        await world.people.ask_inline(group.id, world.ada.id, "x")
    with pytest.raises(ControlError, match="at most 256"):
        await world.people.ask_inline(world.ada.id, world.ada.id, "x" * 257)
    query = await asked(world, world.ada.id)
    with pytest.raises(ControlError, match="no answered inline query"):
        await world.people.choose(query["id"], "a")
    await world.call("answerInlineQuery", inline_query_id=query["id"], results=[ONE])
    with pytest.raises(ControlError, match="no result 'b'"):
        await world.people.choose(query["id"], "b")


async def test_the_bot_is_told_of_its_name_in_a_chat_it_is_not_in(world: World) -> None:
    group = await world.people.add_group("G", [world.ada.id], bot_status="never")
    for text in ("ciao", "/ask@passo_bot quanti?", "@passo_bot quanti?"):
        await world.people.say(group.id, world.ada.id, text)
    [update] = await world.updates()
    message = update["guest_message"]
    assert message["text"] == "@passo_bot quanti?"
    query = message["guest_query_id"]
    sent = await world.call("answerGuestQuery", guest_query_id=query, result=ONE)
    assert sent["inline_message_id"]
    answer = await world.people.wait_for_message(group.id)
    assert (answer.text, answer.reply_to_id) == ("tutto", message["message_id"])
    assert answer.raw["guest_bot_caller_user"]["id"] == world.ada.id
    again = await world.call("answerGuestQuery", guest_query_id=query, result=ONE)
    assert "query ID is invalid" in again


async def test_a_member_is_no_guest(world: World) -> None:
    group = await world.people.add_group("G", [world.ada.id])
    await world.people.say(group.id, world.ada.id, "@passo_bot quanti?")
    assert "@passo_bot quanti?" in await world.texts()
    assert not world.sandbox.queries.guest
