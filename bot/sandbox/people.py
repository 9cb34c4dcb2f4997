"""What users do in chats: write, edit, delete, press buttons, react."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Json, User
from bot.sandbox.content import MAX_CAPTION, MAX_TEXT, find_quote
from bot.sandbox.detection import detect
from bot.sandbox.entities import is_blank, prepare
from bot.sandbox.errors import ControlError
from bot.sandbox.files import Upload
from bot.sandbox.posting import author_as_chat, author_of, change, post, remove
from bot.sandbox.state import Callback, Sandbox


def say(
    sandbox: Sandbox,
    chat_id: int,
    from_id: int,
    text: str | None = None,
    *,
    document: Upload | None = None,
    caption: str | None = None,
    entities: list[object] | None = None,
    reply_to_message_id: int | None = None,
    quote: str | None = None,
    message_thread_id: int | None = None,
    via_bot: int | None = None,
    forward_from_id: int | None = None,
    anonymous: bool = False,
    sender_chat_id: int | None = None,
    date: int | None = None,
) -> Json:
    """Somebody writes in a chat. With one's own id as the chat's, privately to the bot.

    ``via_bot`` is the id of the inline bot the message was made with; ``date`` is Unix time.
    """
    user = sandbox.user(from_id)
    chat = private_chat(sandbox, user) if chat_id == from_id else sandbox.chat(chat_id)
    content = _content(text, document, caption, entities, sandbox)
    check_may_write(chat, from_id, anonymous=anonymous)
    reply_to = None
    if reply_to_message_id is not None:
        reply_to = _message(chat, reply_to_message_id)
        if quote:
            content["quote"] = find_quote(reply_to, quote, [])
    if via_bot is not None:
        content["via_bot"] = sandbox.user(via_bot).to_json()
    if forward_from_id is not None:
        sender = sandbox.user(forward_from_id).to_json()
        at = sandbox.now if date is None else date
        content["forward_origin"] = {"type": "user", "sender_user": sender, "date": at}
    author = author_of(sandbox, chat, from_id, anonymous=anonymous)
    if sender_chat_id is not None:
        author = author_as_chat(sandbox.chat(sender_chat_id))
    return post(
        sandbox, chat, author, content, reply_to=reply_to, thread_id=message_thread_id, date=date
    )


def private_chat(sandbox: Sandbox, user: User) -> Chat:
    """Somebody's chat with the bot, begun if it hasn't been."""
    if user.id not in sandbox.chats:
        chat = Chat(user.id, "private", user=user)
        chat.members = {user.id: "member", sandbox.bot.id: "member"}
        sandbox.chats[user.id] = chat
        sandbox.events.add("chat", chat=chat.to_json())
    return sandbox.chats[user.id]


def check_may_write(chat: Chat, user_id: int, *, anonymous: bool) -> None:
    """Refuse somebody who can't write in a chat."""
    if chat.migrated_to is not None:
        raise ControlError(f"chat {chat.id} has become the supergroup {chat.migrated_to}")
    if not chat.holds(user_id):
        raise ControlError(f"user {user_id} is not a member of chat {chat.id}")
    if (anonymous or chat.type == "channel") and not chat.is_admin(user_id):
        raise ControlError(f"user {user_id} is not an administrator of chat {chat.id}")
    if chat.type == "private" and "kicked" in chat.members.values():
        raise ControlError(f"user {user_id} has blocked the bot and must unblock it first")


def _content(
    text: str | None,
    document: Upload | None,
    caption: str | None,
    entities: list[object] | None,
    sandbox: Sandbox,
) -> Json:
    if (text is None) == (document is None):
        raise ControlError("a message is either a text or a document")
    limit = MAX_CAPTION if document else MAX_TEXT
    kept, given = prepare((caption if document else text) or "", entities, limit)
    found = detect(kept, given)
    if document is not None:
        content: Json = {"document": sandbox.files.keep(document).to_document()}
        content |= {"caption": kept} if kept else {}
        return content | ({"caption_entities": found} if found else {})
    if is_blank(kept):
        raise ControlError("the text is empty")
    return {"text": kept, **({"entities": found} if found else {})}


def _said(text: str, sandbox: Sandbox, *, is_caption: bool) -> Json:
    if not is_caption:
        return _content(text, None, None, None, sandbox)
    kept, given = prepare(text, None, MAX_CAPTION)
    found = detect(kept, given)
    return {"caption": kept, **({"caption_entities": found} if found else {})}


def _message(chat: Chat, message_id: int) -> Json:
    if message_id not in chat.messages:
        raise ControlError(f"there is no message {message_id} in chat {chat.id}")
    return chat.messages[message_id]


def edit(sandbox: Sandbox, chat_id: int, message_id: int, text: str) -> Json:
    """Somebody edits their text, or the caption of their file."""
    chat = sandbox.chat(chat_id)
    old = _message(chat, message_id)
    if message_id in chat.written_by_bot or not ("text" in old or "document" in old):
        raise ControlError(f"message {message_id} isn't a user's text")
    kept = {key: value for key, value in old.items() if not key.endswith("entities")}
    new = kept | _said(text, sandbox, is_caption="document" in old) | {"edit_date": sandbox.now}
    return change(sandbox, chat, new, by_bot=False)


def delete(sandbox: Sandbox, chat_id: int, message_id: int) -> None:
    """Somebody deletes a message."""
    chat = sandbox.chat(chat_id)
    _message(chat, message_id)
    remove(sandbox, chat, message_id)


def press(sandbox: Sandbox, chat_id: int, message_id: int, from_id: int, data: str) -> Callback:
    """Somebody presses a button of the bot. Any ``data`` goes: a modified app can send it."""
    chat = sandbox.chat(chat_id)
    message = _message(chat, message_id)
    if message_id not in chat.written_by_bot:
        raise ControlError(f"message {message_id} isn't the bot's, so it has no buttons")
    user = sandbox.user(from_id)
    callback = sandbox.new_callback()
    query = {
        "id": callback.id,
        "from": user.to_json(),
        "message": message,
        "chat_instance": str(abs(chat.id)),
        "data": data,
    }
    sandbox.updates.add("callback_query", query)
    return callback


def react(sandbox: Sandbox, chat_id: int, message_id: int, from_id: int, emoji: str | None) -> None:
    """Somebody reacts to a message, or takes their reaction back (None)."""
    chat = sandbox.chat(chat_id)
    _message(chat, message_id)
    user = sandbox.user(from_id)
    reaction = [] if emoji is None else [{"type": "emoji", "emoji": emoji}]
    old = chat.reactions.get((message_id, from_id), [])
    chat.reactions[message_id, from_id] = reaction
    sandbox.events.add(
        "reaction", chat_id=chat_id, message_id=message_id, user_id=from_id, reaction=reaction
    )
    if chat.type == "private" or chat.is_admin(sandbox.bot.id):
        changed = {
            "chat": chat.to_json(),
            "message_id": message_id,
            "user": user.to_json(),
            "date": sandbox.now,
            "old_reaction": old,
            "new_reaction": reaction,
        }
        sandbox.updates.add("message_reaction", changed)
