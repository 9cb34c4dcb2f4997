from __future__ import annotations

import pytest
import telegram
from telegram import MessageEntity, ReplyParameters

from bot.sandbox import NO_LIMITS, TELEGRAM_LIMITS
from bot.sandbox.content import MAX_CAPTION, MAX_TEXT
from bot.sandbox.methods.sending import ACTIONS
from tests.bot.sandbox.conftest import World


async def test_a_sent_message_is_in_the_chat_as_the_bot_sees_it(world: World) -> None:
    chat_id = await world.meet_ada()
    bold = MessageEntity(MessageEntity.BOLD, 0, 6)
    sent = await world.bot.send_message(chat_id, "**32** 😀", entities=[bold])
    (shown,) = await world.people.messages(chat_id, after=1)
    assert sent.text == shown.text == "**32** 😀"
    assert sent.entities == (bold,)
    assert shown.sender_id == world.sandbox.bot.id
    assert sent.message_id == shown.id


@pytest.mark.parametrize("text", [" \n", "\u200b"])
async def test_a_text_with_nothing_in_it_is_refused(world: World, text: str) -> None:
    chat_id = await world.meet_ada()
    refused = await world.call("sendMessage", chat_id=chat_id, text=text)
    assert refused == "Bad Request: message text is empty"


async def test_a_text_may_have_4096_utf16_units_once_trimmed(world: World) -> None:
    chat_id = await world.meet_ada()
    assert telegram.constants.MessageLimit.MAX_TEXT_LENGTH == MAX_TEXT
    sent = await world.bot.send_message(chat_id, " " + "😀" * 2048 + "\n")
    assert sent.text == "😀" * 2048
    refused = await world.call("sendMessage", chat_id=chat_id, text="x" * 4097)
    assert refused == "Bad Request: message is too long"


async def test_a_bot_cannot_begin_a_conversation(world: World) -> None:
    for method, fields in (
        ("sendMessage", {"text": "a"}),
        ("sendChatAction", {"action": "typing"}),
    ):
        refused = await world.call(method, chat_id=world.ada.id, **fields)
        assert refused == "Forbidden: bot can't initiate conversation with a user"


async def test_an_unknown_chat_is_not_found(world: World) -> None:
    for chat_id in (5, -5, "@nobody"):
        refused = await world.call("sendMessage", chat_id=chat_id, text="a")
        assert refused == "Bad Request: chat not found"


async def test_a_user_who_blocked_the_bot_gets_nothing(world: World) -> None:
    chat_id = await world.meet_ada()
    await world.people.set_member(chat_id, world.sandbox.bot.id, "kicked")
    refused = await world.call("sendMessage", chat_id=chat_id, text="a")
    assert refused == "Forbidden: bot was blocked by the user"


@pytest.mark.parametrize(
    ("kind", "status", "reason"),
    [
        ("group", "kicked", "Forbidden: bot was kicked from the group chat"),
        ("supergroup", "left", "Forbidden: bot is not a member of the supergroup chat"),
        ("channel", "left", "Forbidden: bot is not a member of the channel chat"),
        ("channel", "member", "Bad Request: need administrator rights in the channel chat"),
        ("supergroup", "never", "Bad Request: chat not found"),
    ],
)
async def test_a_chat_the_bot_may_not_write_in_says_why(
    world: World, kind: str, status: str, reason: str
) -> None:
    fields = {"type": kind, "title": "Ex", "members": [world.ada.id], "bot_status": status}
    chat = (await world.http.post("/control/chats", json=fields)).json()
    assert await world.call("sendMessage", chat_id=chat["id"], text="a") == reason


async def test_a_public_chat_can_be_named_by_its_username(world: World) -> None:
    await world.people.add_group("Cronisti", [world.ada.id], username="cronisti")
    sent = await world.bot.send_message("@Cronisti", "Buongiorno")
    assert sent.chat.title == "Cronisti"


async def test_a_reply_shows_what_it_replies_to(world: World) -> None:
    chat_id = await world.meet_ada()
    sent = await world.bot.send_message(
        chat_id, "Ciao a te", reply_parameters=ReplyParameters(1, quote="Ciao")
    )
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "Ciao"
    assert sent.quote is not None
    assert sent.quote.text == "Ciao"


