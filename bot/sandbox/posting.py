"""How a message comes to be: its place in a chat, who is told, and what the bot sees of it."""

from __future__ import annotations

from bot.sandbox.chats import ANONYMOUS_ADMIN, CHANNEL_BOT, SERVICE, SPECIAL_USERS, Chat, Json
from bot.sandbox.entities import utf16_slice
from bot.sandbox.errors import bad_request
from bot.sandbox.state import Sandbox

GENERAL_TOPIC = 1

_TOLD_TO_ALL = frozenset(
    "new_chat_members left_chat_member migrate_to_chat_id migrate_from_chat_id "
    "forum_topic_created".split()
)


def post(
    sandbox: Sandbox,
    chat: Chat,
    author: Json,
    content: Json,
    *,
    reply_to: Json | None = None,
    thread_id: int | None = None,
    date: int | None = None,
    by_bot: bool = False,
) -> Json:
    """Put a message into a chat, tell clients, and the bot if it is one for it to see.

    Args:
        sandbox: Where.
        chat: The chat.
        author: Telegram's ``from`` and ``sender_chat``.
        content: All other fields of the message.
        reply_to: The message it replies to.
        thread_id: The topic of a forum.
        date: Unix time in seconds; now, if left out.
        by_bot: Whether the bot writes it: then it isn't told of it.

    Raises:
        ApiError: The topic doesn't exist.
    """
    thread = thread_of(chat, thread_id, reply_to)
    message: Json = {
        "message_id": sandbox.new_message_id(chat),
        **author,
        "chat": chat.to_json(),
        "date": sandbox.now if date is None else date,
        **thread,
    }
    if reply_to is not None:
        # One level of replies travels, as with the real server.
        message["reply_to_message"] = {
            key: value for key, value in reply_to.items() if key != "reply_to_message"
        }
    message |= content
    chat.messages[message["message_id"]] = message
    if by_bot:
        chat.written_by_bot.add(message["message_id"])
    sandbox.events.add("message", chat_id=chat.id, message=message)
    if not by_bot and bot_sees(sandbox, chat, message):
        sandbox.updates.add("channel_post" if chat.type == "channel" else "message", message)
    if chat.type == "channel" and chat.linked_chat_id is not None:
        _forward_to_discussion(sandbox, chat, message)
    return message


def change(sandbox: Sandbox, chat: Chat, message: Json, *, by_bot: bool) -> Json:
    """Put a new version of a message in the place of the old one, and tell as ``post`` does."""
    chat.messages[message["message_id"]] = message
    sandbox.events.add("edit", chat_id=chat.id, message=message)
    if not by_bot and bot_sees(sandbox, chat, message):
        kind = "edited_channel_post" if chat.type == "channel" else "edited_message"
        sandbox.updates.add(kind, message)
    if chat.type == "channel" and (copy := _copy_in_discussion(sandbox, chat, message)):
        group, old = copy
        kept = {key: value for key, value in old.items() if key not in _SAID}
        said = {key: message[key] for key in _SAID if key in message}
        change(sandbox, group, kept | said, by_bot=False)
    return message


def remove(sandbox: Sandbox, chat: Chat, message_id: int) -> None:
    """Take a message out of a chat. The bot isn't told, as with the real server."""
    del chat.messages[message_id]
    sandbox.events.add("delete", chat_id=chat.id, message_id=message_id)


def bot_sees(sandbox: Sandbox, chat: Chat, message: Json) -> bool:
    """Whether a message reaches the bot: membership, privacy mode, and no other bots' words."""
    bot_id = sandbox.bot.id
    if not chat.holds(bot_id):
        return False
    if chat.type in ("private", "channel"):
        return chat.type == "private" or chat.is_admin(bot_id)
    if not _TOLD_TO_ALL.isdisjoint(message):
        return True
    sender = message.get("from", {})
    if sender.get("is_bot") and sender["id"] not in SPECIAL_USERS:
        return False
    sees_all = not sandbox.privacy or chat.is_admin(bot_id)
    return sees_all or _is_meant_for_bot(sandbox, chat, message)


