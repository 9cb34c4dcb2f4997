from __future__ import annotations

import pytest
import telegram

from tests.bot.sandbox.conftest import World


async def test_a_chat_tells_of_itself(world: World) -> None:
    group = await world.people.add_group("Gruppo", [world.ada.id])
    channel = await world.people.add_group(
        "Canale", [world.ada.id], type="channel", linked_chat_id=group.id
    )
    chat = await world.bot.get_chat(group.id)
    assert (chat.title, chat.type, chat.linked_chat_id) == ("Gruppo", "supergroup", channel.id)
    with pytest.raises(telegram.error.Forbidden, match="can't initiate"):
        await world.bot.get_chat(world.ada.id)
    await world.meet_ada()
    assert (await world.bot.get_chat(world.ada.id)).first_name == "Ada"


@pytest.mark.parametrize("status", ["creator", "administrator", "member", "left", "kicked"])
async def test_every_status_is_an_object_of_its_own(world: World, status: str) -> None:
    group = await world.people.add_group("Gruppo", [])
    await world.people.set_member(group.id, world.ada.id, status)  # type: ignore[arg-type]
    member = await world.bot.get_chat_member(group.id, world.ada.id)
    assert (member.status, member.user.id) == (status, world.ada.id)


async def test_a_stranger_has_left_and_nobody_is_invalid(world: World) -> None:
    group = await world.people.add_group("Gruppo", [])
    assert (await world.bot.get_chat_member(group.id, world.ada.id)).status == "left"
    refused = await world.call("getChatMember", chat_id=group.id, user_id=5)
    assert refused == "Bad Request: invalid user_id specified"


async def test_administrators_are_listed_and_members_counted(world: World) -> None:
    robot = await world.people.add_user("Robot", is_bot=True)
    group = await world.people.add_group("G", [world.ada.id], bot_status="administrator")
    await world.people.set_member(group.id, robot.id, "administrator")
    admins = await world.bot.get_chat_administrators(group.id)
    assert {admin.user.id for admin in admins} == {world.ada.id, world.sandbox.bot.id}
    assert await world.bot.get_chat_member_count(group.id) == 3
    chat_id = await world.meet_ada()
    refused = await world.call("getChatAdministrators", chat_id=chat_id)
    assert refused == "Bad Request: there are no administrators in the private chat"


async def test_the_bot_can_leave_but_not_a_private_chat(world: World) -> None:
    group = await world.people.add_group("Gruppo", [world.ada.id])
    await world.bot.leave_chat(group.id)
    with pytest.raises(telegram.error.Forbidden, match="not a member of the supergroup chat"):
        await world.bot.get_chat_member_count(group.id)
    chat_id = await world.meet_ada()
    refused = await world.call("leaveChat", chat_id=chat_id)
    assert "private chats" in refused
