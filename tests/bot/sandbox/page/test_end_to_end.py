"""The real bot behind the page: what is asked in the browser is answered there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox import DEFAULT_TOKEN
from bot.settings import Settings
from retrieval import Collection, Secret
from tests.bot.fakes import FakeLibrary
from tests.bot.running import bot_at_work
from tests.bot.sandbox.page.conftest import Window
from tests.bot.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")


@asynccontextmanager
async def bot_at(window: Window, folder: Path) -> AsyncIterator[FakeLibrary]:
    library = FakeLibrary()
    library.collection = Collection(folder / "sources")
    settings = Settings(
        token=Secret(DEFAULT_TOKEN),
        api_url=window.url,
        admins=frozenset({window.cast.owner.id}),
        state_url=f"sqlite+aiosqlite:///{folder}/state.sqlite3",
    )
    async with bot_at_work(settings, lambda: library):
        yield library


async def begun(window: Window) -> None:
    """Begin to talk to the bot; it has said hello."""
    await window.page.get_by_role("button", name="Avvia").click()
    await window.page.locator(".message:not(.mine)", has_text="Ciao").wait_for()


async def test_a_question_is_answered_with_its_passage_in_a_quote(
    window: Window, tmp_path: Path
) -> None:
    page = window.page
    async with bot_at(window, tmp_path) as library:
        await begun(window)
        await window.writes("Quanti sono i membri?")
        answer = page.locator(".message:not(.mine)", has_text="I membri dell’alleanza sono 32")
        quote = answer.locator("blockquote")
        await quote.wait_for()
        assert "Il vertice si è tenuto a Tokyo." in (await quote.text_content() or "")
        assert await quote.locator("strong").text_content() == "I membri dell’alleanza sono 32."
    assert library.asked == ["Quanti sono i membri?"]


async def test_in_a_group_only_who_calls_the_bot_is_answered(
    window: Window, tmp_path: Path
) -> None:
    group = window.cast.group
    topic = next(iter(group.topics))
    async with bot_at(window, tmp_path) as library:
        await window.goes_to(window.cast.english.id, group.id, topic)
        await window.writes("Nobody asked you")
        await window.page.locator(".mine .text", has_text="Nobody asked you").wait_for()
        await window.writes("/ask How many members?")
        answer = window.page.locator(".message:not(.mine)", has_text="I membri dell’alleanza")
        await answer.locator(".reply", has_text="/ask How many members?").wait_for()
    assert library.asked == ["How many members?"]


async def test_the_menu_has_the_admins_commands_for_the_admin_alone(
    window: Window, tmp_path: Path
) -> None:
    async with bot_at(window, tmp_path):
        for person, expected in ((window.cast.owner, True), (window.cast.italian, False)):
            await window.goes_to(person.id, person.id)
            await begun(window)
            await window.page.get_by_role("button", name="Comandi").click()
            await window.page.get_by_role("option", name="/sources").wait_for()
            there = await window.page.get_by_role("option", name="/reload").count() == 1
            assert there == expected


async def test_a_passage_is_opened_in_the_answers_place_with_the_keyboard_and_left_again(
    window: Window, tmp_path: Path
) -> None:
    page = window.page
    async with bot_at(window, tmp_path):
        await begun(window)
        await window.writes("Quanti sono i membri?")
        await page.get_by_role("button", name="[1]", exact=True).focus()
        await page.keyboard.press("Enter")
        after = page.get_by_role("button", name="Dopo ▶")
        await after.wait_for()
        message = page.locator(".message:not(.mine)").last
        bold = message.locator("blockquote strong")
        assert await bold.text_content() == "I membri dell’alleanza sono 32."
        link = page.get_by_role("link", name="Apri la fonte")
        assert "#:~:text=I%20membri" in (await link.get_attribute("href") or "")
        await after.click()
        await page.get_by_role("button", name="3 di 3").wait_for()
        await page.get_by_role("button", name="Torna alla risposta").click()
        await page.get_by_role("button", name="[1]", exact=True).wait_for()
        await page.get_by_role("button", name="👎").click()
        await page.get_by_role("button", name="È incompleta").click()
        await page.get_by_role("status").get_by_text("Grazie, mi è utile.").wait_for()


async def test_from_a_group_a_passage_is_opened_in_private_and_leads_back(
    window: Window, tmp_path: Path
) -> None:
    page, group = window.page, window.cast.group
    topic = next(iter(group.topics))
    async with bot_at(window, tmp_path):
        await window.goes_to(window.cast.italian.id, group.id, topic)
        await window.writes("/ask Quanti sono i membri?")
        await page.get_by_role("button", name="[1]", exact=True).click()
        await page.get_by_role("button", name="Avvia").click()
        await page.locator(".message:not(.mine) blockquote strong").wait_for()
        await page.get_by_role("link", name="Torna alla risposta").click()
        await page.locator(".lit .text", has_text="Quanti sono i membri?").wait_for()


async def test_a_comment_is_answered_below_its_post(window: Window, tmp_path: Path) -> None:
    page, channel = window.page, window.cast.channel.id
    async with bot_at(window, tmp_path) as library:
        await window.goes_to(window.cast.owner.id, channel)
        await window.writes("I membri sono 32.")
        post = page.locator(".message", has_text="I membri sono 32.")
        await post.get_by_role("button", name="Commenta").click()
        await page.get_by_role("heading", name="Commenti").wait_for()
        await window.writes("@passo_bot quanti sono?")
        answer = page.locator(".message:not(.mine)", has_text="I membri dell’alleanza sono 32")
        await answer.locator(".reply", has_text="quanti sono?").wait_for()
    assert library.asked == ["quanti sono?"]


async def test_the_one_in_charge_adds_a_file(window: Window, tmp_path: Path) -> None:
    page = window.page
    async with bot_at(window, tmp_path) as library:
        await begun(window)
        await page.locator("input[type=file]").set_input_files(
            {
                "name": "gita.md",
                "mimeType": "text/markdown",
                "buffer": b"# La gita\n\nSi va al lago.",
            }
        )
        await page.locator(".about", has_text="gita.md").wait_for()
        await window.writes("/add")
        await page.locator(".message:not(.mine)").nth(1).wait_for()
        await until(lambda: library.collection.paths() == ("gita.md",))
    written = window.sandbox.chats[window.cast.owner.id].messages.values()
    assert [m["caption"] for m in written if "document" in m] == ["/add"]


async def test_a_question_that_is_edited_changes_its_answer(window: Window, tmp_path: Path) -> None:
    page = window.page
    async with bot_at(window, tmp_path) as library:
        await begun(window)
        await window.writes("Quanti sono i menbri?")
        answer = page.locator(".message:not(.mine)", has_text="Quanti sono i menbri? →")
        await answer.wait_for()
        await window.field.press("ArrowUp")
        await window.writes("Quanti sono i membri?")
        await page.locator(".message:not(.mine)", has_text="Quanti sono i membri? →").wait_for()
        assert await answer.count() == 0
    assert library.asked == ["Quanti sono i menbri?", "Quanti sono i membri?"]


async def test_a_quote_is_offered_anywhere_and_sent(window: Window, tmp_path: Path) -> None:
    page, group = window.page, window.cast.group
    topic = next(iter(group.topics))
    async with bot_at(window, tmp_path):
        await window.goes_to(window.cast.italian.id, group.id, topic)
        await window.field.fill("@passo_bot quanti membri")
        option = page.locator("#results").get_by_role("option").first
        await option.wait_for()
        await window.field.press("ArrowDown")
        await window.field.press("Enter")
        sent = page.locator(".mine", has_text="I membri dell’alleanza sono 32.")
        await sent.wait_for()
        assert "via @passo_bot" in await sent.inner_text()
        assert await sent.locator("blockquote").count() == 1
