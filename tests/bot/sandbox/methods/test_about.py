from __future__ import annotations

import pytest
from telegram import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from tests.bot.sandbox.conftest import World


async def test_the_bot_knows_itself(world: World) -> None:
    me = await world.bot.get_me()
    assert (me.id, me.username, me.is_bot) == (42, "passo_bot", True)
    assert me.can_read_all_group_messages is False


async def test_commands_are_kept_by_scope_and_language(world: World) -> None:
    scope = BotCommandScopeAllPrivateChats()
    command = BotCommand("ask", "Fai una domanda")
    await world.bot.set_my_commands([command], scope=scope, language_code="it")
    assert await world.bot.get_my_commands(scope=scope, language_code="it") == (command,)
    assert await world.bot.get_my_commands(scope=scope) == ()
    assert await world.bot.get_my_commands(scope=BotCommandScopeChat(7)) == ()
    await world.bot.delete_my_commands(scope=scope, language_code="it")
    assert await world.bot.get_my_commands(scope=scope, language_code="it") == ()


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ({"command": "Ask", "description": "a"}, "BOT_COMMAND_INVALID"),
        ({"command": "x" * 33, "description": "a"}, "BOT_COMMAND_INVALID"),
        ({"command": "ask", "description": " "}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"command": "ask"}, "can't parse BotCommand"),
    ],
)
async def test_a_bad_command_is_refused(world: World, command: dict[str, str], reason: str) -> None:
    assert reason in await world.call("setMyCommands", commands=[command])


async def test_a_bad_scope_or_language_is_refused(world: World) -> None:
    for fields, reason in (
        ({"scope": {"type": "galaxy"}}, "unsupported type 'galaxy'"),
        ({"scope": {"type": "chat"}}, "chat has other fields"),
        ({"language_code": "italiano"}, "invalid language code"),
    ):
        assert reason in await world.call("setMyCommands", commands=[], **fields)
    too_many = [{"command": "ask", "description": "a"}] * 101
    assert "TOO_MUCH" in await world.call("setMyCommands", commands=too_many)


async def test_descriptions_have_their_limits(world: World) -> None:
    await world.bot.set_my_name("Passo", language_code="it")
    await world.bot.set_my_description("x" * 512)
    await world.bot.set_my_short_description("x" * 120)
    assert world.sandbox.profile.names == {"it": "Passo"}
    assert "too long" in await world.call("setMyDescription", description="x" * 513)


async def test_logging_out_and_closing_are_harmless(world: World) -> None:
    assert await world.bot.log_out()
    assert await world.bot.close()
    assert (await world.bot.get_me()).is_bot
