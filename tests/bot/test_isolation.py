"""Fifty chats at once: nothing of one is in another's prompt, reply or callback."""

from __future__ import annotations

import asyncio
import importlib
import random
import re
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from bot.answers import answers
from bot.model import Model, Writer
from bot.state import State
from retrieval import Settings
from retrieval import Writer as RealWriter
from tests.bot.conftest import Town
from tests.bot.fakes import ALL_IT_FINDS, SmallLibrary
from tests.model_server import claims, saying, serving

_CHATS = 50
_CANARY = re.compile("zq[a-z]{2}xk")


def canary(number: int) -> str:
    return f"zq{chr(97 + number // 10)}{chr(97 + number % 10)}xk"


def canaries(text: object) -> set[str]:
    return set(_CANARY.findall(str(text).lower()))


def served_by(url: str) -> Model:
    """A real writer that asks the server at ``url``, from a library that finds the same always."""

    importlib.import_module("langchain_openai")  # takes longer than some deadlines

    def opened(library: Any, **hooks: Any) -> Writer:
        # All ask at once, on whatever machine this is.
        settings = Settings.from_environment({"OPENAI_BASE_URL": url, "MODEL_DEADLINE": "300"})
        writer = RealWriter.open(settings, SmallLibrary(), **hooks)
        assert writer
        return writer

    return Model("m", None, opened)


async def people_and_places(town: Town) -> list[tuple[int, int]]:
    """Twenty-five people who write in private, each in a group of their own too: (chat, user)."""
    places = []
    for _ in range(_CHATS // 2):
        user = (await town.client.add_user("U", language_code="it")).id
        group = (await town.client.add_group("G", [user])).id
        places += [(user, user), (group, user)]
    return places


async def asked(state_url: str) -> list[Any]:
    """Every answer that is kept: its id, chat and question."""
    state = await State.open(state_url)
    async with state.engine.connect() as connection:
        rows = (await connection.execute(sa.select(answers))).all()
    await state.close()
    return list(rows)


@pytest.mark.timeout(300)  # fifty writers at once, on whatever machine this is
async def test_nothing_of_one_chat_is_in_anothers_prompt_reply_or_callback(town: Town) -> None:
    async with serving() as server:
        server.otherwise = saying(claims((ALL_IT_FINDS, [(1, ALL_IT_FINDS)])), size=1000)
        town = replace(town, model=served_by(server.url))
        places = await people_and_places(town)
        own = {chat: canary(number) for number, (chat, _) in enumerate(places)}
        said = [
            (chat, user, text)
            for number, (chat, user) in enumerate(places)
            for text in (f"/ask Quanti sono i membri di {own[chat]}?", "/ask E dove?")
            if number % 5 == 0 or own[chat] in text  # every fifth asks on
        ]
        # Mixed, but for what follows in each chat.
        in_order = {chat: iter([each for each in said if each[0] == chat]) for chat, _ in places}
        for chat, _, _ in random.Random(5).sample(said, len(said)):
            await town.client.say(*next(in_order[chat]))
        async with town.bot():
            await _wait_for_answers(town, len(said))
            kept = await asked(town.settings.state_url)
            pressed = await asyncio.gather(
                *(_forge(town, place, kept) for place in random.Random(6).sample(places, 5))
            )
        histories = {chat: await town.client.messages(chat) for chat, _ in places}
        kept = await asked(town.settings.state_url)
    prompts = [canaries(request.body) for request in server.requests]
    assert all(len(found) == 1 for found in prompts)
    assert set().union(*prompts) == set(own.values())
    for chat, messages in histories.items():
        assert canaries([message.raw for message in messages]) == {own[chat]}
    for (chat, _), told in pressed:
        assert canaries(told) <= {own[chat]}
    assert len(kept) == len(said)
    assert all(canaries(tuple(row)) <= {own[row.chat_id]} for row in kept)


async def _wait_for_answers(town: Town, count: int) -> None:
    """Wait until the bot has written so many messages, in all chats together."""
    seq = 0
    while count > 0:
        for event in await town.client.events(seq, 20):
            seq = event.seq
            message = event.details.get("message", {})
            # In a group, what answers nobody is how the bot introduces itself.
            answers_somebody = message and (
                "reply_to_message" in message or event.details["chat_id"] > 0
            )
            by_bot = message and message.get("from", {}).get("id") == town.client.bot_id
            count -= bool(event.type == "message" and by_bot and answers_somebody)


async def _forge(
    town: Town, place: tuple[int, int], kept: list[Any]
) -> tuple[tuple[int, int], list[Any]]:
    """Press, on a message of one chat, buttons of answers in all others; what is told."""
    chat, user = place
    written = [m for m in await town.client.messages(chat) if m.sender_id == town.client.bot_id]
    others = [row.id for row in kept if row.chat_id != chat][:3]
    forms = ("p:{}:0", "p:{}:1", "v:{}:up", "s:{}", "c:{}")
    told = []
    for id_ in others:
        for form in forms:
            callback = await town.client.press(chat, written[0].id, user, form.format(id_))
            told.append(await town.client.wait_for_answer(callback))
    return place, told
