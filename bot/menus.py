"""All commands, who is shown them where, the menus made of that, and what the bot says it does.

A command is described by ``menu-<name>`` in the locales, for the menus and for ``/help``. Menus
only show: who may do what is decided by the handlers.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.locales import LANGUAGES, Words, words_in

logger = logging.getLogger(__name__)


class Audience(Enum):
    """Who is shown a command: people in private, a group, its admins, those who run the bot."""

    PRIVATE = auto()
    GROUP = auto()
    GROUP_ADMINS = auto()
    BOT_ADMINS = auto()


_EVERYWHERE = frozenset({Audience.PRIVATE, Audience.GROUP})
_FOR_BOT_ADMINS = frozenset({Audience.BOT_ADMINS})


@dataclass(frozen=True, slots=True)
class Command:
    """A command, who is shown it, and other names it goes by."""

    name: str
    shown_to: frozenset[Audience]
    aliases: tuple[str, ...] = ()


COMMANDS = (
    Command("ask", _EVERYWHERE),
    Command("new", _EVERYWHERE, ("nuova",)),
    Command("sources", _EVERYWHERE),
    Command("settings", frozenset({Audience.PRIVATE, Audience.GROUP_ADMINS})),
    Command("privacy", _EVERYWHERE),
    Command("forget", _EVERYWHERE),
    Command("help", _EVERYWHERE, ("aiuto",)),
    Command("reload", _FOR_BOT_ADMINS),
    Command("add", _FOR_BOT_ADMINS),
    Command("remove", _FOR_BOT_ADMINS),
    Command("rollback", _FOR_BOT_ADMINS),
    Command("channel", _FOR_BOT_ADMINS),
    Command("gaps", _FOR_BOT_ADMINS),
    Command("why", _FOR_BOT_ADMINS),
    Command("stats", _FOR_BOT_ADMINS),
    Command("health", _FOR_BOT_ADMINS),
    Command("allow", _FOR_BOT_ADMINS),
    Command("deny", _FOR_BOT_ADMINS),
)
"""In the order of the menus. What is registered and not here has to be in ``HIDDEN``."""

HIDDEN = frozenset({"start"})
"""Commands that no menu shows: Telegram has a button for them."""

# The one for everybody else is in English. It comes last: a language without one of its own is said
# to have that one.
_SET_IN = (*(language for language in LANGUAGES if language != "en"), None)


def commands_for(*audiences: Audience) -> list[Command]:
    """The commands that somebody is shown who is in all of these audiences."""
    return [command for command in COMMANDS if command.shown_to & set(audiences)]


def help_lines(words: Words, *audiences: Audience) -> list[str]:
    """A line for each of their commands."""
    return [f"/{c.name} – {words(f'menu-{c.name}')}" for c in commands_for(*audiences)]


async def set_menus(bot: ExtBot[Any], admins: Iterable[int]) -> None:
    """Set the menus of each scope and language. Not every server has them, and none needs them.

    Whoever speaks another language is shown the English ones.
    """
    private = (Audience.PRIVATE,)
    scopes: list[tuple[BotCommandScope, tuple[Audience, ...]]] = [
        (BotCommandScopeAllPrivateChats(), private),
        (BotCommandScopeAllGroupChats(), (Audience.GROUP,)),
        (BotCommandScopeAllChatAdministrators(), (Audience.GROUP, Audience.GROUP_ADMINS)),
        *((BotCommandScopeChat(admin), (*private, Audience.BOT_ADMINS)) for admin in admins),
    ]
    for scope, audiences in scopes:
        try:
            for language in _SET_IN:
                said = words_in(language or "en")
                menu = [
                    BotCommand(c.name, said(f"menu-{c.name}")) for c in commands_for(*audiences)
                ]
                await bot.set_my_commands(menu, scope, language_code=language)
        except TelegramError as error:
            # An admin has to write to the bot first.
            logger.info("no command menu for %s: %s", scope.type, error)


async def set_descriptions(bot: ExtBot[Any]) -> None:
    """Say what the bot does, where nobody has yet: before the first message, and in its profile.

    What the owner has told @BotFather stays. Whoever speaks another language reads the English.
    """
    try:
        for language in _SET_IN:
            said = words_in(language or "en")
            if not (await bot.get_my_description(language)).description:
                await bot.set_my_description(said("description"), language)
            if not (await bot.get_my_short_description(language)).short_description:
                await bot.set_my_short_description(said("short-description"), language)
    except TelegramError as error:
        logger.info("the bot can't be described: %s", error)
