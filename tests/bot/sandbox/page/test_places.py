"""People and places: who one is, groups with topics, a channel and its comments, links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox.people import say
from tests.bot.sandbox.page.conftest import Opener, Window

if TYPE_CHECKING:
    from playwright.async_api import Locator

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def be(window: Window, name: str) -> None:
    await window.page.locator("#people label", has_text=name).click()


def chat(window: Window, title: str) -> Locator:
    return window.page.locator("#chats a", has=window.page.locator(".title", has_text=title))


async def test_one_can_be_each_person_and_the_page_speaks_their_language(window: Window) -> None:
    people = window.page.get_by_role("radio")
    assert await people.count() == 3
    await be(window, "Emma")
    await window.page.get_by_role("button", name="Start", exact=True).click()
    await window.page.locator(".mine .text", has_text="/start").wait_for()
    assert window.updates("message")[-1]["from"]["language_code"] == "en"
    assert await window.page.locator("html").get_attribute("lang") == "en"


async def test_what_one_writes_in_a_group_another_reads_there(opens: Opener) -> None:
    window = await opens()
    await window.goes_to(window.cast.italian.id, window.cast.group.id)
    await window.writes("Ciao a tutti")
    await window.page.locator(".mine .text", has_text="Ciao a tutti").wait_for()
    await be(window, "Emma")
    theirs = window.page.locator(".message:not(.mine)", has_text="Ciao a tutti")
    await theirs.locator(".author", has_text="Giulia").wait_for()


async def test_two_windows_are_two_people(opens: Opener) -> None:
    giulia, emma = await opens(), await opens()
    group = giulia.cast.group.id
    await giulia.goes_to(giulia.cast.italian.id, group)
    await emma.goes_to(emma.cast.english.id, group)
    await giulia.writes("Ci sei?")
    await emma.page.locator(".message:not(.mine)", has_text="Ci sei?").wait_for()
    await emma.writes("Yes!")
    await giulia.page.locator(".message:not(.mine)", has_text="Yes!").wait_for()


async def test_a_private_chat_is_nobody_elses(window: Window) -> None:
    await window.message_from_bot("Solo per Marta")
    await window.goes_to(window.cast.italian.id, window.cast.owner.id)
    await window.page.get_by_role("button", name="Avvia").wait_for()
    assert await window.page.get_by_text("Solo per Marta").count() == 0


async def test_topics_are_kept_apart_and_count_what_is_new(window: Window) -> None:
    group = window.cast.group
    foreign = next(iter(group.topics))
    await window.goes_to(window.cast.owner.id, group.id)
    await window.bot("sendMessage", chat_id=group.id, text="Da fuori", message_thread_id=foreign)
    topic = window.page.get_by_role("navigation", name="Argomenti").get_by_text("Esteri")
    await topic.get_by_text("1").wait_for()
    assert await window.page.locator(".text", has_text="Da fuori").count() == 0
    await topic.click()
    await window.page.locator(".text", has_text="Da fuori").wait_for()
    await window.writes("Ricevuto")
    await window.page.locator(".mine .text", has_text="Ricevuto").wait_for()
    written = list(window.sandbox.chats[group.id].messages.values())[-1]
    assert written["message_thread_id"] == foreign
    assert await topic.get_by_text("1").count() == 0


async def test_unread_messages_are_counted_until_they_are_seen(window: Window) -> None:
    await window.goes_to(window.cast.owner.id, window.cast.channel.id)
    group = window.cast.discussion.id
    for text in ("uno", "due"):
        say(window.sandbox, group, window.cast.italian.id, text)
    unread = chat(window, "commenti").locator(".badge")
    await unread.get_by_text("2", exact=True).wait_for()
    assert (await window.page.title()).startswith("(2)")
    await chat(window, "commenti").click()
    await unread.wait_for(state="detached")


async def test_a_post_is_commented_in_its_own_thread(window: Window) -> None:
    channel, owner = window.cast.channel.id, window.cast.owner.id
    say(window.sandbox, channel, owner, "Un primo post")
    say(window.sandbox, channel, owner, "Un altro post")
    await window.goes_to(window.cast.italian.id, channel)
    post = window.page.locator(".message", has_text="Un primo post")
    await post.get_by_role("button", name="Commenta").click()
    await window.page.get_by_role("heading", name="Commenti").wait_for()
    assert await window.page.locator(".text", has_text="Un altro post").count() == 0
    await window.writes("È vero?")
    await window.page.locator(".mine .text", has_text="È vero?").wait_for()
    await window.page.get_by_role("link", name="Torna alle chat").click()
    await post.get_by_role("button", name="1 commento").wait_for()
    comment = list(window.cast.discussion.messages.values())[-1]
    assert comment["reply_to_message"]["is_automatic_forward"]
    await post.get_by_role("button", name="1 commento").click()
    await window.page.locator(".text", has_text="È vero?").wait_for()


@pytest.mark.parametrize(
    ("link", "title"),
    [
        ("https://t.me/passo_bot", "Passo"),
        ("https://t.me/Notizie_Prova", "Notizie"),
        ("tg://resolve?domain=notizie_prova", "Notizie"),
    ],
)
async def test_telegrams_own_links_lead_to_places_in_here(
    window: Window, link: str, title: str
) -> None:
    group = window.cast.discussion.id
    await window.goes_to(window.cast.owner.id, group)
    entity = {"type": "text_link", "offset": 0, "length": 3, "url": link}
    sent = await window.bot("sendMessage", chat_id=group, text="Qui", entities=[entity])
    await window.message(sent["message_id"]).get_by_role("link", name="Qui").click()
    await window.page.get_by_role("heading", name=title, exact=True).wait_for()


async def test_a_link_to_a_message_goes_to_it(window: Window) -> None:
    group = window.cast.group
    topic = list(group.topics)[1]
    there = await window.bot(
        "sendMessage", chat_id=group.id, text="Eccolo", message_thread_id=topic
    )
    url = f"https://t.me/c/{str(group.id).removeprefix('-100')}/{topic}/{there['message_id']}"
    entity = {"type": "text_link", "offset": 0, "length": 3, "url": url}
    message = await window.message_from_bot("Qui", entities=[entity])
    await message.get_by_role("link", name="Qui").click()
    await window.page.locator("li.lit", has_text="Eccolo").wait_for()


async def test_a_link_to_a_place_that_is_not_here_says_so(window: Window) -> None:
    message = await window.message_from_bot("Vedi @durov_channel")
    await message.get_by_role("link", name="@durov_channel").click()
    await window.page.get_by_role("status").get_by_text("porta fuori").wait_for()


async def test_a_chat_that_opens_meanwhile_appears(window: Window) -> None:
    from bot.sandbox.opening import add_chat

    add_chat(window.sandbox, "group", "Nuovo gruppo", members=(window.cast.owner.id,))
    await chat(window, "Nuovo gruppo").wait_for()
