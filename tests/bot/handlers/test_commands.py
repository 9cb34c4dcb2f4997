"""The commands for everyone, and what is neither a command nor a question."""

from __future__ import annotations

import pytest

from bot.locales import words_in
from retrieval import Language, SourceSummary
from tests.bot.conftest import ADMIN, Town


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("/sources", "sources-none"),
        ("/boh", "unknown-command"),
    ],
)
async def test_commands_are_answered_in_the_users_language(
    town: Town, said: str, key: str, language: Language
) -> None:
    user = await town.client.add_user("U", language_code=language)
    async with town.bot():
        await town.client.say(user.id, user.id, said)
        answer = await town.client.wait_for_message(user.id)
    assert answer.text == words_in(language)(key)
    assert town.library.asked == []


async def test_help_tells_an_admin_of_their_commands_in_private(town: Town) -> None:
    said = words_in("it")
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    group = await town.client.add_group("Amici", [admin, town.client.bot_id])
    async with town.bot():
        await town.client.say(admin, admin, "/help")
        private = await town.client.wait_for_message(admin)
        await town.client.say(group.id, admin, "/aiuto")
        public = await town.client.wait_for_message(group.id)
    for name in ("reload", "stats"):
        line = f"/{name} – {said(f'menu-{name}')}"
        assert line in private.text
        assert line not in public.text
    assert f"/forget – {said('menu-forget')}" in public.text
    assert private.text.startswith(said("help"))


async def test_sources_lists_titles_dates_and_passages(town: Town) -> None:
    town.library.summaries = (
        SourceSummary("a", "a.md", "Vertice di Tokyo", "0", "", "12 maggio 2026", 1, 10),
        SourceSummary("b", "b.md", "Senza data", "0", "", "", 1200, 10),
    )
    user = await town.client.add_user("U", language_code="it")
    async with town.bot():
        await town.client.say(user.id, user.id, "/sources")
        answer = await town.client.wait_for_message(user.id)
    assert answer.text == (
        "Conosco 2 documenti:\n\n"
        "• Vertice di Tokyo (12 maggio 2026) · un passo\n"
        "• Senza data · 1.200 passi"
    )


async def test_what_is_not_text_gets_one_friendly_line_in_private_and_none_in_groups(
    town: Town,
) -> None:
    user = await town.client.add_user("U", language_code="it")
    group = await town.client.add_group("Amici", [user.id])
    await town.client.set_member(group.id, town.client.bot_id, "administrator")
    async with town.bot():
        await town.client.send_file(group.id, user.id, "a.txt", b"ciao")
        await town.client.say(group.id, user.id, "/boh")
        await town.client.send_file(user.id, user.id, "a.txt", b"ciao", caption="/reload")
        answer = await town.client.wait_for_message(user.id)
        await town.client.say(group.id, user.id, "/help")
        helped = words_in("it")("help")
        await town.client.wait_for_message(group.id, lambda m: m.text.startswith(helped))
        told = [m.text for m in await town.client.messages(group.id) if m.sender_id != user.id]
    assert answer.text == words_in("it")("text-only")
    assert all(text.startswith(("Eccomi!", helped)) for text in told)
