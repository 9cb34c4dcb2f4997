"""Writing: texts, replies, edits, files and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.sandbox.page.conftest import Opener, Window

if TYPE_CHECKING:
    from playwright.async_api import Locator

pytestmark = pytest.mark.asyncio(loop_scope="session")

MENU = [
    {"command": "ask", "description": "Fai una domanda"},
    {"command": "help", "description": "Come usarmi"},
]


async def choose(window: Window, message: Locator, action: str) -> None:
    """Choose from a message's menu."""
    await message.hover()
    await message.get_by_role("button", name="Azioni sul messaggio").click()
    await window.page.get_by_role("menuitem", name=action, exact=True).click()


async def test_a_private_chat_begins_with_a_button(window: Window) -> None:
    await window.page.get_by_role("button", name="Avvia").click()
    await window.page.locator(".mine .text", has_text="/start").wait_for()
    assert window.updates("message")[-1]["text"] == "/start"
    await window.field.wait_for()


async def test_enter_sends_and_shift_enter_begins_a_line(window: Window) -> None:
    await window.message_from_bot("Ciao")
    await window.field.fill("Prima riga")
    await window.field.press("Shift+Enter")
    await window.field.press_sequentially("seconda")
    await window.field.press("Enter")
    await window.page.locator(".mine .text", has_text="seconda").wait_for()
    assert window.updates("message")[-1]["text"] == "Prima riga\nseconda"
    assert await window.field.input_value() == ""


async def test_nothing_is_sent_of_nothing(window: Window) -> None:
    await window.message_from_bot("Ciao")
    before = len(window.updates("message"))
    await window.writes("   \n ")
    await window.writes("Ora sì")
    await window.page.locator(".mine .text", has_text="Ora sì").wait_for()
    assert len(window.updates("message")) == before + 1


async def test_what_the_sandbox_refuses_is_said_and_kept(window: Window) -> None:
    await window.message_from_bot("Ciao")
    # A letter that Telegram shows nothing of.
    await window.writes("\u3164")
    await window.page.locator("#toasts p", has_text="Non si può inviare").wait_for()
    assert await window.field.input_value() == "\u3164"
    window.problems.clear()  # the browser logs the refusal too


async def test_a_reply_says_what_it_replies_to(window: Window) -> None:
    message = await window.message_from_bot("Trentadue membri")
    await choose(window, message, "Rispondi")
    await window.page.locator(".about", has_text="Rispondi a Passo").wait_for()
    await window.writes("E quando?")
    reply = window.page.locator(".mine .reply")
    await reply.filter(has_text="Trentadue membri").wait_for()
    assert window.updates("message")[-1]["reply_to_message"]["text"] == "Trentadue membri"


async def test_selected_words_are_quoted_in_a_reply(window: Window) -> None:
    message = await window.message_from_bot("Il vertice è a Tokyo. I membri sono 32.")
    await message.locator(".text").evaluate(
        """(text) => {
          const range = document.createRange();
          range.setStart(text.firstChild, 22);
          range.setEnd(text.firstChild, 39);
          getSelection().addRange(range);
        }"""
    )
    await message.hover()
    await message.get_by_role("button", name="Azioni sul messaggio").click()
    await window.page.get_by_role("menuitem", name="Rispondi citando la selezione").click()
    await window.writes("Sicuro?")
    await window.page.locator(".mine .reply", has_text="I membri sono 32.").wait_for()
    assert window.updates("message")[-1]["quote"]["text"] == "I membri sono 32."


async def test_escape_takes_a_reply_back(window: Window) -> None:
    message = await window.message_from_bot("Ciao")
    await choose(window, message, "Rispondi")
    await window.field.press("Escape")
    await window.writes("Da solo")
    await window.page.locator(".mine .text", has_text="Da solo").wait_for()
    assert "reply_to_message" not in window.updates("message")[-1]


async def test_ones_own_last_message_is_edited_with_the_arrow_up(window: Window) -> None:
    await window.message_from_bot("Ciao")
    await window.writes("Quanti membr?")
    await window.page.locator(".mine .text", has_text="Quanti membr?").wait_for()
    await window.field.press("ArrowUp")
    assert await window.field.input_value() == "Quanti membr?"
    await window.writes("Quanti membri?")
    edited = window.page.locator(".mine", has_text="Quanti membri?")
    await edited.locator(".meta", has_text="modificato").wait_for()
    assert window.updates("edited_message")[-1]["text"] == "Quanti membri?"


