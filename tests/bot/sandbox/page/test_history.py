"""The messages of a place, as they come, change and go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.people import say
from tests.bot.sandbox.page.conftest import Window

if TYPE_CHECKING:
    from playwright.async_api import Locator

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def drafts(window: Window, text: str) -> Locator:
    chat = window.cast.owner.id
    await window.bot("sendMessageDraft", chat_id=chat, draft_id=1, text=text)
    return window.page.locator(".draft")


async def test_a_draft_thinks_then_writes_then_becomes_the_message(window: Window) -> None:
    await window.message_from_bot("Ciao")
    draft = await drafts(window, "")
    await draft.get_by_label("ci sta pensando").wait_for()
    await drafts(window, "Le fonti")
    await draft.get_by_text("Le fonti", exact=True).wait_for()
    await drafts(window, "Le fonti dicono")
    await draft.get_by_text("Le fonti dicono").wait_for()
    await window.message_from_bot("Le fonti dicono: 32")
    await window.page.locator(".text", has_text="Le fonti dicono: 32").wait_for()
    assert await draft.count() == 0


async def test_a_draft_that_is_not_written_on_goes_after_half_a_minute(window: Window) -> None:
    await window.page.clock.install()
    await window.page.reload()
    await window.message_from_bot("Ciao")
    await window.message(1).wait_for()
    draft = await drafts(window, "Le fonti")
    await draft.wait_for()
    await window.page.clock.run_for(29_000)
    assert await draft.count() == 1
    await window.page.clock.run_for(2_000)
    assert await draft.count() == 0


async def test_the_bot_is_seen_typing(window: Window) -> None:
    await window.message_from_bot("Ciao")
    await window.message(1).wait_for()
    await window.bot("sendChatAction", chat_id=window.cast.owner.id, action="typing")
    await window.page.locator("#chat-status", has_text="sta scrivendo").wait_for()
    await window.message_from_bot("Ecco")
    await window.page.locator("#chat-status", has_text="@passo_bot").wait_for()


async def test_a_reaction_is_given_shown_and_taken_back(window: Window) -> None:
    message = await window.message_from_bot("Le fonti dicono: 32")
    await message.click(button="right")
    await window.page.get_by_role("menuitem", name="Reagisci con 👍").click()
    chip = message.get_by_role("button", name="👍: Marta")
    await chip.click()
    await chip.wait_for(state="detached")
    emoji = [[r["emoji"] for r in u["new_reaction"]] for u in window.updates("message_reaction")]
    assert emoji == [["👍"], []]


async def test_the_bots_own_reaction_is_there_after_a_reload_too(window: Window) -> None:
    message = await window.message_from_bot("Ciao")
    number = int(await message.get_attribute("data-id") or 0)
    reaction = [{"type": "emoji", "emoji": "👀"}]
    chat = window.cast.owner.id
    await window.bot("setMessageReaction", chat_id=chat, message_id=number, reaction=reaction)
    chip = message.get_by_role("button", name="👀: Passo")
    await chip.wait_for()
    await window.page.reload()
    await chip.wait_for()


async def test_what_is_deleted_goes_and_a_reply_to_it_says_so(window: Window) -> None:
    first = await window.message_from_bot("Uno")
    number = int(await first.get_attribute("data-id") or 0)
    await window.message_from_bot("Due", reply_parameters={"message_id": number})
    await window.bot("deleteMessage", chat_id=window.cast.owner.id, message_id=number)
    await first.wait_for(state="detached")
    await window.page.reload()
    await window.page.locator(".reply", has_text="Messaggio eliminato").wait_for()


async def test_a_reply_leads_to_what_it_replies_to(window: Window) -> None:
    first = await window.message_from_bot("Il principio")
    number = int(await first.get_attribute("data-id") or 0)
    for each in range(30):
        await window.message_from_bot(f"Riga {each}")
    last = await window.message_from_bot("La fine", reply_parameters={"message_id": number})
    await last.get_by_role("button", name="Il principio").click()
    await window.page.locator("li.lit", has_text="Il principio").wait_for()
    assert await first.evaluate("e => e === document.activeElement")


async def at_end(window: Window) -> bool:
    there: Any = await window.page.locator("#history").evaluate(
        "e => e.scrollHeight - e.scrollTop - e.clientHeight < 2"
    )
    return bool(there)


async def test_new_messages_are_followed_but_not_by_somebody_who_reads_above(
    window: Window,
) -> None:
    for each in range(40):
        await window.message_from_bot(f"Riga {each}")
    await window.page.locator(".text", has_text="Riga 39").wait_for()
    assert await at_end(window)
    await window.page.locator("#history").evaluate("e => e.scrollTo(0, 0)")
    down = window.page.get_by_role("button", name="Vai agli ultimi messaggi")
    await down.wait_for()
    await window.message_from_bot("Nuovo")
    await window.page.locator(".text", has_text="Nuovo").wait_for(state="attached")
    assert not await at_end(window)
    await down.click()
    assert await at_end(window)


async def test_what_comes_is_spoken_to_those_who_listen(window: Window) -> None:
    await window.message_from_bot("Ciao")
    await window.message(1).wait_for()
    await window.message_from_bot("Le fonti dicono: 32")
    spoken = window.page.locator("#announcer[aria-live=polite]")
    await spoken.get_by_text("Passo: Le fonti dicono: 32").wait_for()


async def test_an_outage_is_said_and_what_was_missed_comes_afterwards(window: Window) -> None:
    await window.message_from_bot("Prima")
    await window.message(1).wait_for()
    await window.page.context.set_offline(True)
    window.sandbox.interrupt()
    await window.page.get_by_role("alert").get_by_text("Connessione persa").wait_for()
    await window.message_from_bot("Durante")
    await window.page.context.set_offline(False)
    await window.page.locator(".text", has_text="Durante").wait_for()
    await window.page.get_by_role("alert").wait_for(state="detached")
    window.problems.clear()  # the browser logs the outage too


async def test_who_forwarded_and_who_posted_is_said(window: Window) -> None:
    owner, italian = window.cast.owner.id, window.cast.italian.id
    say(window.sandbox, owner, owner, "Sentite questa", forward_from_id=italian)
    await window.page.locator(".forwarded", has_text="Inoltrato da Giulia").wait_for()
    say(window.sandbox, window.cast.channel.id, owner, "Un post")
    await window.goes_to(owner, window.cast.discussion.id)
    await window.page.locator(".author", has_text="Notizie").wait_for()
