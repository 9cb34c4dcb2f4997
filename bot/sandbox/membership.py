"""Joining, leaving, promoting, blocking: what somebody is in a chat, and who is told."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Json, Status, member_to_json
from bot.sandbox.errors import ControlError
from bot.sandbox.posting import post
from bot.sandbox.state import Sandbox


def set_status(sandbox: Sandbox, chat: Chat, user_id: int, status: Status, *, by: int) -> None:
    """Change what somebody is in a chat, and tell clients and the bot.

    Args:
        sandbox: Where.
        chat: The chat.
        user_id: Whose status.
        status: The new one. ``kicked`` in a private chat is a user who has blocked the bot.
        by: Who changes it.
    """
    old = chat.status(user_id)
    was_there, was_admin = chat.holds(user_id), chat.is_admin(sandbox.bot.id)
    chat.members[user_id] = status
    if status == old:
        return
    user = sandbox.user(user_id)
    sandbox.events.add("member", chat_id=chat.id, user_id=user_id, status=status)
    changed: Json = {
        "chat": chat.to_json(),
        "from": sandbox.user(by).to_json(),
        "date": sandbox.now,
        "old_chat_member": member_to_json(user, old, chat.type),
        "new_chat_member": member_to_json(user, status, chat.type),
    }
    if user_id == sandbox.bot.id:
        sandbox.updates.add("my_chat_member", changed)
    elif was_admin:
        sandbox.updates.add("chat_member", changed)
    if chat.type in ("group", "supergroup") and was_there != chat.holds(user_id):
        joined = {"new_chat_members": [user.to_json()]}
        content = {"left_chat_member": user.to_json()} if was_there else joined
        post(sandbox, chat, {"from": sandbox.user(by).to_json()}, content)


def set_member(sandbox: Sandbox, chat_id: int, user_id: int, status: Status) -> None:
    """Somebody joins, leaves, is promoted or removed; in a private chat, blocks the bot."""
    chat = sandbox.chat(chat_id)
    sandbox.user(user_id)
    by = chat_id if chat.type == "private" else in_charge(chat, user_id)
    if chat.type == "private" and (user_id != sandbox.bot.id or status not in ("member", "kicked")):
        raise ControlError("in a private chat only the bot can be blocked (kicked) or a member")
    set_status(sandbox, chat, user_id, status, by=by)


def in_charge(chat: Chat, default: int) -> int:
    """Who acts for a chat when nobody in particular does: its creator."""
    return next((i for i, status in chat.members.items() if status == "creator"), default)