async def test_a_message_is_deleted(window: Window) -> None:
    message = await window.message_from_bot("Da buttare")
    await choose(window, message, "Elimina")
    await message.wait_for(state="detached")


async def test_a_file_is_sent_with_its_words_and_can_be_saved(window: Window) -> None:
    await window.message_from_bot("Mandami un documento")
    await window.page.locator("input[type=file]").set_input_files(
        {"name": "verbale è.txt", "mimeType": "text/plain", "buffer": b"Presenti: 32"}
    )
    await window.page.locator(".about", has_text="verbale è.txt").wait_for()
    await window.writes("Eccolo")
    sent = window.page.locator(".mine", has_text="Eccolo")
    async with window.page.expect_download() as downloading:
        await sent.get_by_role("link", name="verbale è.txt").click()
    download = await downloading.value
    assert download.suggested_filename == "verbale è.txt"
    assert (await download.path()).read_bytes() == b"Presenti: 32"
    update = window.updates("message")[-1]
    assert (update["caption"], update["document"]["file_name"]) == ("Eccolo", "verbale è.txt")


async def test_a_slash_offers_the_commands_in_the_persons_language(opens: Opener) -> None:
    window = await opens()
    await window.message_from_bot("Ciao")
    await window.bot("setMyCommands", commands=MENU)
    await window.field.press_sequentially("/h")
    options = window.page.get_by_role("option")
    await options.first.wait_for()
    assert await options.all_text_contents() == ["/helpCome usarmi"]
    await window.field.press("Enter")
    await window.page.locator(".mine .text", has_text="/help").wait_for()


async def test_the_list_of_commands_is_walked_with_arrows_and_left_with_escape(
    window: Window,
) -> None:
    await window.message_from_bot("Ciao")
    await window.bot("setMyCommands", commands=MENU)
    await window.page.get_by_role("button", name="Comandi").click()
    options = window.page.get_by_role("option")
    await options.first.wait_for()
    await window.field.press("ArrowDown")
    assert await window.field.get_attribute("aria-activedescendant") == "commands-1"
    await window.field.press("Escape")
    await options.first.wait_for(state="hidden")
    await window.field.press_sequentially("/")
    await options.first.wait_for()
    await window.field.press("Tab")
    assert await window.field.input_value() == "/ask "


async def test_a_command_that_is_chosen_is_a_reply_where_one_was_begun(window: Window) -> None:
    await window.bot("setMyCommands", commands=MENU)
    message = await window.message_from_bot("La NATO ha 31 membri.")
    await choose(window, message, "Rispondi")
    await window.field.fill("/help")
    await window.page.get_by_role("option").first.wait_for()
    await window.field.press("Enter")
    await window.page.locator(".mine .reply", has_text="31 membri").wait_for()
    assert window.updates("message")[-1]["reply_to_message"]["text"] == "La NATO ha 31 membri."


async def test_what_was_begun_is_there_again_after_looking_elsewhere(window: Window) -> None:
    await window.message_from_bot("Ciao")
    await window.field.fill("Stavo per chiede")
    await window.page.get_by_role("link", name="Redazione").click()
    await window.page.get_by_role("heading", name="Redazione").wait_for()
    assert await window.field.input_value() == ""
    await (
        window.page.get_by_role("navigation", name="Chat")
        .get_by_role("link")
        .filter(has_text="Passo")
        .first.click()
    )
    await window.page.get_by_role("heading", name="Passo").wait_for()
    assert await window.field.input_value() == "Stavo per chiede"


async def test_only_admins_write_in_a_channel(opens: Opener) -> None:
    window = await opens()
    channel = window.cast.channel.id
    await window.goes_to(window.cast.italian.id, channel)
    await window.page.get_by_text("Qui scrivono solo gli amministratori.").wait_for()
    assert await window.field.count() == 0
    await window.goes_to(window.cast.owner.id, channel)
    await window.writes("Un post")
    await window.page.locator(".text", has_text="Un post").wait_for()


