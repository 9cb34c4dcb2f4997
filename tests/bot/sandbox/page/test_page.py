"""The page as a whole: by keyboard alone, to those who listen, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.bot.sandbox.page.conftest import Opener, Window

if TYPE_CHECKING:
    from playwright.async_api import Locator

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHONE = {"viewport": {"width": 360, "height": 640}}
NAMELESS = """() => [...document.querySelectorAll("a, button, input, textarea, nav, [role]")]
  .filter((e) => e.checkVisibility())
  .filter((e) => !(e.ariaLabel || e.textContent.trim() || e.labels?.length || e.id === "toasts"))
  .map((e) => e.outerHTML)"""


async def focused(window: Window, what: Locator) -> bool:
    return bool(await what.evaluate("e => e === document.activeElement"))


async def test_both_languages_have_every_word_and_the_page_uses_no_other(window: Window) -> None:
    keys: dict[str, list[str]] = await window.page.evaluate(
        """async () => {
          const { WORDS } = await import("/page/words.js");
          const kinds = (words) =>
            Object.entries(words).map(([key, word]) => `${key} ${typeof word} ${Boolean(word)}`);
          return { it: kinds(WORDS.it), en: kinds(WORDS.en) };
        }"""
    )
    assert keys["it"] == keys["en"]
    assert len(keys["it"]) > 30


async def test_everything_to_press_or_to_go_to_has_a_name(window: Window) -> None:
    markup = {"inline_keyboard": [[{"text": "[1]", "callback_data": "1"}]]}
    message = await window.message_from_bot("Ciao /help https://a.it", reply_markup=markup)
    await message.click(button="right")
    assert await window.page.evaluate(NAMELESS) == []
    for role in ("main", "complementary"):
        assert await window.page.get_by_role(role).count() == 1
    assert await window.page.get_by_role("navigation").count() == 1
    assert await window.page.get_by_role("heading", level=1).text_content() == "Passo"


async def test_the_first_stop_leads_to_the_message_to_write(window: Window) -> None:
    await window.message_from_bot("Ciao")
    await window.field.wait_for()
    await window.page.evaluate("document.activeElement.blur()")
    skip = window.page.get_by_role("link", name="Vai al messaggio da scrivere")
    await skip.focus()
    await skip.press("Enter")
    assert await focused(window, window.field)
    assert await window.page.get_by_role("heading", name="Passo").is_visible()


async def test_people_and_chats_are_walked_with_the_arrows(window: Window) -> None:
    page = window.page
    await page.locator("#people input:checked").focus()
    await page.keyboard.press("ArrowRight")
    await page.get_by_role("radio", name="Giulia", checked=True).wait_for()
    assert await focused(window, page.locator("#people input:checked"))
    chats = page.locator("#chats a")
    await chats.first.focus()
    await page.keyboard.press("End")
    assert await focused(window, chats.last)
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowDown")
    title = await chats.last.locator(".title").text_content() or ""
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name=title).wait_for()


async def test_a_message_is_found_and_answered_without_a_mouse(window: Window) -> None:
    page = window.page
    first = await window.message_from_bot("Primo")
    last = await window.message_from_bot("Secondo")
    await last.focus()
    await page.keyboard.press("ArrowUp")
    assert await focused(window, first)
    await page.keyboard.press("Enter")
    menu = page.get_by_role("menu")
    await menu.wait_for()
    await page.keyboard.press("Escape")
    await menu.wait_for(state="detached")
    assert await focused(window, first)
    await page.keyboard.press("Enter")
    assert await focused(window, page.get_by_role("menuitem", name="Rispondi", exact=True))
    await page.keyboard.press("ArrowUp")
    assert await focused(window, page.get_by_role("menuitem", name="Reagisci con 🙏"))
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    assert await focused(window, window.field)
    await page.keyboard.type("Capito")
    await page.keyboard.press("Enter")
    await page.locator(".mine .reply", has_text="Primo").wait_for()


async def test_an_open_menu_goes_when_one_looks_elsewhere(window: Window) -> None:
    message = await window.message_from_bot("Ciao")
    await message.click(button="right")
    await window.page.get_by_role("menu").wait_for()
    await window.page.locator("#chat-title").click()
    await window.page.get_by_role("menu").wait_for(state="detached")


async def test_on_a_phone_the_chats_come_first_and_back_leads_to_them(opens: Opener) -> None:
    window = await opens(**PHONE)
    page = window.page
    await page.locator("#chats a", has_text="Redazione").click()
    await page.get_by_role("heading", name="Redazione").wait_for()
    assert not await page.locator("#sidebar").is_visible()
    await page.get_by_role("link", name="Torna alle chat").click()
    await page.locator("#sidebar").wait_for()
    assert not await page.locator("#chat").is_visible()
    assert await focused(window, page.locator("#chats a", has_text="Redazione"))


async def test_nothing_is_wider_than_a_phone(opens: Opener) -> None:
    window = await opens(**PHONE)
    owner = window.cast.owner.id
    long = "https://example.org/" + "una-parola-lunghissima" * 9
    row = [{"text": f"Un pulsante {n}", "callback_data": str(n)} for n in range(6)]
    markup = {"inline_keyboard": [row]}
    await window.message_from_bot(f"{long}\n{'x' * 300}", reply_markup=markup)
    pre = {"type": "pre", "offset": 0, "length": 200}
    await window.message_from_bot("y" * 200, entities=[pre])
    for path in ((owner,), (owner, owner), (owner, window.cast.group.id)):
        await window.goes_to(*path)
        await page_is_still(window)
        sizes: list[Any] = await window.page.evaluate(
            """() => ["body", "#history", "#composer", "#sidebar"].map((name) => {
              const e = document.querySelector(name);
              return [name, e.scrollWidth - e.clientWidth];
            })"""
        )
        assert [size for size in sizes if size[1] > 0] == []


async def page_is_still(window: Window) -> None:
    await window.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done()))")


async def test_the_one_in_charge_adds_promotes_and_removes_the_bot(window: Window) -> None:
    group, bot = window.cast.group, window.sandbox.bot.id
    await window.goes_to(window.cast.owner.id, group.id)
    menu = window.page.get_by_role("button", name="Il bot in questa chat")

    async def choose(action: str) -> None:
        await menu.click()
        await window.page.get_by_role("menuitem", name=action).click()

    await choose("Rendi il bot amministratore")
    await choose("Togli al bot i poteri")
    await choose("Togli il bot")
    await window.page.locator(".service", has_text="Passo ha lasciato il gruppo").wait_for()
    assert not group.holds(bot)
    await choose("Aggiungi il bot")
    await window.page.locator(".service", has_text="Passo è nel gruppo").last.wait_for()
    await window.goes_to(window.cast.italian.id, group.id)
    await window.page.get_by_role("radio", name="Giulia", checked=True).wait_for()
    assert not await menu.is_visible()


async def test_somebody_blocks_the_bot_and_forgives_it(window: Window) -> None:
    await window.message_from_bot("Ciao")
    menu = window.page.get_by_role("button", name="Il bot in questa chat")
    await menu.click()
    await window.page.get_by_role("menuitem", name="Blocca il bot").click()
    await window.writes("Mi senti?")
    await window.page.get_by_role("status").get_by_text("has blocked the bot").wait_for()
    await menu.click()
    await window.page.get_by_role("menuitem", name="Sblocca il bot").click()
    await window.page.get_by_role("menuitem").first.wait_for(state="detached")
    await window.field.press("Enter")
    await window.page.locator(".mine .text", has_text="Mi senti?").wait_for()
    window.problems.clear()  # the browser logs the refusal too
