"""Which menu of commands somebody is shown, of all that the bot has set."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bot.sandbox.chats import Chat, Json, User
from bot.sandbox.state import Profile


def menu_for(profile: Profile, chat: Chat, user: User) -> list[Json]:
    """The commands a user is offered in a chat: those of the narrowest scope that has any.

    Each scope is tried in the user's language first, in the order of the Bot API's
    "Determining list of commands".
    """
    language = (user.language_code or "").partition("-")[0]
    for scope in _scopes(chat, user):
        for code in dict.fromkeys((language, "")):
            if menu := profile.commands.get((scope, code)):
                return menu
    return []


def _scopes(chat: Chat, user: User) -> Iterator[str]:
    here: Json = {"chat_id": chat.id}
    if chat.type == "private":
        yield _key("chat", **here)
        yield "all_private_chats"
    elif chat.type != "channel":
        admin = chat.is_admin(user.id)
        yield _key("chat_member", **here, user_id=user.id)
        if admin:
            yield _key("chat_administrators", **here)
        yield _key("chat", **here)
        if admin:
            yield "all_chat_administrators"
        yield "all_group_chats"
    yield "default"


def _key(kind: str, **fields: int) -> str:
    """A scope about one chat, as ``setMyCommands`` keeps it."""
    return json.dumps({"type": kind, **fields}, sort_keys=True)
