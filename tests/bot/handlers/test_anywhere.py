"""The bot in chats it isn't in: quotes to send while one types its name, and answers to guests."""

from __future__ import annotations

import time
from dataclasses import replace
from statistics import median
from typing import Any

import pytest

from bot.handlers.settings import key_of
from bot.locales import words_in
from retrieval import Refusal, SourceSummary
from tests.bot.conftest import Town
from tests.bot.fakes import TEXT, FakeWriter, a_passage, a_quote, a_refusal
from tests.bot.handlers.test_settings import pressed
from tests.bot.waiting import until

IT = words_in("it")


async def offered(town: Town, query_id: str) -> Any:
    """What the bot offers for an inline query, once it does."""

    async def answered() -> bool:
        return await town.client.inline_answer(query_id) is not None

    await until(answered)
    return await town.client.inline_answer(query_id)


async def test_up_to_five_quotes_are_offered_and_sent_with_their_passage(town: Town) -> None:
    sentences = [f"Frase numero {n} del testo." for n in range(7)]
    passage = a_passage(" ".join(sentences))
    town.library.offered = tuple(a_quote(passage, sentence) for sentence in sentences)
    anna = (await town.client.add_user("Anna", language_code="it")).id
    group = (await town.client.add_group("G", [anna], bot_status="never")).id
    async with town.bot():
        query = await town.client.ask_inline(group, anna, "quanti  sono?")
        answer = await offered(town, query)
        assert len(answer["results"]) == 5
        assert town.library.typed == ["quanti sono?"]
        assert answer["results"][1]["description"] == sentences[1]
        assert 0 < answer["cache_time"] <= 300
        sent = await town.client.choose(query, answer["results"][1]["id"])
    assert sent.text.startswith(f"«{sentences[1]}»\n\nIl vertice di Tokyo\n")
    assert [e["type"] for e in sent.entities] == ["bold", "expandable_blockquote", "bold"]
    assert (sent.sender_id, sent.raw["via_bot"]["id"]) == (anna, town.client.bot_id)


async def test_an_offer_comes_within_a_second_without_any_call_to_a_model(town: Town) -> None:
    writer = FakeWriter(town.library)
    town = replace(town, model=writer.model())
    anna = (await town.client.add_user("Anna", language_code="it")).id
    async with town.bot():
        took = []
        for n in range(3):  # whatever else the machine has to do now and then
            began = time.monotonic()
            await offered(town, await town.client.ask_inline(anna, anna, f"quanti sono {n}?"))
            took.append(time.monotonic() - began)
    assert median(took) < 1
    assert writer.asked == []


async def test_of_what_is_typed_key_by_key_only_the_newest_is_looked_up(town: Town) -> None:
    anna = (await town.client.add_user("Anna", language_code="it")).id
    typed = "quanti membri"
    queries = [await town.client.ask_inline(anna, anna, typed[:n]) for n in range(4, len(typed))]
    last = await town.client.ask_inline(anna, anna, typed)
    async with town.bot():
        await offered(town, last)
        answers = [await town.client.inline_answer(query) for query in queries]
    assert town.library.typed == [typed]
    assert answers == [None] * len(queries)


@pytest.mark.parametrize("typed", ["", " ", "ch"])
async def test_before_a_question_what_can_be_asked_is_offered(town: Town, typed: str) -> None:
    town.library.suggested = {("it", ""): ("Quanti sono?", "Dove?")}
    anna = (await town.client.add_user("Anna", language_code="it")).id
    async with town.bot():
        answer = await offered(town, await town.client.ask_inline(anna, anna, typed))
    assert [result["title"] for result in answer["results"]] == ["Quanti sono?", "Dove?"]
    assert "alleanza" in answer["results"][0]["content"]["text"]
    assert answer["button"]["text"] == IT("inline-hint")


async def test_where_nothing_answers_nothing_is_offered_and_that_is_said(town: Town) -> None:
    town.library.offered = ()
    emma = (await town.client.add_user("Emma", language_code="en")).id
    async with town.bot():
        answer = await offered(town, await town.client.ask_inline(emma, emma, "what is it?"))
    assert answer["results"] == []
    assert answer["button"]["text"] == words_in("en")("inline-nothing")


async def test_ones_own_choice_of_documents_holds_everywhere_and_for_nobody_else(
    town: Town,
) -> None:
    town.library.summaries = (SourceSummary("sport/a", "", "A", "0", "", "", 1, 1),)
    anna = (await town.client.add_user("Anna", language_code="it")).id
    bea = (await town.client.add_user("Bea", language_code="it")).id
    group = (await town.client.add_group("G", [anna, bea], bot_status="never")).id
    async with town.bot():
        await town.client.say(anna, anna, "/settings")
        settings = await town.client.wait_for_message(anna)
        await pressed(town, anna, settings.id, anna, f"set:sources:{key_of('sport')}")
        for who in (anna, bea):
            await offered(town, await town.client.ask_inline(group, who, "chi vince?"))
    assert town.library.sets == ["sport", ""]


async def a_guest_asks(town: Town, text: str) -> tuple[int, int]:
    anna = (await town.client.add_user("Anna", language_code="it")).id
    group = (await town.client.add_group("G", [anna], bot_status="never")).id
    await town.client.say(group, anna, text)
    return anna, group


async def test_a_guest_is_answered_in_one_message_where_that_is_wanted(town: Town) -> None:
    writer = FakeWriter(town.library)
    settings = replace(town.settings, guest_mode=True)
    town = replace(town, settings=settings, model=writer.model())
    async with town.bot():
        await until(lambda: _polled(town))
        _anna, group = await a_guest_asks(town, "@passo_bot, quanti sono?")
        answer = await town.client.wait_for_message(group)
    assert answer.text.startswith("quanti sono? → ")
    assert TEXT[:20] in answer.text
    assert "expandable_blockquote" in [entity["type"] for entity in answer.entities]
    assert writer.asked == []


async def test_a_guest_is_pointed_to_no_command_which_they_cannot_send(town: Town) -> None:
    town = replace(town, settings=replace(town.settings, guest_mode=True))
    refusal = replace(a_refusal(), refusal=Refusal.OFF_TOPIC)
    town.library.answer = lambda _: refusal
    async with town.bot():
        await until(lambda: _polled(town))
        _anna, group = await a_guest_asks(town, "@passo_bot che ore sono?")
        answer = await town.client.wait_for_message(group)
    assert answer.text == refusal.text


async def test_what_a_guest_doubts_is_checked(town: Town) -> None:
    town = replace(town, settings=replace(town.settings, guest_mode=True))
    async with town.bot():
        await until(lambda: _polled(town))
        anna, group = await a_guest_asks(town, "I membri sono 40.")
        [claim] = await town.client.messages(group)
        await town.client.say(group, anna, "@passo_bot è vero?", reply_to_message_id=claim.id)
        await town.client.wait_for_message(group, after=claim.id + 1)
    assert town.library.checked == ["I membri sono 40."]
    assert town.library.asked == []


async def test_by_default_a_guest_gets_no_answer(town: Town) -> None:
    async with town.bot():
        await until(lambda: _polled(town))
        anna, _group = await a_guest_asks(town, "@passo_bot quanti sono?")
        await town.client.say(anna, anna, "Ciao?")
        await town.client.wait_for_message(anna)
    assert town.library.asked == ["Ciao?"]
    assert await town.client.calls("answerGuestQuery") == []


async def _polled(town: Town) -> bool:
    return bool(await town.client.calls("setMyCommands"))