async def test_a_reply_to_nothing_is_refused_unless_allowed(world: World) -> None:
    chat_id = await world.meet_ada()
    reply: dict[str, object] = {"message_id": 99}
    refused = await world.call("sendMessage", chat_id=chat_id, text="a", reply_parameters=reply)
    assert refused == "Bad Request: message to be replied not found"
    reply["allow_sending_without_reply"] = True
    sent = await world.call("sendMessage", chat_id=chat_id, text="a", reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_topics_of_a_forum_must_exist(world: World) -> None:
    forum = await world.people.add_group("Forum", [world.ada.id], is_forum=True)
    topic = await world.people.add_topic(forum.id, "Domande")
    sent = await world.bot.send_message(forum.id, "qui", message_thread_id=topic)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic, True)
    general = await world.bot.send_message(forum.id, "in generale")
    assert general.message_thread_id is None
    reply = await world.bot.send_message(
        forum.id, "ancora qui", reply_parameters=ReplyParameters(sent.message_id)
    )
    assert reply.message_thread_id == topic
    refused = await world.call("sendMessage", chat_id=forum.id, text="a", message_thread_id=99)
    assert refused == "Bad Request: message thread not found"


async def test_a_thread_of_replies_outside_a_forum_cannot_be_sent_to(world: World) -> None:
    group = await world.people.add_group("Gruppo", [world.ada.id])
    question = await world.people.say(group.id, world.ada.id, "Allora?")
    answer = await world.bot.send_message(
        group.id, "Ecco", reply_parameters=ReplyParameters(question.id)
    )
    assert answer.message_thread_id == question.id
    refused = await world.call(
        "sendMessage", chat_id=group.id, text="a", message_thread_id=question.id
    )
    assert refused == "Bad Request: message thread not found"


async def test_too_many_messages_and_edits_get_a_429(world: World) -> None:
    chat_id = await world.meet_ada()
    world.sandbox.flood.limits = TELEGRAM_LIMITS
    for number in range(4):
        sent = await world.call("sendMessage", chat_id=chat_id, text=f"{number}")
    await world.call("editMessageText", chat_id=chat_id, message_id=sent["message_id"], text="x")
    body = {"chat_id": chat_id, "text": "troppo"}
    answer = await world.http.post(f"/bot{world.sandbox.token}/sendMessage", json=body)
    assert answer.status_code == 429
    assert answer.json()["parameters"] == {"retry_after": 3}
    world.clock.now += 3
    assert (await world.call("sendMessage", **body))["text"] == "troppo"
    world.sandbox.flood.limits = NO_LIMITS


async def test_a_refused_message_does_not_count_as_sent(world: World) -> None:
    chat_id = await world.meet_ada()
    world.sandbox.flood.limits = TELEGRAM_LIMITS
    for _ in range(9):
        await world.call("sendMessage", chat_id=chat_id, text="a", message_thread_id=9)
    assert (await world.call("sendMessage", chat_id=chat_id, text="a"))["text"] == "a"


async def test_a_document_has_a_caption_of_up_to_1024(world: World) -> None:
    chat_id = await world.meet_ada()
    assert telegram.constants.MessageLimit.CAPTION_LENGTH == MAX_CAPTION
    sent = await world.bot.send_document(chat_id, b"abc", filename="a.txt", caption="x" * 1024)
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("a.txt", 3)
    again = await world.bot.send_document(chat_id, sent.document.file_id)
    assert again.document == sent.document
    refused = await world.call(
        "sendDocument", chat_id=chat_id, document=sent.document.file_id, caption="x" * 1025
    )
    assert refused == "Bad Request: message caption is too long"


async def test_an_unknown_or_empty_file_is_refused(world: World) -> None:
    chat_id = await world.meet_ada()
    assert "wrong remote file" in await world.call("sendDocument", chat_id=chat_id, document="no")
    answer = await world.http.post(
        f"/bot{world.sandbox.token}/sendDocument",
        data={"chat_id": str(chat_id)},
        files={"document": ("a.txt", b"")},
    )
    assert answer.json()["description"] == "Bad Request: file must be non-empty"


