"""Everything that changes what is already in a chat."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Json
from bot.sandbox.content import check_markup
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.registry import joined_chat, method, writable_chat
from bot.sandbox.methods.sending import text_content
from bot.sandbox.parameters import ChatId
from bot.sandbox.posting import change, remove
from bot.sandbox.state import Sandbox

CALLBACK_SECONDS = 15
DELETABLE_SECONDS = 48 * 60 * 60
# Without variation selectors, which come and go.
REACTIONS = frozenset(
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 "
    "💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ "
    "🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 "
    "👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 "
    "🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡".split()
)


def _own_message(chat: Chat, message_id: int) -> Json:
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if message_id not in chat.written_by_bot or "forward_origin" in message:
        raise bad_request("message can't be edited")
    return message


def _replace(sandbox: Sandbox, chat: Chat, old: Json, new: Json) -> Json:
    sandbox.flood.spend(chat.id)
    if new == old:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    return change(sandbox, chat, {**new, "edit_date": sandbox.now}, by_bot=True)


@method()
def edit_message_text(
    sandbox: Sandbox,
    *,
    chat_id: ChatId,
    message_id: int,
    text: str,
    entities: list[object] | None = None,
    link_preview_options: dict[str, object] | None = None,
    reply_markup: dict[str, object] | None = None,
) -> Json:
    """Change the text of one of the bot's messages. A keyboard that isn't given again is gone."""
    chat = writable_chat(sandbox, chat_id)
    content = text_content(text, entities, link_preview_options) | check_markup(reply_markup)
    old = _own_message(chat, message_id)
    if "text" not in old:
        raise bad_request("there is no text in the message to edit")
    replaced = ("text", "entities", "link_preview_options", "reply_markup")
    kept = {key: value for key, value in old.items() if key not in replaced}
    return _replace(sandbox, chat, old, kept | content)


@method()
def edit_message_reply_markup(
    sandbox: Sandbox,
    *,
    chat_id: ChatId,
    message_id: int,
    reply_markup: dict[str, object] | None = None,
) -> Json:
    """Change the keyboard of one of the bot's messages."""
    chat = writable_chat(sandbox, chat_id)
    markup = check_markup(reply_markup)
    old = _own_message(chat, message_id)
    kept = {key: value for key, value in old.items() if key != "reply_markup"}
    return _replace(sandbox, chat, old, kept | markup)


@method()
def delete_message(sandbox: Sandbox, *, chat_id: ChatId, message_id: int) -> bool:
    """Delete a message: the bot's own, any in a private chat, all where it is an admin."""
    chat = joined_chat(sandbox, chat_id)
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to delete not found")
    own = message_id in chat.written_by_bot
    if not (own or chat.type == "private" or chat.is_admin(sandbox.bot.id)):
        raise bad_request("message can't be deleted")
    if sandbox.now - message["date"] >= DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    remove(sandbox, chat, message_id)
    return True


@method("is_big")
def set_message_reaction(
    sandbox: Sandbox, *, chat_id: ChatId, message_id: int, reaction: list[object] | None = None
) -> bool:
    """React to a message with one emoji, or none."""
    chat = joined_chat(sandbox, chat_id)
    if message_id not in chat.messages:
        raise bad_request("message to react not found")
    reactions = reaction or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    checked: list[Json] = []
    for item in reactions:
        if not isinstance(item, dict) or set(item) != {"type", "emoji"} or item["type"] != "emoji":
            raise bad_request("can't parse ReactionType: only emoji are supported by the sandbox")
        if (
            not isinstance(item["emoji"], str)
            or item["emoji"].replace("\ufe0f", "") not in REACTIONS
        ):
            raise bad_request("REACTION_INVALID")
        checked.append(item)
    chat.reactions[message_id, sandbox.bot.id] = checked
    sandbox.events.add(
        "reaction",
        chat_id=chat.id,
        message_id=message_id,
        user_id=sandbox.bot.id,
        reaction=checked,
    )
    return True


@method()
def answer_callback_query(
    sandbox: Sandbox,
    *,
    callback_query_id: str,
    text: str = "",
    show_alert: bool = False,
    url: str = "",
    cache_time: int = 0,
) -> bool:
    """Answer a pressed button, once and in time."""
    callback = sandbox.callbacks.get(callback_query_id)
    late = callback is None or sandbox.clock() - callback.pressed_at > CALLBACK_SECONDS
    if callback is None or late or callback.answer is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    callback.answer = {
        "text": text,
        "show_alert": show_alert,
        "url": url,
        "cache_time": cache_time,
    }
    sandbox.events.add("callback_answer", callback_query_id=callback.id, **callback.answer)
    return True
