"""Asking about chats and their members."""

from __future__ import annotations

from bot.sandbox.chats import Json, member_to_json
from bot.sandbox.errors import bad_request
from bot.sandbox.membership import set_status
from bot.sandbox.methods.registry import joined_chat, known_chat, method
from bot.sandbox.parameters import ChatId
from bot.sandbox.state import Sandbox


@method()
def get_chat(sandbox: Sandbox, *, chat_id: ChatId) -> Json:
    """Telegram's ``ChatFullInfo``."""
    chat = known_chat(sandbox, chat_id)
    info = {
        **chat.to_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.linked_chat_id is not None:
        info["linked_chat_id"] = chat.linked_chat_id
    return info


@method()
def get_chat_member(sandbox: Sandbox, *, chat_id: ChatId, user_id: int) -> Json:
    """Telegram's ``ChatMember``: what somebody is in a chat."""
    chat = joined_chat(sandbox, chat_id)
    if user_id not in sandbox.users:
        raise bad_request("invalid user_id specified")
    return member_to_json(sandbox.users[user_id], chat.status(user_id), chat.type)


@method()
def get_chat_administrators(
    sandbox: Sandbox, *, chat_id: ChatId, return_bots: bool = False
) -> list[Json]:
    """A chat's administrators: people, this bot, and other bots if asked for."""
    chat = joined_chat(sandbox, chat_id)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    admins = [sandbox.users[user_id] for user_id in chat.members if chat.is_admin(user_id)]
    return [
        member_to_json(user, chat.status(user.id), chat.type)
        for user in admins
        if return_bots or not user.is_bot or user == sandbox.bot
    ]


@method()
def get_chat_member_count(sandbox: Sandbox, *, chat_id: ChatId) -> int:
    """How many are in a chat."""
    chat = joined_chat(sandbox, chat_id)
    return sum(chat.holds(user_id) for user_id in chat.members)


@method()
def leave_chat(sandbox: Sandbox, *, chat_id: ChatId) -> bool:
    """Leave a group or channel."""
    chat = joined_chat(sandbox, chat_id)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    set_status(sandbox, chat, sandbox.bot.id, "left", by=sandbox.bot.id)
    return True
