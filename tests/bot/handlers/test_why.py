"""How an answer came about is told to admins, about answers of theirs and in groups."""

from __future__ import annotations

from bot.locales import words_in
from tests.bot.conftest import ADMIN, Town

SAID = words_in("it")


async def test_an_answer_is_explained_in_private(town: Town) -> None:
    admin = await town.client.add_user("Ada", id=ADMIN, language_code="it")
    async with town.bot():
        await town.client.say(admin.id, admin.id, "Quanti sono?")
        answer = await town.client.wait_for_message(admin.id)
        await town.client.say(admin.id, admin.id, "/why", reply_to_message_id=answer.id)
        told = await town.client.wait_for_message(admin.id, after=answer.id)
    assert told.text.startswith("Quanti sono?\nHo risposto, sicuro al 90 %")
    assert "[1] Il vertice di Tokyo" in told.text


async def test_without_an_answer_it_says_how_it_is_used(town: Town) -> None:
    admin = await town.client.add_user("Ada", id=ADMIN, language_code="it")
    async with town.bot():
        await town.client.say(admin.id, admin.id, "/why")
        usage = await town.client.wait_for_message(admin.id)
        said = await town.client.say(admin.id, admin.id, "/why", reply_to_message_id=usage.id)
        unknown = await town.client.wait_for_message(admin.id, after=said.id)
    assert usage.text == SAID("why-usage")
    assert unknown.text == SAID("why-unknown")
