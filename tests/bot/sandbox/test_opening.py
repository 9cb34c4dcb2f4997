from __future__ import annotations

import pytest

from bot.sandbox import ControlError
from tests.bot.sandbox.conftest import World


async def test_ids_follow_telegrams_ranges(world: World) -> None:
    group = await world.people.add_group("Piccolo", [world.ada.id], type="group")
    supergroup = await world.people.add_group("Grande", [world.ada.id])
    assert world.ada.id > 0
    assert -1_000_000_000_000 < group.id < 0
    assert supergroup.id < -1_000_000_000_000


async def test_the_first_member_is_the_creator(world: World) -> None:
    bob = await world.people.add_user("Bob")
    group = await world.people.add_group("Gruppo", [bob.id, world.ada.id])
    chats = (await world.people.state())["chats"]
    assert chats[0]["members"] == {
        str(bob.id): "creator",
        str(world.ada.id): "member",
        str(world.sandbox.bot.id): "member",
    }
    assert chats[0]["id"] == group.id


async def test_what_cannot_be_opened_is_refused(world: World) -> None:
    ada = world.ada.id
    channel = await world.people.add_group("Canale", [ada], type="channel")
    for fields, reason in (
        ({"type": "private"}, "begins when its user first writes"),
        ({"type": "group", "is_forum": True}, "only a supergroup can be a forum"),
        ({"type": "channel", "linked_chat_id": channel.id}, "only a channel and a supergroup"),
        ({"type": "group", "id": 5}, "not below zero"),
        ({"type": "group", "id": channel.id}, "it is taken"),
        ({"type": "castle"}, '"type" must be one of private, group, supergroup, channel'),
    ):
        with pytest.raises(ControlError, match=reason):
            await world.people.add_group("Gruppo", [ada], **fields)
    with pytest.raises(ControlError, match="there is no user 5"):
        await world.people.add_group("Gruppo", [5])
    with pytest.raises(ControlError, match="it is taken"):
        await world.people.add_user("Doppia", id=ada)


async def test_only_a_forum_has_topics(world: World) -> None:
    group = await world.people.add_group("Gruppo", [world.ada.id])
    with pytest.raises(ControlError, match="is not a forum"):
        await world.people.add_topic(group.id, "Domande")


async def test_a_topic_is_named_by_its_first_message(world: World) -> None:
    forum = await world.people.add_group("Forum", [world.ada.id], is_forum=True)
    topic = await world.people.add_topic(forum.id, "Domande")
    said = await world.people.say(forum.id, world.ada.id, "Eccomi", message_thread_id=topic)
    first, second = (await world.people.messages(forum.id))[-2:]
    assert (first.id, first.raw["forum_topic_created"]["name"]) == (topic, "Domande")
    assert second == said
    assert said.raw["is_topic_message"] is True


async def test_both_chats_tell_of_a_migration(world: World) -> None:
    group = await world.people.add_group("Gruppo", [world.ada.id], type="group")
    await world.updates()
    new_id = await world.people.migrate(group.id)
    old, new = [update["message"] for update in await world.updates()]
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (group.id, new_id)
    assert (new["chat"]["id"], new["migrate_from_chat_id"]) == (new_id, group.id)
    with pytest.raises(ControlError, match=f"has become the supergroup {new_id}"):
        await world.people.say(group.id, world.ada.id, "a")
    with pytest.raises(ControlError, match="isn't a group that can become"):
        await world.people.migrate(new_id)
