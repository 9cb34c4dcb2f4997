"""The first thing one meets: what the bot knows, and questions a press away."""

from __future__ import annotations

import pytest

from bot.locales import words_in
from retrieval import SourceSummary
from tests.bot.conftest import Town

SUGGESTED = ("Quanti sono i membri?", "Dove si tiene il vertice?", "Chi era presente?")


@pytest.fixture
def town(town: Town) -> Town:
    town.library.summaries = tuple(
        SourceSummary(f"{n}", f"{n}.md", f"Titolo {n}", "0", "", "", 1, 10) for n in range(7)
    )
    town.library.suggested = {("it", ""): SUGGESTED, ("en", ""): ("How many?",)}
    return town


async def test_the_first_start_shows_what_the_bot_knows_and_what_to_ask(town: Town) -> None:
    anna = (await town.client.add_user("Anna", language_code="it")).id
    async with town.bot():
        await town.client.say(anna, anna, "/start")
        welcome = await town.client.wait_for_message(anna)
    assert welcome.text.startswith(words_in("it")("welcome"))
    assert "Conosco 7 documenti:\n• Titolo 0\n" in welcome.text
    assert "Titolo 4\n… e altri 2" in welcome.text
    rows = welcome.raw["reply_markup"]["inline_keyboard"]
    assert tuple(button["text"] for [button] in rows) == SUGGESTED


async def test_where_nobody_has_written_questions_it_can_be_asked_what_it_is_about(
    town: Town,
) -> None:
    town.library.suggested = {}
    emma = (await town.client.add_user("Emma", language_code="en")).id
    async with town.bot():
        await town.client.say(emma, emma, "/start")
        welcome = await town.client.wait_for_message(emma)
        [[button]] = welcome.raw["reply_markup"]["inline_keyboard"]
        await town.client.press(emma, welcome.id, emma, button["callback_data"])
        await town.client.wait_for_message(emma, lambda m: "→" in m.text)
    assert town.library.asked == ["What are the documents about?"]


async def test_without_documents_it_says_so_and_offers_nothing(town: Town) -> None:
    town.library.summaries, town.library.suggested = (), {}
    anna = (await town.client.add_user("Anna", language_code="en")).id
    async with town.bot():
        await town.client.say(anna, anna, "/start")
        welcome = await town.client.wait_for_message(anna)
    assert welcome.text.endswith(words_in("en")("sources-none"))
    assert "reply_markup" not in welcome.raw


async def test_in_a_group_a_start_is_short(town: Town) -> None:
    anna = (await town.client.add_user("Anna", language_code="it")).id
    group = await town.client.add_group("G", [anna, town.client.bot_id])
    async with town.bot():
        await town.client.say(group.id, anna, "/start")
        welcome = await town.client.wait_for_message(group.id)
    assert welcome.text == words_in("it")("welcome-group")
    assert "reply_markup" not in welcome.raw


async def test_a_press_asks_the_question_shows_it_and_is_remembered(town: Town) -> None:
    anna = (await town.client.add_user("Anna", language_code="it")).id
    async with town.bot():
        await town.client.say(anna, anna, "/start")
        welcome = await town.client.wait_for_message(anna)
        [button] = welcome.raw["reply_markup"]["inline_keyboard"][1]
        callback = await town.client.press(anna, welcome.id, anna, button["callback_data"])
        await town.client.wait_for_answer(callback)
        shown = await town.client.wait_for_message(anna, after=welcome.id)
        answer = await town.client.wait_for_message(anna, after=shown.id)
        assert shown.text == f"«{SUGGESTED[1]}»"
        assert answer.text.startswith(f"{SUGGESTED[1]} → ")
        await town.client.say(anna, anna, "E quando?")
        await town.client.wait_for_message(anna, after=answer.id + 1)
    assert [turn.question for turn in town.library.histories[-1]] == [SUGGESTED[1]]


@pytest.mark.parametrize("data", ["q:it:0123456789abcdef", "q:it:", "q:", "q:xx:1", "q:en:"])
async def test_a_forged_question_is_not_asked(town: Town, data: str) -> None:
    anna = (await town.client.add_user("Anna", language_code="it")).id
    async with town.bot():
        await town.client.say(anna, anna, "/start")
        welcome = await town.client.wait_for_message(anna)
        callback = await town.client.press(anna, welcome.id, anna, data)
        answer = await town.client.wait_for_answer(callback)
    assert answer["text"] == words_in("it")("button-expired")
    assert town.library.asked == []
