"""The bot's buttons, and its answers to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.bot.sandbox.page.conftest import Window
from tests.bot.waiting import until

if TYPE_CHECKING:
    from playwright.async_api import Locator

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def a_button(window: Window, **button: object) -> Locator:
    markup = {"inline_keyboard": [[{"text": "[1]", **button}]]}
    message = await window.message_from_bot("Ecco", reply_markup=markup)
    return message.locator(".button")


async def pressed(window: Window, count: int = 1) -> Any:
    """The update of the press that makes so many, once it is there."""
    await until(lambda: len(window.updates("callback_query")) == count)
    return window.updates("callback_query")[-1]


async def test_a_press_reaches_the_bot_and_waits_for_its_answer(window: Window) -> None:
    button = await a_button(window, callback_data="p:1")
    await button.click()
    query = await pressed(window)
    assert (query["data"], query["from"]["id"]) == ("p:1", window.cast.owner.id)
    assert await button.get_attribute("aria-busy") == "true"
    await button.click()  # it is pressed already
    await window.bot("answerCallbackQuery", callback_query_id=query["id"])
    await window.page.locator(".button:not([aria-busy])").wait_for()
    assert len(window.updates("callback_query")) == 1


async def test_an_answer_with_words_is_shown_for_a_moment(window: Window) -> None:
    await (await a_button(window, callback_data="p:1")).click()
    query = await pressed(window)
    await window.bot("answerCallbackQuery", callback_query_id=query["id"], text="La fonte è nuova")
    await window.page.get_by_role("status").get_by_text("La fonte è nuova").wait_for()


async def test_words_shown_for_a_moment_stand_over_no_button_and_are_one_at_a_time(
    window: Window,
) -> None:
    await window.page.set_viewport_size({"width": 360, "height": 690})
    await window.message_from_bot("Una riga\n" * 40)
    button = await a_button(window, callback_data="p:1")
    await window.goes_to(window.cast.owner.id, window.cast.owner.id)
    for count, text in enumerate(("Uno", "Scegli qui sotto. " * 9), start=1):
        await button.click()
        query = await pressed(window, count)
        await window.bot("answerCallbackQuery", callback_query_id=query["id"], text=text)
        await window.page.get_by_role("status").get_by_text(text.strip()).wait_for()
        await window.page.locator(".button:not([aria-busy])").wait_for()
    assert await window.page.locator("#toasts p").count() == 1
    await window.page.wait_for_function(
        """() => {
          const bottom = document.querySelector(".button").getBoundingClientRect().bottom;
          return bottom <= document.querySelector("#toasts p").getBoundingClientRect().top;
        }"""
    )


async def test_an_alert_waits_and_gives_the_focus_back(window: Window) -> None:
    button = await a_button(window, callback_data="p:1")
    await button.focus()
    await button.press("Enter")
    query = await pressed(window)
    await window.bot(
        "answerCallbackQuery", callback_query_id=query["id"], text="«32 membri»", show_alert=True
    )
    alert = window.page.get_by_role("alertdialog")
    await alert.get_by_text("«32 membri»").wait_for()
    await window.page.keyboard.press("Escape")
    await alert.wait_for(state="detached")
    assert await button.evaluate("e => e === document.activeElement")


async def test_an_answer_may_lead_to_the_private_chat(window: Window) -> None:
    group = window.cast.group.id
    await window.goes_to(window.cast.owner.id, group)
    markup = {"inline_keyboard": [[{"text": "Apri", "callback_data": "p"}]]}
    sent = await window.bot("sendMessage", chat_id=group, text="Ecco", reply_markup=markup)
    await window.message(sent["message_id"]).get_by_role("button", name="Apri").click()
    query = await pressed(window)
    url = "https://t.me/passo_bot?start=p_7"
    await window.bot("answerCallbackQuery", callback_query_id=query["id"], url=url)
    await window.page.get_by_role("button", name="Avvia").click()
    shown = window.page.locator(".mine .text", has_text="/start").last
    await shown.wait_for()
    while window.updates("message")[-1]["text"] != "/start p_7":
        await window.page.wait_for_timeout(20)
    assert await shown.inner_text() == "/start"
    assert "start=" not in window.page.url


async def test_a_button_with_a_link_is_a_link(window: Window) -> None:
    link = await a_button(window, url="https://example.org/#:~:text=32")
    assert await link.get_attribute("href") == "https://example.org/#:~:text=32"


async def test_an_edit_may_take_the_buttons_away_and_keeps_a_quote_open(window: Window) -> None:
    long = "\n".join("Una riga di un passo." for _ in range(9))
    quote = {"type": "expandable_blockquote", "offset": 0, "length": len(long)}
    markup = {"inline_keyboard": [[{"text": "▶", "callback_data": "p"}]]}
    message = await window.message_from_bot(long, entities=[quote], reply_markup=markup)
    await message.get_by_role("button", name="Mostra tutto").click()
    number = int(await message.get_attribute("data-id") or 0)
    await window.bot(
        "editMessageText",
        chat_id=window.cast.owner.id,
        message_id=number,
        text=f"{long}\nFine.",
        entities=[quote],
    )
    await message.get_by_text("Fine.").wait_for()
    assert await message.locator(".button").count() == 0
    await message.get_by_role("button", name="Mostra meno").wait_for()
