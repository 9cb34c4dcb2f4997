from __future__ import annotations

from typing import Any

import pytest
import telegram

from bot.sandbox.chats import Chat
from bot.sandbox.content import (
    MAX_BUTTONS,
    MAX_CALLBACK_BYTES,
    check_markup,
    find_quote,
    find_reply,
)
from bot.sandbox.errors import ApiError


def keyboard(*rows: list[dict[str, object]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(**fields: object) -> dict[str, object]:
    return {"text": "Apri", **fields}


def test_limits_are_telegrams() -> None:
    assert telegram.constants.InlineKeyboardButtonLimit.MAX_CALLBACK_DATA == MAX_CALLBACK_BYTES
    assert telegram.constants.InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER == MAX_BUTTONS


def test_a_good_keyboard_is_kept_as_it_is() -> None:
    markup = keyboard(
        [button(callback_data="x" * 64), button(url="https://nato.int/a")],
        [button(copy_text={"text": "ciao"})],
    )
    assert check_markup(markup) == {"reply_markup": markup}


@pytest.mark.parametrize("markup", [None, {}, keyboard(), keyboard([]), {"force_reply": True}])
def test_a_message_does_not_show_an_empty_keyboard(markup: dict[str, Any] | None) -> None:
    assert check_markup(markup) == {}


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (keyboard([button(callback_data="")]), "BUTTON_DATA_INVALID"),
        (keyboard([button(callback_data="x" * 65)]), "BUTTON_DATA_INVALID"),
        (keyboard([button(callback_data="è" * 33)]), "BUTTON_DATA_INVALID"),
        (keyboard([button(url="nonsense")]), "Wrong HTTP URL"),
        (keyboard([button()]), "text buttons are unallowed"),
        (keyboard([button(url="https://a.it", callback_data="a")]), "text buttons are unallowed"),
        (keyboard([button(colour="red")]), '"colour" is not supported'),
        (keyboard([button(callback_data=1)]), "wrong type"),
        (keyboard([{"text": " ", "callback_data": "a"}]), "text is empty"),
        (keyboard([{"callback_data": "a"}]), '"text" must be a string'),
        (keyboard([button(copy_text={})]), "BUTTON_COPY_TEXT_INVALID"),
        (keyboard([button(callback_data="a")] * 9), "more than 8 buttons"),
        (keyboard(*[[button(callback_data="a")] * 8] * 13), "reply markup is too long"),
        ({"inline_keyboard": [1]}, "array of arrays"),
        ({"keyboard": []}, '"keyboard" is not supported'),
    ],
)
def test_a_keyboard_telegram_would_refuse_is_refused(markup: dict[str, Any], reason: str) -> None:
    with pytest.raises(ApiError) as caught:
        check_markup(markup)
    assert reason in caught.value.description


MESSAGE = {
    "message_id": 1,
    "text": "😀 sì, sì",
    "entities": [{"type": "bold", "offset": 7, "length": 2}],
}


def test_a_quote_is_found_with_its_position_in_utf16() -> None:
    assert find_quote(MESSAGE, "sì", [])["position"] == 3


def test_a_quote_must_carry_the_formatting_of_its_words() -> None:
    bold = {"type": "bold", "offset": 0, "length": 2}
    assert find_quote(MESSAGE, "sì", [bold])["position"] == 7
    with pytest.raises(ApiError, match="QUOTE_TEXT_INVALID"):
        find_quote(MESSAGE, ", sì", [])


@pytest.mark.parametrize(("quote", "reason"), [("no", "INVALID"), ("x" * 1025, "too long")])
def test_a_quote_that_is_not_there_or_too_long_is_refused(quote: str, reason: str) -> None:
    with pytest.raises(ApiError, match=reason):
        find_quote(MESSAGE, quote, [])


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({}, "message identifier is not specified"),
        ({"message_id": "1"}, "wrong type"),
        ({"message_id": 1, "chat_id": 8}, "another chat"),
        ({"message_id": 1, "quotes": "a"}, '"quotes" is not supported'),
        ({"message_id": 2}, "message to be replied not found"),
    ],
)
def test_reply_parameters_are_checked(parameters: dict[str, Any], reason: str) -> None:
    chat = Chat(7, "private", messages={1: MESSAGE})
    with pytest.raises(ApiError, match=reason):
        find_reply(chat, parameters)
