"""What users do with the bot from anywhere: type behind its name, send what it offers, call it."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Json
from bot.sandbox.entities import utf16_length
from bot.sandbox.errors import ControlError
from bot.sandbox.people import check_may_write, private_chat
from bot.sandbox.posting import author_of, names_bot, post
from bot.sandbox.queries import InlineQuery
from bot.sandbox.state import Sandbox

MAX_QUERY = 256


def ask(sandbox: Sandbox, chat_id: int, from_id: int, query: str) -> InlineQuery:
    """Somebody types behind the bot's name, in any chat they may write in."""
    user = sandbox.user(from_id)
    chat = _chat(sandbox, chat_id, from_id)
    if utf16_length(query) > MAX_QUERY:
        raise ControlError(f"an inline query has at most {MAX_QUERY} characters")
    asked = sandbox.queries.add_inline(from_id, chat.id, query)
    if asked.answer is None:
        kind = "sender" if chat.type == "private" else chat.type
        update = {
            "id": asked.id,
            "from": user.to_json(),
            "query": query,
            "offset": "",
            "chat_type": kind,
        }
        sandbox.updates.add("inline_query", update)
    return asked


def choose(
    sandbox: Sandbox, query_id: str, result_id: str, *, message_thread_id: int | None = None
) -> Json:
    """Somebody sends one of the results they were offered, as a message of their own."""
    asked = sandbox.queries.inline.get(query_id)
    if asked is None or asked.answer is None:
        raise ControlError(f"there is no answered inline query {query_id!r}")
    found = (result for result in asked.answer["results"] if result["id"] == result_id)
    result = next(found, None)
    if result is None:
        raise ControlError(f"inline query {query_id} has no result {result_id!r}")
    chat = _chat(sandbox, asked.chat_id, asked.user_id)
    content = {**result["content"], "via_bot": sandbox.bot.to_json()}
    author = author_of(sandbox, chat, asked.user_id)
    return post(sandbox, chat, author, content, thread_id=message_thread_id)


def call_guest(sandbox: Sandbox, chat: Chat, message: Json) -> None:
    """Tell the bot of a message that names it, in a chat where it is no member."""
    if chat.type == "channel" or chat.holds(sandbox.bot.id) or message["from"]["is_bot"]:
        return
    if names_bot(sandbox, message, mentions_only=True):
        query = sandbox.queries.add_guest(chat.id, message["message_id"])
        sandbox.updates.add("guest_message", {**message, "guest_query_id": query.id})


def _chat(sandbox: Sandbox, chat_id: int, user_id: int) -> Chat:
    if chat_id == user_id:
        return private_chat(sandbox, sandbox.user(user_id))
    chat = sandbox.chat(chat_id)
    check_may_write(chat, user_id, anonymous=False)
    return chat
