from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import SandboxChat
from tests.bot.sandbox.conftest import World


async def a_group(world: World, **fields: Any) -> SandboxChat:
    group = await world.people.add_group("Gruppo", [world.ada.id], **fields)
    await world.updates()
    return group


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("ciao a tutti", False),
        ("/ask Quanti?", True),
        ("/ask@passo_bot Quanti?", True),
        ("/ask@Passo_Bot Quanti?", True),
        ("/ask@other_bot Quanti?", False),
        ("@passo_bot quanti?", True),
        ("@passo_bots quanti?", False),
        ("leggi https://t.me/passo_bot", False),
    ],
)
async def test_privacy_mode_shows_the_bot_what_is_meant_for_it(
    world: World, text: str, *, seen: bool
) -> None:
    group = await a_group(world)
    await world.people.say(group.id, world.ada.id, text)
    assert await world.texts() == ([text] if seen else [])


async def test_a_reply_to_the_bot_reaches_it_and_a_reply_to_others_does_not(
    world: World,
) -> None:
    group = await a_group(world)
    mine = await world.bot.send_message(group.id, "Eccomi")
    other = await world.people.say(group.id, world.ada.id, "io")
    await world.people.say(group.id, world.ada.id, "a te", reply_to_message_id=mine.message_id)
    await world.people.say(group.id, world.ada.id, "a me", reply_to_message_id=other.id)
    assert await world.texts() == ["a te"]


async def test_an_administrator_sees_everything(world: World) -> None:
    group = await a_group(world, bot_status="administrator")
    await world.people.say(group.id, world.ada.id, "ciao a tutti")
    assert await world.texts() == ["ciao a tutti"]


async def test_without_privacy_mode_everything_is_seen(world: World) -> None:
    world.sandbox.privacy = False
    group = await a_group(world)
    await world.people.say(group.id, world.ada.id, "ciao a tutti")
    assert await world.texts() == ["ciao a tutti"]


async def test_a_bot_outside_a_group_sees_nothing(world: World) -> None:
    for status in ("left", "kicked"):
        group = await a_group(world, bot_status=status)
        await world.people.say(group.id, world.ada.id, "/ask Quanti?")
    assert await world.texts() == []


async def test_other_bots_are_not_seen_but_anonymous_admins_are(world: World) -> None:
    robot = await world.people.add_user("Robot", username="other_bot", is_bot=True)
    group = await a_group(world, bot_status="administrator")
    await world.people.set_member(group.id, robot.id, "member")
    await world.updates()
    await world.people.say(group.id, robot.id, "/ask sono un robot")
    await world.people.say(group.id, world.ada.id, "/ask sono anonima", anonymous=True)
    (update,) = await world.updates()
    assert update["message"]["from"]["id"] == 1087968824
    assert update["message"]["sender_chat"]["id"] == group.id


async def test_service_messages_reach_the_bot_in_privacy_mode(world: World) -> None:
    bob = await world.people.add_user("Bob")
    group = await a_group(world)
    await world.people.set_member(group.id, bob.id, "member")
    (update,) = await world.updates()
    assert update["message"]["new_chat_members"][0]["id"] == bob.id


async def test_a_channel_writing_in_a_group_is_shown_as_the_channel(world: World) -> None:
    group = await a_group(world)
    channel = await a_group(world, type="channel")
    await world.people.say(group.id, world.ada.id, "/ask Eh?", sender_chat_id=channel.id)
    (update,) = await world.updates()
    assert update["message"]["from"]["id"] == 136817688
    assert update["message"]["sender_chat"]["id"] == channel.id


async def test_a_channel_post_reaches_the_bot_only_as_an_administrator(world: World) -> None:
    channel = await a_group(world, type="channel", bot_status="administrator")
    await world.people.say(channel.id, world.ada.id, "Notizia")
    (update,) = await world.updates()
    assert update["channel_post"]["sender_chat"]["id"] == channel.id
    assert "from" not in update["channel_post"]
    await world.people.set_member(channel.id, world.sandbox.bot.id, "member")
    await world.people.say(channel.id, world.ada.id, "Altra notizia")
    assert await world.texts() == []


async def test_a_channel_post_is_forwarded_to_its_discussion(world: World) -> None:
    group = await a_group(world)
    channel = await a_group(world, type="channel", linked_chat_id=group.id)
    post = await world.people.say(channel.id, world.ada.id, "Notizia @passo_bot")
    (*_, forward) = await world.people.messages(group.id)
    assert forward.sender_id == 777000
    assert forward.raw["is_automatic_forward"] is True
    assert forward.raw["sender_chat"]["id"] == channel.id
    assert forward.raw["forward_origin"]["message_id"] == post.id
    assert await world.texts() == ["Notizia @passo_bot"]
    comment = await world.people.say(
        group.id, world.ada.id, "Un commento", reply_to_message_id=forward.id
    )
    assert comment.thread_id == forward.id


async def test_edits_reach_the_bot_as_edits(world: World) -> None:
    chat_id = await world.meet_ada()
    await world.updates()
    await world.people.edit(chat_id, 1, "Ciao!")
    (update,) = await world.updates()
    assert update["edited_message"]["text"] == "Ciao!"
    assert update["edited_message"]["edit_date"] == int(world.clock.now)


async def test_supergroups_count_their_own_messages_and_other_chats_share_a_count(
    world: World,
) -> None:
    ada = await world.meet_ada()
    small = await world.people.add_group("Piccolo", [ada], type="group", bot_status="never")
    large = await world.people.add_group("Grande", [ada], bot_status="never")
    assert (await world.people.say(small.id, ada, "a")).id == 2
    assert (await world.people.say(large.id, ada, "a")).id == 1
    assert (await world.people.say(ada, ada, "a")).id == 3


async def test_a_reply_travels_with_one_level_of_what_it_replies_to(world: World) -> None:
    ada = await world.meet_ada()
    second = await world.people.say(ada, ada, "due", reply_to_message_id=1)
    third = await world.people.say(ada, ada, "tre", reply_to_message_id=second.id)
    assert third.raw["reply_to_message"]["text"] == "due"
    assert "reply_to_message" not in third.raw["reply_to_message"]


async def test_the_forward_in_the_discussion_follows_the_edits_of_its_post(world: World) -> None:
    channel = await world.people.add_group("Canale", [world.ada.id], type="channel")
    group = await world.people.add_group("Commenti", [world.ada.id], linked_chat_id=channel.id)
    await world.people.set_member(group.id, world.sandbox.bot.id, "administrator")
    post = await world.people.say(channel.id, world.ada.id, "prima")
    await world.updates()
    await world.people.edit(channel.id, post.id, "/ask poi")
    texts = [message.text for message in await world.people.messages(group.id)]
    assert texts[-1] == "/ask poi"
    [update] = await world.updates()
    assert update["edited_message"]["is_automatic_forward"]
