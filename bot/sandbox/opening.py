"""Opening accounts, chats and topics, and a group's becoming a supergroup."""

from __future__ import annotations

from bot.sandbox.chats import Chat, ChatType, Status, User
from bot.sandbox.errors import ControlError
from bot.sandbox.membership import in_charge, set_status
from bot.sandbox.posting import author_of, post
from bot.sandbox.state import Sandbox


def add_user(
    sandbox: Sandbox,
    first_name: str,
    *,
    last_name: str | None = None,
    username: str | None = None,
    language_code: str | None = None,
    is_bot: bool = False,
    user_id: int | None = None,
) -> User:
    """Somebody opens an account."""
    if user_id is None:
        user_id = sandbox.new_user_id()
    if user_id <= 0 or user_id in sandbox.users:
        raise ControlError(f"{user_id} can't be a new user's id: it is taken, or not above zero")
    user = User(user_id, first_name, last_name, username, language_code, is_bot)
    sandbox.users[user_id] = user
    sandbox.events.add("user", user=user.to_json())
    return user


def add_chat(
    sandbox: Sandbox,
    kind: ChatType,
    title: str,
    *,
    username: str | None = None,
    is_forum: bool = False,
    members: tuple[int, ...] = (),
    bot_status: Status | None = "member",
    linked_chat_id: int | None = None,
    chat_id: int | None = None,
) -> Chat:
    """Somebody opens a group, supergroup or channel; the first member becomes its creator.

    ``bot_status`` None means that the bot has never been there.
    """
    if chat_id is None:
        chat_id = sandbox.new_chat_id(kind)
    if chat_id >= 0 or chat_id in sandbox.chats:
        raise ControlError(f"{chat_id} can't be a new chat's id: it is taken, or not below zero")
    if is_forum and kind != "supergroup":
        raise ControlError("only a supergroup can be a forum")
    _check_link(sandbox, kind, linked_chat_id)
    for user_id in members:
        sandbox.user(user_id)
    chat = Chat(chat_id, kind, title, username, is_forum, linked_chat_id)
    for user_id in members:
        chat.members[user_id] = "member" if chat.members else "creator"
    sandbox.chats[chat_id] = chat
    if linked_chat_id is not None:
        sandbox.chat(linked_chat_id).linked_chat_id = chat_id
    sandbox.events.add("chat", chat=chat.to_json())
    if bot_status is not None:
        set_status(
            sandbox, chat, sandbox.bot.id, bot_status, by=next(iter(members), sandbox.bot.id)
        )
    return chat


def _check_link(sandbox: Sandbox, kind: ChatType, linked_chat_id: int | None) -> None:
    if kind == "private":
        raise ControlError("a private chat begins when its user first writes to the bot")
    if linked_chat_id is None:
        return
    linked = sandbox.chat(linked_chat_id)
    if {kind, linked.type} != {"channel", "supergroup"} or linked.linked_chat_id is not None:
        raise ControlError("only a channel and a supergroup can be linked, each to one other")


def add_topic(sandbox: Sandbox, chat_id: int, name: str) -> int:
    """Somebody opens a topic in a forum. Its thread id is its first message's."""
    chat = sandbox.chat(chat_id)
    if not chat.is_forum:
        raise ControlError(f"chat {chat_id} is not a forum")
    thread_id = chat.last_message_id + 1
    chat.topics[thread_id] = name
    author = author_of(sandbox, chat, in_charge(chat, sandbox.bot.id))
    content = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
    post(sandbox, chat, author, content, thread_id=thread_id)
    return thread_id


def migrate(sandbox: Sandbox, chat_id: int) -> Chat:
    """A group becomes a supergroup with a new id; both chats say so."""
    old = sandbox.chat(chat_id)
    if old.type != "group" or old.migrated_to is not None:
        raise ControlError(f"chat {chat_id} isn't a group that can become a supergroup")
    new = Chat(sandbox.new_chat_id("supergroup"), "supergroup", old.title)
    new.members = dict(old.members)
    sandbox.chats[new.id] = new
    sandbox.events.add("chat", chat=new.to_json())
    author = author_of(sandbox, old, in_charge(old, sandbox.bot.id))
    post(sandbox, old, author, {"migrate_to_chat_id": new.id})
    old.migrated_to = new.id
    author = {"from": author["from"], "sender_chat": new.to_json()}
    post(sandbox, new, author, {"migrate_from_chat_id": old.id})
    return new
