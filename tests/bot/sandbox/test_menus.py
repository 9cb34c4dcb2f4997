from __future__ import annotations

import json

import pytest

from bot.sandbox.chats import Chat, Status, User
from bot.sandbox.menus import menu_for
from bot.sandbox.state import Profile
from tests.bot.sandbox.conftest import World

ADA = User(7, "Ada", language_code="it-IT")
PRIVATE = Chat(7, "private", user=ADA)


def a_group(status: Status) -> Chat:
    return Chat(-5, "supergroup", members={7: status})


def scope(kind: str, **fields: int) -> str:
    return json.dumps({"type": kind, **fields}, sort_keys=True) if fields else kind


def chosen(chat: Chat, *keys: tuple[str, str]) -> tuple[str, str] | None:
    """Which of the menus that are set is shown."""
    commands = {key: [{"command": str(n), "description": "x"}] for n, key in enumerate(keys)}
    menu = menu_for(Profile(commands=commands), chat, ADA)
    return keys[int(menu[0]["command"])] if menu else None


@pytest.mark.parametrize(
    ("chat", "order"),
    [
        (PRIVATE, [scope("chat", chat_id=7), "all_private_chats", "default"]),
        (
            a_group("administrator"),
            [
                scope("chat_member", chat_id=-5, user_id=7),
                scope("chat_administrators", chat_id=-5),
                scope("chat", chat_id=-5),
                "all_chat_administrators",
                "all_group_chats",
                "default",
            ],
        ),
        (
            a_group("member"),
            [
                scope("chat_member", chat_id=-5, user_id=7),
                scope("chat", chat_id=-5),
                "all_group_chats",
                "default",
            ],
        ),
    ],
    ids=["private", "admin", "member"],
)
def test_the_narrowest_scope_wins_and_in_it_the_users_language(
    chat: Chat, order: list[str]
) -> None:
    keys = [(each, code) for each in order for code in ("it", "")]
    while keys:
        assert chosen(chat, *keys) == keys[0]
        keys.pop(0)
    assert chosen(chat) is None


def test_other_languages_and_what_is_for_admins_are_left_out() -> None:
    assert chosen(PRIVATE, ("default", "en"), ("all_group_chats", "")) is None
    assert chosen(a_group("member"), ("all_chat_administrators", "")) is None


async def test_the_menu_is_asked_for_over_http_before_the_first_message_too(world: World) -> None:
    commands = [{"command": "ask", "description": "Chiedi"}]
    await world.call("setMyCommands", commands=commands)
    ada = world.ada.id
    for _ in range(2):
        assert await world.people.request("GET", "menu", chat_id=ada, user_id=ada) == commands
        await world.meet_ada()
