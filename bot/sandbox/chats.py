"""Who there is, and where they meet: users, members and chats."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
"""A Bot API object as it goes over the wire. Messages and updates are kept in this form."""

ChatType = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

CHAT_TYPES: tuple[ChatType, ...] = ("private", "group", "supergroup", "channel")
STATUSES: tuple[Status, ...] = (
    "creator",
    "administrator",
    "member",
    "restricted",
    "left",
    "kicked",
)
"""``restricted`` is a member who may not write."""


@dataclass(frozen=True, slots=True)
class User:
    """A person or a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    def to_json(self) -> Json:
        """Telegram's ``User``."""
        return {"id": self.id, "is_bot": self.is_bot, **self.names(), **self._language()}

    def names(self) -> Json:
        """What a private chat shows of them."""
        names = {
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
        }
        return {key: value for key, value in names.items() if value is not None}

    def _language(self) -> Json:
        return {} if self.language_code is None else {"language_code": self.language_code}


# The accounts Telegram itself speaks through.
SERVICE = User(777000, "Telegram")
ANONYMOUS_ADMIN = User(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)
CHANNEL_BOT = User(136817688, "Channel", username="Channel_Bot", is_bot=True)
SPECIAL_USERS = {user.id: user for user in (SERVICE, ANONYMOUS_ADMIN, CHANNEL_BOT)}

_ADMIN_RIGHTS = (
    "can_be_edited",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


_CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")
_RESTRICTIONS = (
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
    "can_add_web_page_previews",
    *(
        f"can_send_{what}"
        for what in (
            "messages audios documents photos videos video_notes voice_notes polls other_messages"
        ).split()
    ),
)


def member_to_json(user: User, status: Status, kind: ChatType = "supergroup") -> Json:
    """Telegram's ``ChatMember``, which has other fields for each status, and in channels."""
    member: Json = {"user": user.to_json(), "status": status}
    if status in ("creator", "administrator"):
        member["is_anonymous"] = False
    if status == "administrator":
        member |= dict.fromkeys(_ADMIN_RIGHTS, True)
        member |= dict.fromkeys(_CHANNEL_RIGHTS, True) if kind == "channel" else {}
    if status == "restricted":
        member |= dict.fromkeys(_RESTRICTIONS, False) | {"is_member": True, "until_date": 0}
    if status == "kicked":
        member["until_date"] = 0
    return member


DRAFT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Draft:
    """What the bot is shown to be writing, since ``time`` (Unix time in seconds)."""

    id: int
    text: str
    time: float


@dataclass(slots=True)
class Chat:
    """A chat, its members and its messages, as they are now.

    ``messages`` holds Telegram's ``Message`` objects as last edited, by id; deleted ones are gone.
    ``topics`` are the names of a forum's topics by thread id. ``written_by_bot`` are the ids of
    the bot's own messages, which a channel doesn't show.
    """

    id: int
    type: ChatType
    title: str | None = None
    username: str | None = None
    is_forum: bool = False
    linked_chat_id: int | None = None
    user: User | None = None
    migrated_to: int | None = None
    members: dict[int, Status] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    written_by_bot: set[int] = field(default_factory=set)
    reactions: dict[tuple[int, int], list[Json]] = field(default_factory=dict)
    last_message_id: int = 0
    draft: Draft | None = None

    def draft_at(self, now: float) -> Draft | None:
        """What the bot is shown to be writing at a moment, if anything."""
        gone = self.draft is None or now - self.draft.time >= DRAFT_SECONDS
        return None if gone else self.draft

    def status(self, user_id: int) -> Status:
        """What somebody is in this chat; those never seen have left."""
        return self.members.get(user_id, "left")

    def holds(self, user_id: int) -> bool:
        """Whether somebody is in this chat now."""
        return self.status(user_id) not in ("left", "kicked")

    def is_admin(self, user_id: int) -> bool:
        """Whether somebody is an administrator or the creator."""
        return self.status(user_id) in ("creator", "administrator")

    def to_json(self) -> Json:
        """Telegram's ``Chat``."""
        chat: Json = {"id": self.id}
        if self.user is not None:
            chat |= self.user.names()
        if self.title is not None:
            chat["title"] = self.title
        if self.username is not None:
            chat["username"] = self.username
        chat["type"] = self.type
        if self.is_forum:
            chat["is_forum"] = True
        return chat
