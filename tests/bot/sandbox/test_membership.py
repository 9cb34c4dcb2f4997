from __future__ import annotations

import pytest
from telegram import ChatMemberAdministrator, ChatMemberRestricted

from bot.sandbox import ControlError
from tests.bot.sandbox.conftest import World


async def statuses(world: World, kind: str) -> list[tuple[str, str]]:
    """What the waiting updates of a kind say: old and new status."""
    return [
        (u[kind]["old_chat_member"]["status"], u[kind]["new_chat_member"]["status"])
        for u in await world.updates()
        if kind in u
    ]


async def test_the_bot_is_told_what_it_becomes_in_a_chat(world: World) -> None:
    group = await world.people.add_group("Gruppo", [world.ada.id])
    for status in ("administrator", "administrator", "kicked"):
        await world.people.set_member(group.id, world.sandbox.bot.id, status)
    assert await statuses(world, "my_chat_member") == [
        ("left", "member"),
        ("member", "administrator"),
        ("administrator", "kicked"),
    ]


async def test_the_bot_is_told_when_it_is_blocked_and_unblocked(world: World) -> None:
    ada = await world.meet_ada()
    await world.people.set_member(ada, world.sandbox.bot.id, "kicked")
    await world.people.set_member(ada, world.sandbox.bot.id, "member")
    assert await statuses(world, "my_chat_member") == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


async def test_an_administrator_that_asks_is_told_of_others(world: World) -> None:
    bob = await world.people.add_user("Bob")
    group = await world.people.add_group("G", [world.ada.id], bot_status="administrator")
    await world.call("getUpdates", allowed_updates=["chat_member"])
    await world.people.set_member(group.id, bob.id, "member")
    assert await statuses(world, "chat_member") == [("left", "member")]


async def test_joining_and_leaving_show_in_the_chat(world: World) -> None:
    bob = await world.people.add_user("Bob")
    group = await world.people.add_group("Gruppo", [world.ada.id], bot_status="never")
    await world.people.set_member(group.id, bob.id, "member")
    await world.people.set_member(group.id, bob.id, "administrator")
    await world.people.set_member(group.id, bob.id, "left")
    joined, left = await world.people.messages(group.id)
    assert joined.raw["new_chat_members"][0]["id"] == bob.id
    assert left.raw["left_chat_member"]["id"] == bob.id


async def test_in_a_private_chat_only_the_bot_can_be_blocked(world: World) -> None:
    ada = await world.meet_ada()
    with pytest.raises(ControlError, match="only the bot can be blocked"):
        await world.people.set_member(ada, ada, "kicked")


async def test_a_member_who_is_restricted_may_not_write(world: World) -> None:
    group = await world.people.add_group("Gruppo", [world.ada.id])
    await world.people.set_member(group.id, world.sandbox.bot.id, "restricted")
    refused = await world.call("sendMessage", chat_id=group.id, text="Ciao")
    assert refused == "Bad Request: not enough rights to send text messages to the chat"
    member = await world.bot.get_chat_member(group.id, world.sandbox.bot.id)
    assert isinstance(member, ChatMemberRestricted)
    assert (member.is_member, member.can_send_messages) == (True, False)


async def test_an_administrator_of_a_channel_may_post(world: World) -> None:
    channel = await world.people.add_group(
        "Canale", [world.ada.id], type="channel", bot_status="administrator"
    )
    member = await world.bot.get_chat_member(channel.id, world.sandbox.bot.id)
    assert isinstance(member, ChatMemberAdministrator)
    assert member.can_post_messages
