"""Text as Telegram keeps it: cleaned, trimmed, and with its entities checked.

Entity offsets and lengths count UTF-16 code units, and so do the limits here. (Telegram's limits
count characters after parsing, and reports differ on characters beyond the basic plane: this is
the stricter reading.)
"""

from __future__ import annotations

from itertools import accumulate

from bot.sandbox.chats import Json
from bot.sandbox.errors import ApiError, bad_request

MAX_ENTITIES = 100

_FREE = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_CODE = frozenset({"pre", "code"})
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_LINKS = frozenset({"text_link", "text_mention", "custom_emoji", "date_time"})
# Telegram finds these itself, and ignores them where a bot gives them.
FOUND = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"},
)
_REQUIRED: dict[str, dict[str, type]] = {
    "text_link": {"url": str},
    "text_mention": {"user": dict},
    "custom_emoji": {"custom_emoji_id": str},
    "date_time": {"unix_time": int},
}
_OPTIONAL: dict[str, dict[str, type]] = {
    "pre": {"language": str},
    "date_time": {"date_time_format": str},
}
_DROPPED = frozenset("\r\u0333\u033f\u030a") | {chr(c) for c in range(0x2028, 0x202F)}
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u2800\u3164")


def utf16_length(text: str) -> int:
    """How many UTF-16 code units a text takes."""
    return len(text) + sum(char > "\uffff" for char in text)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "surrogatepass")


def utf16_offset(text: str, position: int) -> int:
    """The UTF-16 offset of the character at ``position``."""
    return utf16_length(text[:position])


def prepare(
    text: str, entities: list[object] | None, limit: int, name: str = "message"
) -> tuple[str, list[Json]]:
    """Check and clean a text that a bot sends.

    Args:
        text: As given.
        entities: As given, of the text as given.
        limit: How long it may be once cleaned, in UTF-16 code units.
        name: What Telegram calls it in its errors: ``message`` or ``message caption``.

    Returns:
        The text as Telegram keeps it, and the first 100 entities, moved along with it.

    Raises:
        ApiError: An entity is wrong, or the text too long. An empty text is the caller's affair.
    """
    checked = check_entities(text, entities or [])
    cleaned, table = _clean(text)
    if utf16_length(cleaned) > limit:
        raise bad_request(f"{name} is too long")
    moved = []
    for entity in checked[:MAX_ENTITIES]:
        start, end = table[entity["offset"]], table[entity["offset"] + entity["length"]]
        if start < end and entity["type"] not in FOUND:
            moved.append({**entity, "offset": start, "length": end - start})
    return cleaned, moved


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in a text."""
    return all(char.isspace() or char in _INVISIBLE for char in text)


def _clean(text: str) -> tuple[str, list[int]]:
    """Clean and trim a text; also, for each UTF-16 offset in it, the offset that becomes of it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    kept = [_clean_character(char) for char in text]
    cleaned = "".join(kept)
    leading = len(cleaned) - len(cleaned.lstrip(" \n"))
    trimmed = cleaned.strip(" \n")
    end = utf16_length(trimmed)
    # One step a UTF-16 unit: the second half of a surrogate pair counts where the pair does.
    steps = [
        step
        for char, kept_char in zip(text, kept, strict=True)
        for step in ([1, 1] if char > "\uffff" else [len(kept_char)])
    ]
    table = [min(max(at - leading, 0), end) for at in accumulate(steps, initial=0)]
    return trimmed, table


def _clean_character(char: str) -> str:
    if char in _DROPPED:
        return ""
    return " " if char < " " and char != "\n" else char


def check_entities(text: str, entities: list[object]) -> list[Json]:
    """Check the entities of a text, and put them in order, the outer before the inner.

    Raises:
        ApiError: One isn't an entity, lies outside the text, splits a character, or overlaps
            another in a way Telegram doesn't allow.
    """
    length = utf16_length(text)
    inside_pairs = _inside_pairs(text)
    checked = [_check_entity(entity) for entity in entities]
    for entity in checked:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if start < 0 or entity["length"] <= 0:
            raise _refused(entity, "must have an offset of at least 0 and a positive length")
        if end > length:
            raise _refused(entity, f"ends after the end of the text at UTF-16 offset {length}")
        if start in inside_pairs or end in inside_pairs:
            raise _refused(entity, "begins or ends in the middle of a UTF-16 symbol")
    checked.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    _check_nesting(checked)
    return checked


def _check_entity(entity: object) -> Json:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an object")
    kind = entity.get("type")
    if not isinstance(kind, str) or kind not in _FREE | _CODE | _QUOTES | _LINKS | FOUND:
        raise bad_request(f"can't parse MessageEntity: unknown type {kind!r}")
    required: dict[str, type] = {
        "type": str,
        "offset": int,
        "length": int,
        **_REQUIRED.get(kind, {}),
    }
    fields = {**required, **_OPTIONAL.get(kind, {})}
    for name in required:
        if name not in entity:
            raise bad_request(f'can\'t parse MessageEntity: {kind} needs the field "{name}"')
    for name, value in entity.items():
        if name not in fields:
            raise bad_request(f'can\'t parse MessageEntity: {kind} has no field "{name}"')
        if not isinstance(value, fields[name]) or isinstance(value, bool):
            raise bad_request(f'can\'t parse MessageEntity: field "{name}" has the wrong type')
    return entity


def _check_nesting(entities: list[Json]) -> None:
    """Check entities in order against those that are still open where each begins."""
    open_entities: list[Json] = []
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        open_entities = [o for o in open_entities if o["offset"] + o["length"] > start]
        for outer in open_entities:
            if end > outer["offset"] + outer["length"]:
                raise _refused(entity, f"overlaps partially with a {outer['type']} entity")
            if not _may_hold(outer["type"], entity["type"]):
                raise _refused(entity, f"can't be nested with a {outer['type']} entity")
        open_entities.append(entity)


def _may_hold(outer: str, inner: str) -> bool:
    if outer in _CODE or inner in _CODE:
        # Code holds nothing and lies in nothing but a quotation.
        return outer in _QUOTES or inner in _QUOTES
    if outer in _FREE or inner in _FREE:
        return True
    # A quotation holds anything but a quotation; links and the like don't hold each other.
    return (outer in _QUOTES) != (inner in _QUOTES)


def _inside_pairs(text: str) -> set[int]:
    offsets, at = set(), 0
    for char in text:
        if char > "\uffff":
            offsets.add(at + 1)
            at += 1
        at += 1
    return offsets


def _refused(entity: Json, reason: str) -> ApiError:
    return bad_request(f"{entity['type']} entity at UTF-16 offset {entity['offset']} {reason}")
