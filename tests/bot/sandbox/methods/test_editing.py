from __future__ import annotations

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, ReactionTypeEmoji

from bot.sandbox.methods.editing import CALLBACK_SECONDS, REACTIONS
from tests.bot.sandbox.conftest import World

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Apri", callback_data="a")]])


async def test_an_edit_replaces_text_entities_and_keyboard(world: World) -> None:
    chat_id = await world.meet_ada()
    bold = telegram.MessageEntity("bold", 0, 2)
    sent = await world.bot.send_message(chat_id, "uno", entities=[bold], reply_markup=KEYBOARD)
    world.clock.now += 5
    edited = await world.bot.edit_message_text("due", chat_id, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert (edited.text, edited.entities, edited.reply_markup) == ("due", (), None)
    assert edited.edit_date is not None
    assert edited.edit_date.timestamp() == world.clock.now
    assert (await world.people.messages(chat_id))[-1].text == "due"


async def test_a_keyboard_can_be_changed_alone(world: World) -> None:
    chat_id = await world.meet_ada()
    sent = await world.bot.send_message(chat_id, "uno", reply_markup=KEYBOARD)
    edited = await world.bot.edit_message_reply_markup(chat_id, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert (edited.text, edited.reply_markup) == ("uno", None)


async def test_an_edit_that_changes_nothing_is_refused(world: World) -> None:
    chat_id = await world.meet_ada()
    sent = await world.bot.send_message(chat_id, "uno", reply_markup=KEYBOARD)
    for _ in range(2):
        with pytest.raises(telegram.error.BadRequest, match="Message is not modified"):
            await world.bot.edit_message_text(
                " uno ", chat_id, sent.message_id, reply_markup=KEYBOARD
            )
    await world.bot.edit_message_text("due", chat_id, sent.message_id)
    with pytest.raises(telegram.error.BadRequest, match="Message is not modified"):
        await world.bot.edit_message_text("due", chat_id, sent.message_id)


async def test_only_own_texts_can_be_edited(world: World) -> None:
    chat_id = await world.meet_ada()
    document = await world.bot.send_document(chat_id, b"abc", filename="a.txt")
    for message_id, reason in (
        (99, "message to edit not found"),
        (1, "message can't be edited"),
        (document.message_id, "there is no text in the message to edit"),
    ):
        refused = await world.call(
            "editMessageText", chat_id=chat_id, message_id=message_id, text="a"
        )
        assert refused == f"Bad Request: {reason}"


async def test_a_bot_deletes_its_own_and_what_its_rights_allow(world: World) -> None:
    chat_id = await world.meet_ada()
    assert await world.bot.delete_message(chat_id, 1)
    group = await world.people.add_group("Gruppo", [world.ada.id])
    other = await world.people.say(group.id, world.ada.id, "mio")
    arguments = {"chat_id": group.id, "message_id": other.id}
    assert await world.call("deleteMessage", **arguments) == (
        "Bad Request: message can't be deleted"
    )
    await world.people.set_member(group.id, world.sandbox.bot.id, "administrator")
    assert await world.call("deleteMessage", **arguments) is True
    assert await world.call("deleteMessage", **arguments) == (
        "Bad Request: message to delete not found"
    )


async def test_an_old_message_stays(world: World) -> None:
    chat_id = await world.meet_ada()
    world.clock.now += 48 * 60 * 60
    refused = await world.call("deleteMessage", chat_id=chat_id, message_id=1)
    assert refused == "Bad Request: message can't be deleted for everyone"


async def test_the_bot_reacts_with_emoji_telegram_knows(world: World) -> None:
    chat_id = await world.meet_ada()
    known = {emoji.replace("\ufe0f", "") for emoji in telegram.constants.ReactionEmoji}
    assert known == REACTIONS
    await world.bot.set_message_reaction(chat_id, 1, ReactionTypeEmoji("👀"))
    (event,) = [e for e in await world.people.events() if e.type == "reaction"]
    assert event.details["reaction"] == [{"type": "emoji", "emoji": "👀"}]
    for reaction, reason in (("🥕", "REACTION_INVALID"), ("👀👀", "REACTION_INVALID")):
        refused = await world.call(
            "setMessageReaction",
            chat_id=chat_id,
            message_id=1,
            reaction=[{"type": "emoji", "emoji": reaction}],
        )
        assert refused == f"Bad Request: {reason}"


async def test_a_pressed_button_is_answered_once_and_in_time(world: World) -> None:
    chat_id = await world.meet_ada()
    sent = await world.bot.send_message(chat_id, "uno", reply_markup=KEYBOARD)
    pressed = [
        await world.people.press(chat_id, sent.message_id, world.ada.id, "a") for _ in range(2)
    ]
    assert await world.bot.answer_callback_query(pressed[0])
    world.clock.now += CALLBACK_SECONDS + 1
    for callback_id in (pressed[0], pressed[1], "5"):
        refused = await world.call("answerCallbackQuery", callback_query_id=callback_id)
        assert refused.startswith("Bad Request: query is too old and response timeout expired")