async def test_drafts_show_in_private_chats_and_are_no_messages(world: World) -> None:
    chat_id = await world.meet_ada()
    assert await world.bot.send_message_draft(chat_id, 1, "Sto scri")
    drafts = [event.details for event in await world.people.events() if event.type == "draft"]
    assert drafts == [{"chat_id": chat_id, "draft_id": 1, "text": "Sto scri", "entities": []}]
    assert len(await world.people.messages(chat_id)) == 1
    group = await world.people.add_group("Gruppo", [world.ada.id])
    for target, draft_id in ((group.id, 1), (chat_id, 0)):
        refused = await world.call("sendMessageDraft", chat_id=target, draft_id=draft_id, text="a")
        assert refused.startswith("Bad Request")


async def test_a_draft_is_replaced_and_goes_with_the_message_or_after_half_a_minute(
    world: World,
) -> None:
    chat_id = await world.meet_ada()
    for text in ("Sto", "Sto scrivendo"):
        await world.bot.send_message_draft(chat_id, 1, text)
        assert await world.people.draft(chat_id) == text
    await world.bot.send_message(chat_id, "Ecco")
    assert await world.people.draft(chat_id) is None
    await world.bot.send_message_draft(chat_id, 2)  # shown as "Thinking…"
    assert await world.people.draft(chat_id) == ""
    world.clock.now += 30
    assert await world.people.draft(chat_id) is None


async def test_drafts_count_in_the_flood_limits(world: World) -> None:
    chat_id = await world.meet_ada()
    world.sandbox.flood.limits = TELEGRAM_LIMITS
    for number in range(5):
        await world.call("sendMessageDraft", chat_id=chat_id, draft_id=1, text=f"{number}")
    refused = await world.call("sendMessageDraft", chat_id=chat_id, draft_id=1, text="troppo")
    assert refused == "Too Many Requests: retry after 3"
    world.sandbox.flood.limits = NO_LIMITS


async def test_a_draft_has_a_texts_limits_and_a_topic_that_is_there(world: World) -> None:
    chat_id = await world.meet_ada()
    for fields, reason in (
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "a", "message_thread_id": 9}, "message thread not found"),
    ):
        refused = await world.call("sendMessageDraft", chat_id=chat_id, draft_id=1, **fields)
        assert refused == f"Bad Request: {reason}"


async def test_chat_actions_are_those_telegram_knows(world: World) -> None:
    chat_id = await world.meet_ada()
    assert set(telegram.constants.ChatAction) == ACTIONS
    await world.bot.send_chat_action(chat_id, "typing")
    assert "action" in [event.type for event in await world.people.events()]
    refused = await world.call("sendChatAction", chat_id=chat_id, action="dancing")
    assert refused == "Bad Request: wrong parameter action in request"


async def test_a_forward_names_its_origin_and_a_copy_does_not(world: World) -> None:
    chat_id = await world.meet_ada()
    group = await world.people.add_group("Gruppo", [world.ada.id])
    forward = await world.bot.forward_message(group.id, chat_id, 1)
    assert isinstance(forward.forward_origin, telegram.MessageOriginUser)
    assert forward.forward_origin.sender_user.id == world.ada.id
    copy = await world.bot.copy_message(group.id, chat_id, 1)
    (*_, copied) = await world.people.messages(group.id)
    assert (copied.id, copied.text) == (copy.message_id, "Ciao")
    assert "forward_origin" not in copied.raw


async def test_protected_and_missing_messages_cannot_be_carried(world: World) -> None:
    chat_id = await world.meet_ada()
    sent = await world.bot.send_message(chat_id, "segreto", protect_content=True)
    for message_id, reason in ((sent.message_id, "can't be forwarded"), (99, "not found")):
        refused = await world.call(
            "forwardMessage", chat_id=chat_id, from_chat_id=chat_id, message_id=message_id
        )
        assert reason in refused


async def test_a_group_that_became_a_supergroup_names_its_new_id(world: World) -> None:
    group = await world.people.add_group("Gruppo", [world.ada.id], type="group")
    new_id = await world.people.migrate(group.id)
    with pytest.raises(telegram.error.ChatMigrated) as caught:
        await world.bot.send_message(group.id, "a")
    assert caught.value.new_chat_id == new_id
    assert (await world.bot.send_message(new_id, "a")).chat.id == new_id


async def test_the_bot_is_not_told_of_its_own_messages(world: World) -> None:
    chat_id = await world.meet_ada()
    await world.updates()
    await world.bot.send_message(chat_id, "a")
    assert await world.updates() == []
