"""What a client of the control API gets to see: users, chats, messages, events, calls."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.chats import ChatType, Json


@dataclass(frozen=True, slots=True)
class SandboxUser:
    """A user. ``id`` is also the id of their private chat with the bot."""

    id: int
    first_name: str
    username: str | None


@dataclass(frozen=True, slots=True)
class SandboxChat:
    """A group, supergroup or channel."""

    id: int
    type: ChatType
    title: str


@dataclass(frozen=True, slots=True)
class SandboxMessage:
    """A message as it is now.

    ``text`` is the caption where there is no text; ``entities`` are Telegram's, with offsets in
    UTF-16 code units; ``sender_id`` is None for posts of a channel; ``raw`` is Telegram's
    ``Message`` with everything else.
    """

    id: int
    chat_id: int
    sender_id: int | None
    text: str
    entities: tuple[Json, ...]
    reply_to_id: int | None
    thread_id: int | None
    raw: Json

    @classmethod
    def from_json(cls, raw: Json) -> SandboxMessage:
        """Read Telegram's ``Message``."""
        return cls(
            id=raw["message_id"],
            chat_id=raw["chat"]["id"],
            sender_id=raw.get("from", {}).get("id"),
            text=raw.get("text") or raw.get("caption") or "",
            entities=tuple(raw.get("entities") or raw.get("caption_entities") or ()),
            reply_to_id=raw.get("reply_to_message", {}).get("message_id"),
            thread_id=raw.get("message_thread_id"),
            raw=raw,
        )


@dataclass(frozen=True, slots=True)
class SandboxEvent:
    """Something that happened. ``details`` depend on ``type``; see the control API."""

    seq: int
    type: str
    details: Json


@dataclass(frozen=True, slots=True)
class SandboxCall:
    """A call the bot made. ``time`` is Unix time; ``error_code`` is None when it went well."""

    seq: int
    time: float
    method: str
    parameters: Json
    ok: bool
    error_code: int | None