def _is_meant_for_bot(sandbox: Sandbox, chat: Chat, message: Json) -> bool:
    replied_to = message.get("reply_to_message", {}).get("message_id")
    return (
        message.get("via_bot", {}).get("id") == sandbox.bot.id
        or replied_to in chat.written_by_bot
        or names_bot(sandbox, message)
    )


def names_bot(sandbox: Sandbox, message: Json, *, mentions_only: bool = False) -> bool:
    """Whether a text holds a command that isn't another bot's, or a mention of the bot."""
    name = f"@{sandbox.bot.username}".lower()
    text = message.get("text") or message.get("caption") or ""
    for entity in message.get("entities") or message.get("caption_entities") or ():
        part = utf16_slice(text, entity["offset"], entity["length"]).lower()
        named = {
            "bot_command": not mentions_only and ("@" not in part or part.endswith(name)),
            "mention": part == name,
            "text_mention": entity.get("user", {}).get("id") == sandbox.bot.id,
        }
        if named.get(entity["type"], False):
            return True
    return False


def thread_of(chat: Chat, thread_id: int | None, reply_to: Json | None) -> Json:
    """The fields that place a message in a topic or a thread of replies.

    Raises:
        ApiError: The topic doesn't exist.
    """
    if chat.is_forum:
        if thread_id is None and reply_to is not None and reply_to.get("is_topic_message"):
            thread_id = reply_to["message_thread_id"]
        if thread_id is None or thread_id == GENERAL_TOPIC:
            return {}
        if thread_id not in chat.topics:
            raise bad_request("message thread not found")
        return {"message_thread_id": thread_id, "is_topic_message": True}
    if thread_id is not None:
        raise bad_request("message thread not found")
    if chat.type == "supergroup" and reply_to is not None:
        # Replies form a thread named by its first message; it can't be sent to by that id.
        return {"message_thread_id": reply_to.get("message_thread_id", reply_to["message_id"])}
    return {}


_OF_THE_PLACE = ("message_id", "chat", "from", "sender_chat", "reply_to_message", "reply_markup")


_SAID = ("text", "entities", "caption", "caption_entities", "edit_date")


def _copy_in_discussion(sandbox: Sandbox, channel: Chat, message: Json) -> tuple[Chat, Json] | None:
    """A post's automatic forward, which follows its edits, and the group it is in."""
    group = sandbox.chats.get(channel.linked_chat_id or 0)
    for copy in group.messages.values() if group else ():
        origin = copy.get("forward_origin", {})
        if copy.get("is_automatic_forward") and origin.get("message_id") == message["message_id"]:
            assert group
            return group, copy
    return None


def _forward_to_discussion(sandbox: Sandbox, channel: Chat, message: Json) -> None:
    group = sandbox.chats.get(channel.linked_chat_id or 0)
    if group is None:
        return
    content = {key: value for key, value in message.items() if key not in _OF_THE_PLACE}
    content |= {
        "is_automatic_forward": True,
        "forward_origin": {
            "type": "channel",
            "chat": channel.to_json(),
            "message_id": message["message_id"],
            "date": message["date"],
        },
    }
    author = {"from": SERVICE.to_json(), "sender_chat": channel.to_json()}
    post(sandbox, group, author, content)


def author_of(sandbox: Sandbox, chat: Chat, user_id: int, *, anonymous: bool = False) -> Json:
    """Who a user's message is shown to be from."""
    if chat.type == "channel":
        return {"sender_chat": chat.to_json()}
    if anonymous:
        return {"from": ANONYMOUS_ADMIN.to_json(), "sender_chat": chat.to_json()}
    return {"from": sandbox.user(user_id).to_json()}


def author_as_chat(sender_chat: Chat) -> Json:
    """Who a message is shown to be from when a channel's owner writes in the channel's name."""
    return {"from": CHANNEL_BOT.to_json(), "sender_chat": sender_chat.to_json()}
