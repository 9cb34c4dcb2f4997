"""The bot about itself: who it is, its commands, its descriptions."""

from __future__ import annotations

import json
import re

from bot.sandbox.chats import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.registry import method
from bot.sandbox.state import Sandbox

MAX_COMMANDS = 100
_CHAT_SCOPES = {"chat": {"chat_id"}, "chat_administrators": {"chat_id"}}
_SCOPES: dict[str, set[str]] = {
    "default": set(),
    "all_private_chats": set(),
    "all_group_chats": set(),
    "all_chat_administrators": set(),
    "chat_member": {"chat_id", "user_id"},
    **_CHAT_SCOPES,
}


@method()
def get_me(sandbox: Sandbox) -> Json:
    """The bot as a user."""
    return {
        **sandbox.bot.to_json(),
        "can_join_groups": True,
        "can_read_all_group_messages": not sandbox.privacy,
        "supports_inline_queries": True,
        "supports_guest_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method()
def log_out(sandbox: Sandbox) -> bool:  # noqa: ARG001 - all methods get the sandbox
    """Nothing to do here: there is no other server to move to."""
    return True


@method()
def close(sandbox: Sandbox) -> bool:  # noqa: ARG001 - all methods get the sandbox
    """Nothing to do here: there is no other server to move to."""
    return True


@method()
def set_my_commands(
    sandbox: Sandbox,
    *,
    commands: list[object],
    scope: dict[str, object] | None = None,
    language_code: str = "",
) -> bool:
    """Set the menu of commands for a scope and a language."""
    key = (_scope(scope), _language(language_code))
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    checked = [_command(command) for command in commands]
    sandbox.profile.commands[key] = checked
    sandbox.events.add("commands", scope=key[0], language_code=key[1], commands=checked)
    return True


@method()
def get_my_commands(
    sandbox: Sandbox, *, scope: dict[str, object] | None = None, language_code: str = ""
) -> list[Json]:
    """The menu of commands of exactly this scope and language."""
    return sandbox.profile.commands.get((_scope(scope), _language(language_code)), [])


@method()
def delete_my_commands(
    sandbox: Sandbox, *, scope: dict[str, object] | None = None, language_code: str = ""
) -> bool:
    """Take the menu of a scope and language away."""
    sandbox.profile.commands.pop((_scope(scope), _language(language_code)), None)
    return True


@method()
def set_my_name(sandbox: Sandbox, *, name: str = "", language_code: str = "") -> bool:
    """Set the bot's name, up to 64 characters."""
    return _describe(sandbox.profile.names, name, language_code, 64)


@method()
def set_my_description(sandbox: Sandbox, *, description: str = "", language_code: str = "") -> bool:
    """Set what an empty chat with the bot shows, up to 512 characters."""
    return _describe(sandbox.profile.descriptions, description, language_code, 512)


@method()
def get_my_description(sandbox: Sandbox, *, language_code: str = "") -> Json:
    """What an empty chat with the bot shows, in a language."""
    return {"description": sandbox.profile.descriptions.get(_language(language_code), "")}


@method()
def get_my_short_description(sandbox: Sandbox, *, language_code: str = "") -> Json:
    """What the bot's profile shows, in a language."""
    texts = sandbox.profile.short_descriptions
    return {"short_description": texts.get(_language(language_code), "")}


@method()
def set_my_short_description(
    sandbox: Sandbox, *, short_description: str = "", language_code: str = ""
) -> bool:
    """Set what the bot's profile shows, up to 120 characters."""
    texts = sandbox.profile.short_descriptions
    return _describe(texts, short_description, language_code, 120)


def _describe(texts: dict[str, str], text: str, language_code: str, limit: int) -> bool:
    if len(text) > limit:
        raise bad_request("text is too long")
    texts[_language(language_code)] = text
    return True


def _command(command: object) -> Json:
    if not isinstance(command, dict) or set(command) != {"command", "description"}:
        raise bad_request("can't parse BotCommand: it has the fields command and description")
    name, description = command["command"], command["description"]
    if not isinstance(name, str) or not re.fullmatch(r"/?[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not 1 <= len(description.strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description.strip()}


def _scope(scope: Json | None) -> str:
    """A scope as the key it is kept under."""
    scope = scope or {"type": "default"}
    kind = scope.get("type")
    if kind not in _SCOPES:
        raise bad_request(f"can't parse BotCommandScope: unsupported type {kind!r} specified")
    if set(scope) - {"type"} != _SCOPES[kind]:
        raise bad_request(f"can't parse BotCommandScope: {kind} has other fields")
    return kind if not _SCOPES[kind] else json.dumps(scope, sort_keys=True)


def _language(code: str) -> str:
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code
