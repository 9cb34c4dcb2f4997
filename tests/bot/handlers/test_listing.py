"""The list of documents, a page at a time."""

from __future__ import annotations

from bot.locales import words_in
from retrieval import SourceSummary
from tests.bot.conftest import ADMIN, Town


def summaries(count: int) -> tuple[SourceSummary, ...]:
    return tuple(
        SourceSummary(str(n), f"{n}.md", f"Documento {n}", "0", "", "", 1, 10) for n in range(count)
    )


async def test_pages_turn_in_place_for_everyone(town: Town) -> None:
    town.library.summaries = summaries(12)
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        await town.client.say(anna.id, anna.id, "/sources")
        first = await town.client.wait_for_message(anna.id)
        assert "Documento 9 " in first.text
        assert "9.md" not in first.text
        await town.client.press(anna.id, first.id, anna.id, "s:1")
        second = await town.client.wait_for_message(anna.id, lambda m: "Documento 10" in m.text)
    assert second.id == first.id


async def test_an_admin_sees_more_and_only_in_private(town: Town) -> None:
    town.library.summaries = summaries(12)
    admin = await town.client.add_user("Ada", id=ADMIN, language_code="it")
    group = await town.client.add_group("Amici", [admin.id, town.client.bot_id])
    async with town.bot():
        await town.client.say(admin.id, admin.id, "/sources")
        private = await town.client.wait_for_message(admin.id)
        await town.client.say(group.id, admin.id, "/sources")
        public = await town.client.wait_for_message(group.id)
        await town.client.press(group.id, public.id, admin.id, "s:0")
    assert "1. Documento 0" in private.text
    assert "0.md" in private.text
    assert "0.md" not in public.text
    [in_group] = [m for m in await town.client.messages(group.id) if m.id == public.id]
    assert "0.md" not in in_group.text


async def test_without_documents_it_says_so(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="en")
    async with town.bot():
        await town.client.say(anna.id, anna.id, "/sources")
        told = await town.client.wait_for_message(anna.id)
    assert told.text == words_in("en")("sources-none")


async def test_a_forged_turn_overwrites_no_answer(town: Town) -> None:
    town.library.summaries = summaries(12)
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        await town.client.say(anna.id, anna.id, "Quanti sono?")
        answer = await town.client.wait_for_message(anna.id)
        pressed = await town.client.press(anna.id, answer.id, anna.id, "s:1")
        told = await town.client.wait_for_answer(pressed)
        [now] = [m for m in await town.client.messages(anna.id) if m.id == answer.id]
    assert told["text"] == words_in("it")("button-expired")
    assert now.text == answer.text