RESULTS = [
    {
        "type": "article",
        "id": name,
        "title": f"Titolo {name}",
        "description": f"Che cosa dice {name}",
        "input_message_content": {"message_text": f"Testo {name}"},
    }
    for name in ("uno", "due")
]


async def offered(window: Window, typed: str, **answer: object) -> None:
    """Type behind the bot's name, and have the bot answer what is asked then."""
    await window.field.press_sequentially(f"@passo_bot {typed}")
    await window.page.wait_for_function("() => performance.now() > 0")
    while not window.updates("inline_query"):
        await window.page.wait_for_timeout(20)
    query = window.updates("inline_query")[-1]
    assert query["query"] == typed
    await window.bot("answerInlineQuery", inline_query_id=query["id"], results=RESULTS, **answer)


async def test_what_the_bot_offers_is_chosen_with_the_keyboard_and_sent(window: Window) -> None:
    await window.message_from_bot("Ciao")
    await offered(window, "quanti")
    options = window.page.locator("#results").get_by_role("option")
    await options.nth(1).wait_for()
    assert await options.nth(0).inner_text() == "Titolo uno\nChe cosa dice uno"
    await window.field.press("ArrowDown")
    await window.field.press("ArrowDown")
    assert await options.nth(1).get_attribute("aria-selected") == "true"
    assert await window.field.get_attribute("aria-activedescendant") == "results-1"
    await window.field.press("Enter")
    sent = window.page.locator(".mine", has_text="Testo due")
    await sent.wait_for()
    assert "via @passo_bot" in await sent.inner_text()
    assert await window.field.input_value() == ""
    assert await window.page.locator("#results").is_hidden()
    assert len(window.updates("inline_query")) == 1  # not one a key


async def test_enter_sends_what_was_typed_while_no_result_was_gone_to(window: Window) -> None:
    await window.message_from_bot("Ciao")
    await offered(window, "è vero?")
    options = window.page.locator("#results").get_by_role("option")
    await options.nth(1).wait_for()
    assert await options.nth(0).get_attribute("aria-selected") == "false"
    await window.field.press("ArrowUp")  # round to the last, and on to the field again
    await window.field.press("ArrowDown")
    assert await window.field.get_attribute("aria-activedescendant") is None
    await window.field.press("Enter")
    sent = window.page.locator(".mine", has_text="@passo_bot è vero?")
    await sent.wait_for()
    assert "via @passo_bot" not in await sent.inner_text()
    assert await window.page.locator("#results").is_hidden()


async def test_the_field_is_one_line_again_once_a_result_is_sent(window: Window) -> None:
    await window.page.set_viewport_size({"width": 360, "height": 690})
    await window.message_from_bot("Ciao")
    await window.goes_to(window.cast.owner.id, window.cast.owner.id)
    height = "field => field.offsetHeight"
    one_line = await window.field.evaluate(height)
    await offered(window, "quanti membri ha la NATO oggi")
    assert await window.field.evaluate(height) > one_line
    await window.page.locator("#results").get_by_role("option").first.click()
    await window.page.locator(".mine", has_text="Testo uno").wait_for()
    await window.page.locator("#results").wait_for(state="hidden")
    assert await window.field.evaluate(height) == one_line


async def test_escape_leaves_what_was_typed_and_a_press_of_the_hint_leads_to_the_bot(
    window: Window,
) -> None:
    await window.message_from_bot("Ciao")
    hint = {"text": "Chiedi in privato", "start_parameter": "inline"}
    await offered(window, "quanti", button=hint)
    await window.page.locator("#results li").nth(2).wait_for()
    await window.field.press("Escape")
    assert await window.page.locator("#results").is_hidden()
    assert await window.field.input_value() == "@passo_bot quanti"
    await window.field.press_sequentially("?")
    await window.page.locator("#results").wait_for(state="hidden")
    while len(window.updates("inline_query")) < 2:
        await window.page.wait_for_timeout(20)
    query = window.updates("inline_query")[-1]
    await window.bot("answerInlineQuery", inline_query_id=query["id"], results=[], button=hint)
    await window.page.locator("#results li", has_text="Chiedi in privato").click()
    await window.page.get_by_role("button", name="Avvia").wait_for()
