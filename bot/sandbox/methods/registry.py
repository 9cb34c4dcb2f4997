"""The table of methods, and what they all need: the chat a call is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.parameters import ChatId, Parameter, parameters_of
from bot.sandbox.state import Sandbox

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Bot API: its name, and how to call it."""

    name: str
    function: Callable[..., Any]
    parameters: Mapping[str, Parameter]
    ignored: frozenset[str]


METHODS: dict[str, Method] = {}
"""All methods the sandbox has, by their names in lower case."""


def method(*ignored: str) -> Callable[[Function], Function]:
    """Make a function a method, by its name in camel case.

    Args:
        ignored: Parameters the method also takes, which make no difference here.
    """

    def register(function: Function) -> Function:
        first, *rest = function.__name__.split("_")
        name = first + "".join(word.capitalize() for word in rest)
        METHODS[name.lower()] = Method(name, function, parameters_of(function), frozenset(ignored))
        return function

    return register


def known_chat(sandbox: Sandbox, chat_id: ChatId) -> Chat:
    """A chat the bot has met.

    Raises:
        ApiError: It hasn't met it, or the group has become a supergroup.
    """
    chat = _find(sandbox, chat_id)
    if chat is None or sandbox.bot.id not in chat.members:
        if chat_id in sandbox.users:
            raise forbidden("bot can't initiate conversation with a user")
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise bad_request(
            "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
        )
    return chat


def joined_chat(sandbox: Sandbox, chat_id: ChatId) -> Chat:
    """A chat the bot is in, and hasn't been blocked or removed from.

    Raises:
        ApiError: It isn't, or isn't any more.
    """
    chat = known_chat(sandbox, chat_id)
    status = chat.status(sandbox.bot.id)
    if status == "kicked":
        if chat.type == "private":
            raise forbidden("bot was blocked by the user")
        raise forbidden(f"bot was kicked from the {_kind(chat)} chat")
    if status == "left":
        raise forbidden(f"bot is not a member of the {_kind(chat)} chat")
    return chat


def writable_chat(sandbox: Sandbox, chat_id: ChatId) -> Chat:
    """A chat the bot may write in.

    Raises:
        ApiError: It isn't in it, or may not write there, or it is a channel and the bot no
            administrator.
    """
    chat = joined_chat(sandbox, chat_id)
    if chat.type == "channel" and not chat.is_admin(sandbox.bot.id):
        raise bad_request("need administrator rights in the channel chat")
    if chat.status(sandbox.bot.id) == "restricted":
        raise bad_request("not enough rights to send text messages to the chat")
    return chat


def _find(sandbox: Sandbox, chat_id: ChatId) -> Chat | None:
    if isinstance(chat_id, int):
        return sandbox.chats.get(chat_id)
    name = chat_id.removeprefix("@").lower()
    # A private chat has no address by username for bots.
    named = (c for c in sandbox.chats.values() if c.type != "private" and c.username)
    return next((chat for chat in named if (chat.username or "").lower() == name), None)


def _kind(chat: Chat) -> str:
    return "group" if chat.type == "group" else chat.type
