"""Answering inline queries, and messages of chats the bot isn't in."""

from __future__ import annotations

import secrets

from bot.sandbox.chats import Json
from bot.sandbox.content import check_markup
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.registry import method
from bot.sandbox.methods.sending import text_content
from bot.sandbox.posting import post
from bot.sandbox.state import Sandbox

ANSWER_SECONDS = 15
MAX_RESULTS = 50
MAX_OFFSET_BYTES = 64
MAX_START_PARAMETER = 64
MAX_RESULT_ID_BYTES = 64

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_ARTICLE = frozenset(
    "type id title input_message_content reply_markup url description thumbnail_url "
    "thumbnail_width thumbnail_height".split()
)
_TEXT = frozenset({"message_text", "entities", "link_preview_options"})


@method()
def answer_inline_query(
    sandbox: Sandbox,
    *,
    inline_query_id: str,
    results: list[object],
    cache_time: int = 300,
    is_personal: bool = False,
    next_offset: str = "",
    button: dict[str, object] | None = None,
) -> bool:
    """Offer results for an inline query, once and in time."""
    query = sandbox.queries.inline.get(inline_query_id)
    if query is None or query.answer or sandbox.clock() - query.asked_at > ANSWER_SECONDS:
        raise bad_request(_TOO_OLD)
    if len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    checked = [_result(result) for result in results]
    if len({result["id"] for result in checked}) < len(checked):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(next_offset.encode()) > MAX_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    answer: Json = {
        "results": checked,
        "cache_time": cache_time,
        "is_personal": is_personal,
        "next_offset": next_offset,
        "button": _button(button),
    }
    sandbox.queries.answer_inline(query, answer)
    sandbox.events.add("inline_answer", inline_query_id=query.id, **answer)
    return True


@method()
def answer_guest_query(sandbox: Sandbox, *, guest_query_id: str, result: dict[str, object]) -> Json:
    """Answer a message of a chat the bot isn't in, once, as a guest there."""
    query = sandbox.queries.guest.get(guest_query_id)
    if query is None or query.answered:
        raise bad_request(_TOO_OLD)
    content = _result(result)["content"]
    query.answered = True
    chat = sandbox.chat(query.chat_id)
    asked = chat.messages.get(query.message_id)
    author = {"from": sandbox.bot.to_json()}
    if asked is not None:
        content["guest_bot_caller_user"] = asked["from"]
    thread = asked.get("message_thread_id") if asked and asked.get("is_topic_message") else None
    post(sandbox, chat, author, content, reply_to=asked, thread_id=thread, by_bot=True)
    return {"inline_message_id": secrets.token_urlsafe(18)}


def _result(result: object) -> Json:
    """Check a result: an article. What it sends is in ``content``, as the fields of a message."""
    if not isinstance(result, dict) or result.get("type") != "article":
        raise bad_request("can't parse inline query result: the sandbox knows articles alone")
    if unknown := set(result) - _ARTICLE:
        raise bad_request(f'field "{min(unknown)}" of an article is not supported by the sandbox')
    id_, title = result.get("id"), result.get("title")
    if not isinstance(id_, str) or not 1 <= len(id_.encode()) <= MAX_RESULT_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if not isinstance(title, str) or not title.strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad_request("can't parse inline query result: input_message_content is not a text")
    if unknown := set(content) - _TEXT:
        raise bad_request(f'field "{min(unknown)}" of a text is not supported by the sandbox')
    text = text_content(
        content["message_text"], content.get("entities"), content.get("link_preview_options")
    )
    return {
        "id": id_,
        "title": title,
        "description": str(result.get("description") or ""),
        "content": text | check_markup(result.get("reply_markup")),
    }


def _button(button: Json | None) -> Json | None:
    if button is None:
        return None
    if set(button) != {"text", "start_parameter"} or not str(button["text"]).strip():
        raise bad_request("can't parse InlineQueryResultsButton: it has a text and a parameter")
    parameter = str(button["start_parameter"])
    allowed = parameter.isascii() and parameter.replace("_", "").replace("-", "").isalnum()
    if not allowed or len(parameter) > MAX_START_PARAMETER:
        raise bad_request("START_PARAM_INVALID")
    return button
