"""All there is at a moment, for a client to begin from; events tell what comes after."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Json
from bot.sandbox.state import Sandbox


def snapshot(sandbox: Sandbox) -> Json:
    """The bot, its descriptions by language, all users and chats, and the last event's number.

    Messages aren't in it: ask for those chat by chat.
    """
    return {
        "bot": sandbox.bot.to_json(),
        "descriptions": sandbox.profile.descriptions,
        "seq": sandbox.events.seq,
        "pending_updates": len(sandbox.updates),
        "users": [user.to_json() for user in sandbox.users.values()],
        "chats": [_chat(sandbox, chat) for chat in sandbox.chats.values()],
    }


def _chat(sandbox: Sandbox, chat: Chat) -> Json:
    draft = chat.draft_at(sandbox.clock())
    return {
        **chat.to_json(),
        "linked_chat_id": chat.linked_chat_id,
        "members": {str(user_id): status for user_id, status in chat.members.items()},
        "topics": [
            {"message_thread_id": thread, "name": name} for thread, name in chat.topics.items()
        ],
        "reactions": [
            {"message_id": message_id, "user_id": user_id, "reaction": reaction}
            for (message_id, user_id), reaction in chat.reactions.items()
            if reaction and message_id in chat.messages
        ],
        "draft": None if draft is None else {"draft_id": draft.id, "text": draft.text},
    }
