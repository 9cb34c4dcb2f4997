"""Checks of what the bot sends along with a text: keyboards, replies, quotes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.chats import Chat, Json
from bot.sandbox.entities import check_entities, utf16_length, utf16_offset
from bot.sandbox.errors import bad_request

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_QUOTE = 1024
MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100
MAX_BUTTONS_IN_ROW = 8

_QUOTED = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji"})
_BUTTON_ACTIONS: dict[str, Any] = {"url": str, "callback_data": str, "copy_text": dict}


def check_markup(markup: Json | None) -> Json:
    """Check a keyboard under a message.

    Returns:
        The fields it adds to the message: ``reply_markup``, or none for an empty keyboard and
        for ``force_reply``, which messages don't show.

    Raises:
        ApiError: It isn't one that Telegram would take.
    """
    if not markup:
        return {}
    if set(markup) <= {"force_reply", "selective", "input_field_placeholder"}:
        return {}
    if set(markup) != {"inline_keyboard"}:
        extra = next(key for key in markup if key != "inline_keyboard")
        raise bad_request(f'reply markup field "{extra}" is not supported by the sandbox')
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("object expected as reply markup: inline_keyboard is an array of arrays")
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    for row in rows:
        if len(row) > MAX_BUTTONS_IN_ROW:
            raise bad_request(f"a keyboard row has more than {MAX_BUTTONS_IN_ROW} buttons")
        for button in row:
            _check_button(button)
    filled = [row for row in rows if row]
    return {"reply_markup": {"inline_keyboard": filled}} if filled else {}


def _check_button(button: object) -> None:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request('can\'t parse inline keyboard button: field "text" must be a string')
    if not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: text is empty")
    actions = set(button) - {"text"}
    if unknown := actions - set(_BUTTON_ACTIONS):
        raise bad_request(f'button field "{min(unknown)}" is not supported by the sandbox')
    if len(actions) != 1:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    (action,) = actions
    value = button[action]
    if not isinstance(value, _BUTTON_ACTIONS[action]):
        raise bad_request(f'can\'t parse inline keyboard button: "{action}" has the wrong type')
    if action == "callback_data" and not 1 <= len(value.encode()) <= MAX_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url" and not _is_url(value):
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    if action == "copy_text" and not 1 <= len(str(value.get("text") or "")) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _is_url(value: str) -> bool:
    parts = urlsplit(value if "://" in value else f"https://{value}")
    if parts.scheme == "tg":
        return True
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")


_REPLY_FIELDS: dict[str, type] = {
    "message_id": int,
    "chat_id": int,
    "allow_sending_without_reply": bool,
    "quote": str,
    "quote_entities": list,
    "quote_position": int,
}


def find_reply(chat: Chat, parameters: Json | None) -> tuple[Json | None, Json]:
    """The message that ``reply_parameters`` name, and the fields a quote of it adds.

    Raises:
        ApiError: The message isn't there (and must be), or the quote isn't in it.
    """
    if parameters is None:
        return None, {}
    for name, value in parameters.items():
        if name not in _REPLY_FIELDS:
            raise bad_request(f'reply parameter "{name}" is not supported by the sandbox')
        if not isinstance(value, _REPLY_FIELDS[name]):
            raise bad_request(f'reply parameter "{name}" has the wrong type')
    if "message_id" not in parameters:
        raise bad_request("message identifier is not specified")
    if parameters.get("chat_id", chat.id) != chat.id:
        raise bad_request("replies to another chat are not supported by the sandbox")
    message = chat.messages.get(parameters["message_id"])
    if message is None:
        if parameters.get("allow_sending_without_reply"):
            return None, {}
        raise bad_request("message to be replied not found")
    if not parameters.get("quote"):
        return message, {}
    entities = parameters.get("quote_entities", [])
    return message, {"quote": find_quote(message, parameters["quote"], entities)}


def find_quote(message: Json, quote: str, entities: list[object]) -> Json:
    """Telegram's ``TextQuote`` for words of a message, which must have the same formatting there.

    Raises:
        ApiError: They are too long, or not there like that.
    """
    text = message.get("text") or message.get("caption") or ""
    if utf16_length(quote) > MAX_QUOTE:
        raise bad_request("reply quote is too long")
    checked = check_entities(quote, entities)
    wanted = _formatting(checked, 0, utf16_length(quote))
    formatted = message.get("entities") or message.get("caption_entities") or []
    start = text.find(quote)
    while start >= 0:
        position = utf16_offset(text, start)
        if _formatting(formatted, position, utf16_length(quote)) == wanted:
            found = {"text": quote, "position": position, "is_manual": True}
            return {**found, "entities": checked} if checked else found
        start = text.find(quote, start + 1)
    raise bad_request("QUOTE_TEXT_INVALID")


def _formatting(entities: list[Json], start: int, length: int) -> list[tuple[str, int, int]]:
    """What is bold and the like in a stretch of a text, from the stretch's start."""
    clipped = []
    for entity in entities:
        first = max(entity["offset"], start) - start
        last = min(entity["offset"] + entity["length"], start + length) - start
        if entity["type"] in _QUOTED and first < last:
            clipped.append((entity["type"], first, last))
    return sorted(clipped)
