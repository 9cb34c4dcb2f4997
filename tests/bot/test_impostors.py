"""Nobody but an admin in person gets an admin's command through, whatever they look like."""

from __future__ import annotations

import asyncio
import random
import time
from functools import partial

import pytest
import sqlalchemy as sa

from bot.confirmations import confirmations
from bot.locales import words_in
from bot.menus import Audience, commands_for
from bot.sandbox import Sandbox, SandboxClient
from bot.state import State
from retrieval import SourceSummary
from tests.bot.conftest import ADMIN, Town
from tests.bot.waiting import until

SAID = words_in("it")
HERE_I_AM = "Eccomi!"  # what a group is told when the bot joins
WITH_WORDS = {"add": "/add Titolo\nUn testo intero.", "remove": "/remove 1"}
COMMANDS = [
    WITH_WORDS.get(command.name, f"/{command.name}")
    for command in commands_for(Audience.BOT_ADMINS)
]


async def kept(state_url: str) -> int:
    """How many questions wait for a yes."""
    state = await State.open(state_url)
    try:
        async with state.engine.connect() as connection:
            query = sa.select(sa.func.count()).select_from(confirmations)
            return int((await connection.execute(query)).scalar_one())
    finally:
        await state.close()


def an_update_by(
    writer: dict[str, object], chat: int, text: str, **fields: object
) -> dict[str, object]:
    """A message as Telegram would pass it on, of a kind that the control API doesn't make."""
    length = len(text.split(maxsplit=1)[0])
    return {
        "message_id": 900_000 + random.randrange(90_000),
        "date": int(time.time()),
        "chat": {"id": chat, "type": "supergroup", "title": "Amici"},
        "from": writer,
        "text": text,
        "entities": [{"type": "bot_command", "offset": 0, "length": length}],
        **fields,
    }


async def in_every_disguise(client: SandboxClient, admin: int, text: str) -> list[int]:
    """Send a command as everyone who isn't an admin in person; the chats it was sent in."""
    same_name = await client.add_user("Ada", username="ada_", language_code="it")
    robot = await client.add_user("Robot", username="robot_bot", is_bot=True)
    group = await client.add_group("Amici", [admin, same_name.id, robot.id])
    await client.set_member(group.id, client.bot_id, "administrator")
    await client.set_member(group.id, admin, "administrator")
    await client.say(same_name.id, same_name.id, text)
    await client.say(group.id, same_name.id, text)
    await client.say(group.id, admin, text, anonymous=True)
    await client.say(group.id, robot.id, text)
    await client.say(group.id, admin, text, via_bot=robot.id)
    await client.say(admin, admin, text, forward_from_id=same_name.id)
    await client.say(admin, admin, text, forward_from_id=admin)
    said = await client.say(admin, admin, "Ciao")
    await client.edit(admin, said.id, text)
    # Of files, /add is the one command that a caption may hold.
    caption = text if not text.startswith("/add") else "/stats"
    await client.send_file(admin, admin, "a.bin", b"x", caption=caption)
    channel = {"id": -1009, "type": "channel", "title": "Ada"}
    for writer in (
        {"id": 777000, "is_bot": False, "first_name": "Telegram"},
        {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"},
    ):
        await client.add_update(
            "message", an_update_by(writer, group.id, text, sender_chat=channel)
        )
    await client.add_update(
        "message",
        an_update_by(
            {"id": 777000, "is_bot": False, "first_name": "Telegram"},
            group.id,
            text,
            sender_chat=channel,
            is_automatic_forward=True,
        ),
    )
    return [admin, same_name.id, group.id]


@pytest.mark.parametrize("text", COMMANDS, ids=[text.split()[0] for text in COMMANDS])
async def test_no_disguise_gets_a_command_through(town: Town, text: str) -> None:
    town.library.summaries = (SourceSummary("a", "a.md", "A", "0", "", "", 1, 1),)
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    async with town.bot():
        chats = await in_every_disguise(town.client, admin, text)
        for chat in chats:  # what was sent before has been dealt with once this is answered
            writer = admin if chat < 0 else chat
            await town.client.say(chat, writer, "/ask Fine?")
            await town.client.wait_for_message(chat, lambda m: m.text.startswith("Fine?"))
    told = [
        message.text
        for chat in chats
        for message in await town.client.messages(chat)
        if message.sender_id == town.client.bot_id
    ]
    refusal, unread = SAID("admins-only"), SAID("text-only")
    beyond = [
        words
        for words in told
        if not words.startswith(refusal) and " → " not in words and unread not in words
        and "a.bin" not in words and not words.startswith(HERE_I_AM)
    ]  # fmt: skip
    assert beyond == []
    assert sum(words.startswith(refusal) for words in told) >= 4  # they were heard, and refused
    assert town.library.forced == []
    assert not town.library.collection.paths()
    assert await kept(town.settings.state_url) == 0


def are_answered(sandbox: Sandbox, presses: list[str]) -> bool:
    """Whether the bot has answered all of these presses."""
    return all(sandbox.callbacks[press].answer for press in presses)


async def test_a_question_that_waits_is_answered_by_nobody_elses_press(town: Town) -> None:
    chance = random.Random(5)
    town.library.summaries = (SourceSummary("a", "a.md", "A", "0", "", "", 1, 1),)
    town.library.collection.add("a.md", b"Uno")
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    anna = (await town.client.add_user("Anna", language_code="it")).id
    async with town.bot():
        await town.client.say(admin, admin, "/remove 1")
        asked = await town.client.wait_for_message(admin)
        data = asked.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        said = await town.client.say(anna, anna, "Ciao")
        mine = await town.client.wait_for_message(anna, after=said.id)
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
        forged = [data, "c:" + "A" * 16 + ":y", "c::y", "c:x:y:z", "g:csv:30", "s:99999999999", "?"]
        forged += [
            f"{kind}:{''.join(chance.choices(letters, k=16))}:{end}"
            for kind in "cgspvqra"
            for end in ("y", "n", "1", "up", "0")
        ]
        presses = [(anna, mine.id, text) for text in forged]
        presses += [(admin, asked.id, text) for text in forged[1:]]
        for first in range(0, len(presses), 20):
            pressed = await asyncio.gather(
                *(
                    town.client.press(chat, message, chat, text)
                    for chat, message, text in presses[first : first + 20]
                )
            )
            await until(partial(are_answered, town.sandbox, pressed), 60)
    assert town.library.forced == []
    assert town.library.collection.paths() == ("a.md",)
    assert await kept(town.settings.state_url) == 1  # the admin's own question still waits
