"""Entities that Telegram finds in a text by itself: commands, mentions, tags, links."""

from __future__ import annotations

import re

from bot.sandbox.chats import Json
from bot.sandbox.entities import utf16_length, utf16_offset

_DOMAIN = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|info|int|eu|it|io|me|uk|de|fr)"
_PATTERNS = (
    ("url", rf"\bhttps?://[^\s<>«»“”]*[^\s<>«»“”.,;:!?)\]'\"]|(?<![\w@.-])\b{_DOMAIN}\b(?:/\S*)?"),
    ("email", r"\b[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+\b"),
    ("bot_command", r"(?<![\w/@.])/\w{1,64}(?:@\w{3,32})?(?![\w/])"),
    ("mention", r"(?<![\w/@.])@[a-z]\w{2,31}\b"),
    ("hashtag", r"(?<![\w#&])#\w*[^\W\d]\w*"),
)
_RULES = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)


def detect(text: str, given: list[Json] | None = None) -> list[Json]:
    """Add to the given entities what Telegram would find; of two that overlap the first counts.

    Nothing is found inside code, inside a link, or across the edge of a given entity.
    """
    entities = list(given or [])
    for kind, pattern in _RULES:
        for match in pattern.finditer(text):
            found = {
                "type": kind,
                "offset": utf16_offset(text, match.start()),
                "length": utf16_length(match.group()),
            }
            if all(_may_join(found, entity) for entity in entities):
                entities.append(found)
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


_HOLDERS = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
    }
)


def _may_join(found: Json, entity: Json) -> bool:
    start, end = found["offset"], found["offset"] + found["length"]
    other_start, other_end = entity["offset"], entity["offset"] + entity["length"]
    if end <= other_start or other_end <= start:
        return True
    within = other_start <= start and end <= other_end
    around = start <= other_start and other_end <= end
    return entity["type"] in _HOLDERS and (within or around)
