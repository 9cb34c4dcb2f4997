"""Every command is where people look for it: in a menu, in their language, and in the help."""

from __future__ import annotations

from typing import Any

import pytest
from telegram.constants import BotDescriptionLimit
from telegram.ext import CommandHandler, ExtBot

from bot.application import create_application
from bot.locales import LANGUAGES, words_in
from bot.menus import COMMANDS, HIDDEN, Audience, commands_for, help_lines
from bot.replies import Outbox
from retrieval import Language
from tests.bot.conftest import ADMIN, Town
from tests.bot.waiting import until


def registered() -> set[str]:
    """The names of all commands that a handler takes."""
    context: Any = type(
        "Context",
        (),
        {
            "bot_id": 42,
            "username": "passo_bot",
            "guest_mode": False,
            "chats": None,
            "admins": frozenset(),
        },
    )()
    bot: Any = ExtBot("42:x")
    application = create_application(bot, context, Outbox())
    return {
        name
        for handlers in application.handlers.values()
        for handler in handlers
        if isinstance(handler, CommandHandler)
        for name in handler.commands
    }


def test_every_command_is_in_a_menu_or_hidden_on_purpose() -> None:
    named = {name for command in COMMANDS for name in (command.name, *command.aliases)}
    assert registered() == named | HIDDEN


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_every_command_that_is_in_a_menu(language: str) -> None:
    words = words_in("it" if language == "it" else "en")
    lines = help_lines(words, *Audience)
    assert [line.split()[0] for line in lines] == [f"/{command.name}" for command in COMMANDS]


def test_nobody_is_shown_what_is_for_others() -> None:
    everybody = {command.name for command in commands_for(Audience.PRIVATE, Audience.GROUP)}
    assert not everybody & {command.name for command in commands_for(Audience.BOT_ADMINS)}
    group = {command.name for command in commands_for(Audience.GROUP)}
    assert not group & {command.name for command in commands_for(Audience.GROUP_ADMINS)}


async def test_menus_are_set_by_scope_and_language(town: Town) -> None:
    admin = await town.client.add_user("Ada", id=ADMIN, language_code="it")
    emma = await town.client.add_user("Emma", language_code="de")
    group = await town.client.add_group("Amici", [admin.id, emma.id, town.client.bot_id])
    await town.client.say(admin.id, admin.id, "/start")
    async with town.bot():
        await town.client.wait_for_message(admin.id)

        async def all_set() -> bool:
            return len(await town.client.calls("setMyCommands")) == 8

        await until(all_set)
        shown = {
            (user, chat): await town.client.request("GET", "menu", user_id=user, chat_id=chat)
            for user in (admin.id, emma.id)
            for chat in (user, group.id)
        }
    descriptions = {
        key: {c["command"]: c["description"] for c in menu} for key, menu in shown.items()
    }
    names = {key: list(menu) for key, menu in descriptions.items()}
    assert names[emma.id, emma.id] == [c.name for c in commands_for(Audience.PRIVATE)]
    assert names[emma.id, group.id] == [c.name for c in commands_for(Audience.GROUP)]
    both = (Audience.GROUP, Audience.GROUP_ADMINS)
    assert names[admin.id, group.id] == [c.name for c in commands_for(*both)]
    own = (Audience.PRIVATE, Audience.BOT_ADMINS)
    assert names[admin.id, admin.id] == [c.name for c in commands_for(*own)]
    assert descriptions[emma.id, emma.id]["help"] == words_in("en")("menu-help")
    assert descriptions[admin.id, admin.id]["help"] == words_in("it")("menu-help")


async def test_a_menu_that_is_refused_costs_no_other(town: Town) -> None:
    await town.client.fault("setMyCommands", error_code=400, description="Bad Request: no")
    async with town.bot():

        async def all_tried() -> bool:
            return len(await town.client.calls("setMyCommands")) == 7

        await until(all_tried)
        calls = await town.client.calls("setMyCommands")
    assert [call.ok for call in calls] == [False] + [True] * 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_descriptions_fit(language: Language) -> None:
    said = words_in(language)
    assert len(said("description")) <= BotDescriptionLimit.MAX_DESCRIPTION_LENGTH
    assert len(said("short-description")) <= BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH


async def test_the_bot_says_what_it_does_unless_its_owner_has(town: Town) -> None:
    profile = town.sandbox.profile
    profile.descriptions["it"] = "Il bot della scuola."
    async with town.bot():
        await until(lambda: "" in profile.short_descriptions)
    assert profile.descriptions == {
        "it": "Il bot della scuola.",
        "": words_in("en")("description"),
    }
    assert profile.short_descriptions == {
        "it": words_in("it")("short-description"),
        "": words_in("en")("short-description"),
    }
    async with town.bot():  # whose last look is at what the first has set

        async def all_seen() -> bool:
            return len(await town.client.calls("getMyShortDescription")) == 4

        await until(all_seen)
    assert len(await town.client.calls("setMyShortDescription")) == 2
