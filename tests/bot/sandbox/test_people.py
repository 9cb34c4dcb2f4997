from __future__ import annotations

import pytest

from bot.sandbox import ControlError
from bot.sandbox.people import say
from tests.bot.sandbox.conftest import World


async def test_a_private_chat_begins_when_its_user_writes(world: World) -> None:
    with pytest.raises(ControlError, match="there is no chat"):
        await world.people.messages(world.ada.id)
    await world.meet_ada()
    (update,) = await world.updates()
    message = update["message"]
    assert message["chat"] == {
        "id": world.ada.id,
        "first_name": "Ada",
        "username": "ada_l",
        "type": "private",
    }
    assert message["from"]["language_code"] == "it"
    assert message["date"] == int(world.clock.now)


async def test_a_message_can_be_old_forwarded_or_made_with_a_bot(world: World) -> None:
    ada = world.ada.id
    robot = await world.people.add_user("Robot", is_bot=True)
    sent = await world.people.say(
        ada, ada, "vecchio", date=1_700_000_000, forward_from_id=robot.id, via_bot=robot.id
    )
    assert sent.raw["date"] == 1_700_000_000
    assert sent.raw["forward_origin"]["sender_user"]["id"] == robot.id
    assert sent.raw["via_bot"]["id"] == robot.id


async def test_a_document_arrives_with_its_caption_and_can_be_downloaded(world: World) -> None:
    ada = world.ada.id
    await world.people.send_file(ada, ada, "note.md", b"# Note", caption="leggi @passo_bot")
    (update,) = await world.bot.get_updates()
    message = update.message
    assert message is not None
    assert message.document is not None
    assert message.caption == "leggi @passo_bot"
    assert [entity.type for entity in message.caption_entities] == ["mention"]
    file = await message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"# Note"


async def test_a_quote_must_be_in_the_message_it_quotes(world: World) -> None:
    ada = await world.meet_ada()
    reply = await world.people.say(ada, ada, "che?", reply_to_message_id=1, quote="Ci")
    assert reply.raw["quote"]["text"] == "Ci"
    with pytest.raises(ControlError, match="QUOTE_TEXT_INVALID"):
        await world.people.say(ada, ada, "che?", reply_to_message_id=1, quote="Bu")


async def test_what_cannot_be_written_is_refused(world: World) -> None:
    ada = world.ada.id
    bob = await world.people.add_user("Bob")
    group = await world.people.add_group("Gruppo", [bob.id, ada])
    for chat_id, user_id, text, fields, reason in (
        (ada, ada, " ", {}, "the text is empty"),
        (ada, ada, "x" * 4097, {}, "too long"),
        (ada, ada, None, {}, "either a text or a document"),
        (5, ada, "a", {}, "there is no chat 5"),
        (6, 6, "a", {}, "there is no user 6"),
        (group.id, ada, "a", {"reply_to_message_id": 99}, "there is no message 99"),
        (group.id, ada, "a", {"message_thread_id": 99}, "message thread not found"),
        (group.id, ada, "a", {"anonymous": True}, "not an administrator"),
    ):
        with pytest.raises(ControlError, match=reason):
            await world.people.say(chat_id, user_id, text, **fields)
    await world.people.set_member(group.id, ada, "left")
    with pytest.raises(ControlError, match="not a member"):
        await world.people.say(group.id, ada, "a")


async def test_who_blocked_the_bot_must_unblock_it_to_write(world: World) -> None:
    ada = await world.meet_ada()
    await world.people.set_member(ada, world.sandbox.bot.id, "kicked")
    with pytest.raises(ControlError, match="unblock"):
        await world.people.say(ada, ada, "a")
    await world.people.set_member(ada, world.sandbox.bot.id, "member")
    await world.people.say(ada, ada, "a")


async def test_only_a_users_own_text_can_be_edited(world: World) -> None:
    ada = await world.meet_ada()
    mine = await world.bot.send_message(ada, "mio")
    with pytest.raises(ControlError, match="isn't a user's text"):
        await world.people.edit(ada, mine.message_id, "tuo")


async def test_a_deleted_message_is_gone_and_the_bot_is_not_told(world: World) -> None:
    ada = await world.meet_ada()
    await world.updates()
    await world.people.delete(ada, 1)
    assert await world.people.messages(ada) == []
    assert await world.updates() == []


async def test_pressing_a_button_reaches_the_bot_and_its_answer_the_presser(
    world: World,
) -> None:
    ada = await world.meet_ada()
    await world.updates()
    sent = await world.bot.send_message(ada, "Scegli")
    pressed = await world.people.press(ada, sent.message_id, ada, "a:1")
    (update,) = await world.bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "a:1"
    assert update.callback_query.message is not None
    await update.callback_query.answer("Fatto", show_alert=True)
    answer = await world.people.wait_for_answer(pressed)
    assert answer == {"text": "Fatto", "show_alert": True, "url": "", "cache_time": 0}
    with pytest.raises(ControlError, match="isn't the bot's"):
        await world.people.press(ada, 1, ada, "a:1")


async def test_reactions_reach_a_bot_that_asked_for_them(world: World) -> None:
    ada = await world.meet_ada()
    await world.people.react(ada, 1, ada, "👍")
    await world.call("getUpdates", allowed_updates=["message_reaction"])
    await world.people.react(ada, 1, ada, "👎")
    await world.people.react(ada, 1, ada, None)
    changes = [
        [
            [r["emoji"] for r in u["message_reaction"][key]]
            for key in ("old_reaction", "new_reaction")
        ]
        for u in await world.updates()
        if "message_reaction" in u
    ]
    assert changes == [[["👍"], ["👎"]], [["👎"], []]]


async def test_people_can_also_act_without_http(world: World) -> None:
    message = say(world.sandbox, world.ada.id, world.ada.id, "Ciao")
    assert message["text"] == "Ciao"
    assert await world.texts() == ["Ciao"]


async def test_a_caption_can_be_edited(world: World) -> None:
    ada = world.ada.id
    sent = await world.people.send_file(ada, ada, "a.png", b"x", caption="/ask prima")
    edited = await world.people.edit(ada, sent.id, "/ask poi")
    assert edited.text == "/ask poi"
    assert [entity["type"] for entity in edited.entities] == ["bot_command"]
    assert "document" in edited.raw
    edit = (await world.updates())[-1]["edited_message"]
    assert (edit["caption"], "text" in edit) == ("/ask poi", False)
