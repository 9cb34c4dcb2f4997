from __future__ import annotations

from typing import Any

import pytest
from telegram import InlineQueryResultArticle, InputTextMessageContent
from telegram.constants import (
    InlineQueryLimit,
    InlineQueryResultLimit,
    InlineQueryResultsButtonLimit,
)

from bot.sandbox import inline as users
from bot.sandbox.methods import inline
from tests.bot.sandbox.conftest import World

TEXT = {"message_text": "tutto"}
ARTICLE = {"type": "article", "id": "a", "title": "Uno", "input_message_content": TEXT}


def test_the_limits_are_telegrams() -> None:
    assert users.MAX_QUERY == InlineQueryLimit.MAX_QUERY_LENGTH
    assert inline.MAX_RESULTS == InlineQueryLimit.RESULTS
    assert inline.MAX_OFFSET_BYTES == InlineQueryLimit.MAX_OFFSET_LENGTH
    assert inline.MAX_RESULT_ID_BYTES == InlineQueryResultLimit.MAX_ID_LENGTH
    button = InlineQueryResultsButtonLimit
    assert inline.MAX_START_PARAMETER == button.MAX_START_PARAMETER_LENGTH


async def query(world: World) -> str:
    return await world.people.ask_inline(world.ada.id, world.ada.id, "quanti?")


async def test_what_the_library_sends_is_understood(world: World) -> None:
    content = InputTextMessageContent("tutto")
    article = InlineQueryResultArticle("a", "Uno", content, description="di che si tratta")
    asked = await query(world)
    assert await world.bot.answer_inline_query(asked, [article], cache_time=5, is_personal=True)
    answer = await world.people.inline_answer(asked)
    assert answer
    assert (answer["cache_time"], answer["is_personal"]) == (5, True)
    assert answer["results"][0]["description"] == "di che si tratta"


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ([{**ARTICLE, "id": str(n)} for n in range(51)], "RESULTS_TOO_MUCH"),
        ([ARTICLE, ARTICLE], "RESULT_ID_DUPLICATE"),
        ([{**ARTICLE, "id": "x" * 65}], "RESULT_ID_INVALID"),
        ([{**ARTICLE, "id": ""}], "RESULT_ID_INVALID"),
        ([{**ARTICLE, "title": " "}], "ARTICLE_TITLE_EMPTY"),
        ([{**ARTICLE, "type": "photo"}], "articles alone"),
        ([{**ARTICLE, "hide_url": True}], "hide_url"),
        ([{**ARTICLE, "input_message_content": {}}], "not a text"),
        ([{**ARTICLE, "input_message_content": {"message_text": " "}}], "text is empty"),
        ([{**ARTICLE, "input_message_content": {"message_text": "x" * 4097}}], "too long"),
        ([{**ARTICLE, "input_message_content": {**TEXT, "parse_mode": "HTML"}}], "parse_mode"),
    ],
)
async def test_what_telegram_would_refuse_is_refused(
    world: World, results: list[Any], reason: str
) -> None:
    asked = await query(world)
    refusal = await world.call("answerInlineQuery", inline_query_id=asked, results=results)
    assert reason in refusal
    assert await world.people.inline_answer(asked) is None


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "Vai", "start_parameter": "non va"}, "START_PARAM_INVALID"),
        ({"text": "Vai", "start_parameter": "x" * 65}, "START_PARAM_INVALID"),
        ({"text": "Vai"}, "InlineQueryResultsButton"),
    ],
)
async def test_a_button_leads_to_the_bot_with_a_parameter(
    world: World, button: Any, reason: str
) -> None:
    asked = await query(world)
    refusal = await world.call(
        "answerInlineQuery", inline_query_id=asked, results=[], button=button
    )
    assert reason in refusal
    good = {"text": "Vai", "start_parameter": "p_1-a"}
    assert await world.call("answerInlineQuery", inline_query_id=asked, results=[], button=good)


async def test_a_query_is_answered_once_and_in_time(world: World) -> None:
    first, second = await query(world), await query(world)
    assert await world.call("answerInlineQuery", inline_query_id=first, results=[])
    world.clock.now += inline.ANSWER_SECONDS + 1
    for asked in (first, second, "7"):
        refusal = await world.call("answerInlineQuery", inline_query_id=asked, results=[])
        assert "query is too old" in refusal
