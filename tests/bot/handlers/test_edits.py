"""Edited questions, over HTTP: the answer changes in place, and nothing else is run."""

from __future__ import annotations

import time
from dataclasses import replace

from bot.misses import Misses
from bot.state import State
from retrieval import Answer
from tests.bot.conftest import ADMIN, Town


async def test_an_edited_question_updates_its_answer_in_place(town: Town) -> None:
    echo = town.library.answer

    def answer(question: str) -> Answer:
        given = echo(question)
        long = "parola " * 1500 if "tutto" in question else ""
        return replace(given, text=given.text + long)

    town.library.answer = answer
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        asked = await town.client.say(anna.id, anna.id, "Quanti sono?")
        first = await town.client.wait_for_message(anna.id)
        await town.client.edit(anna.id, asked.id, "Dimmi tutto")
        more = await town.client.wait_for_message(
            anna.id, lambda said: "parola" in said.text, after=first.id
        )
        longer = await town.client.wait_for_message(anna.id)
        await town.client.edit(anna.id, asked.id, "E dove?")
        await town.client.wait_for_event(lambda event: event.type == "delete")
        await town.client.say(anna.id, anna.id, "Ultima?")
        await town.client.wait_for_message(anna.id, lambda said: said.text.startswith("Ultima?"))
    assert longer.id == first.id
    assert longer.text.startswith("Dimmi tutto")
    left = [m for m in await town.client.messages(anna.id) if m.sender_id == town.client.bot_id]
    assert [said.text.split()[0] for said in left] == ["E", "Ultima?"]
    assert left[0].id == first.id
    assert more.id not in [said.id for said in left]


async def test_an_edit_that_asks_the_same_changes_nothing(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id])
    async with town.bot():
        asked = await town.client.say(group.id, anna.id, "@passo_bot quanti?")
        await town.client.wait_for_message(group.id)
        await town.client.edit(group.id, asked.id, "quanti? @passo_bot")
        await town.client.say(group.id, anna.id, "/ask Ultima?")
        await town.client.wait_for_message(group.id, lambda said: said.text.startswith("Ultima?"))
    assert town.library.asked == ["quanti?", "Ultima?"]


async def test_an_edit_that_calls_the_bot_is_answered_while_it_is_recent(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id])
    old = await town.client.say(group.id, anna.id, "Ciao", date=int(time.time()) - 700)
    async with town.bot():
        await town.client.edit(group.id, old.id, "@passo_bot e quanti?")
        said = await town.client.say(group.id, anna.id, "Quanti?")
        await town.client.edit(group.id, said.id, "@passo_bot quanti?")
        answer = await town.client.wait_for_message(group.id)
    assert town.library.asked == ["quanti?"]
    assert answer.reply_to_id == said.id


async def test_an_edit_runs_no_command(town: Town) -> None:
    boss = await town.client.add_user("Capo", language_code="it", id=ADMIN)
    async with town.bot():
        said = await town.client.say(boss.id, boss.id, "Quanti?")
        first = await town.client.wait_for_message(boss.id)
        for command in ("/reload", "/stats", "/new", "/reload force"):
            await town.client.edit(boss.id, said.id, command)
        await town.client.say(boss.id, boss.id, "E dove?")
        await town.client.wait_for_message(boss.id, after=first.id)
    assert town.library.forced == []
    assert town.library.asked == ["Quanti?", "E dove?"]
    assert [turn.question for turn in town.library.histories[1]] == ["Quanti?"]


async def test_another_answer_forgets_what_the_first_led_to(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        said = await town.client.say(anna.id, anna.id, "Quanti?")
        first = await town.client.wait_for_message(anna.id)
        await town.client.edit(anna.id, said.id, "Dove?")
        await town.client.wait_for_message(anna.id, lambda m: m.text.startswith("Dove?"))
        await town.client.say(anna.id, anna.id, "E quando?")
        await town.client.wait_for_message(anna.id, after=first.id)
    assert [turn.question for turn in town.library.histories[-1]] == ["Dove?"]


async def test_what_was_thought_of_the_first_answer_says_nothing_of_the_next(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        said = await town.client.say(anna.id, anna.id, "Quanti?")
        first = await town.client.wait_for_message(anna.id)
        buttons = [b for row in first.raw["reply_markup"]["inline_keyboard"] for b in row]
        [bad] = [b["callback_data"] for b in buttons if b["text"] == "👎"]
        await town.client.press(anna.id, first.id, anna.id, bad)
        await town.client.wait_for_event(lambda event: event.type == "callback_answer")
        await town.client.edit(anna.id, said.id, "Dove?")
        await town.client.wait_for_message(anna.id, lambda m: m.text.startswith("Dove?"))
    state = await State.open(town.settings.state_url)
    misses = await Misses(state.engine, town.client.bot_id, time.time).of_last(1)
    await state.close()
    assert misses == ()
