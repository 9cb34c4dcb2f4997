"""Going back to the documents before, once an admin has said yes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.locales import words_in
from retrieval import Changes
from tests.bot.conftest import ADMIN, Town
from tests.bot.handlers.documents import Office

SAID = words_in("it")
QUESTION = "Quanti membri ha la NATO?"


async def test_the_documents_before_answer_again_until_a_reload(office: Office) -> None:
    async with office.bot():
        assert (await office.say("/rollback")).text == SAID("rollback-none")
        (office.sources / "nato.txt").write_text("La NATO ha 32 membri.\n", "utf-8")
        told = await office.say("/reload")
        await office.edited(told, "Un documento cambiato")
        assert "32 membri" in (await office.say(QUESTION)).text
        sure = await office.say("/rollback")
        assert sure.text.endswith(f"{SAID('rollback-revert', count=1)}\n• Nato")
        await office.press(sure, SAID("rollback-yes"))
        await office.edited(sure, "Fatto")
        assert "31 membri" in (await office.say(QUESTION)).text
        told = await office.say("/reload")
        await office.edited(told, "Un documento cambiato")
        assert "32 membri" in (await office.say(QUESTION)).text


@pytest.mark.parametrize(
    ("language", "now", "then"),
    [
        ("it", "26 novembre 2026, ", "1 marzo 2026, "),
        ("en", "26 November 2026, ", "1 March 2026, "),
    ],
)
async def test_both_versions_are_named_by_the_day_they_were_read_on(
    town: Town, language: str, now: str, then: str
) -> None:
    # At noon, it is one day in most time zones.
    newest, older = "20261126T120000000000Z-a1b2c3", "20260301T120000000000Z-d4e5f6"
    town.library.state = replace(town.library.state, generation=newest, previous=older)
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code=language)).id
    async with town.bot():
        await town.client.say(admin, admin, "/rollback")
        sure = await town.client.wait_for_message(admin)
        yes = sure.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        await town.client.press(admin, sure.id, admin, yes)
        done = await town.client.wait_for_message(
            admin, lambda m: m.id == sure.id and m.text != sure.text
        )
    assert now in sure.text
    assert then in sure.text.partition(now)[2]
    assert then in done.text
    assert now not in done.text
    assert "Z-" not in sure.text + done.text


async def test_what_goes_and_comes_back_is_named_and_one_minute_is_told_from_itself(
    town: Town,
) -> None:
    newest, older = "20261126T120030000000Z-a1b2c3", "20261126T120010000000Z-d4e5f6"
    names = {"bus": "Orari del bus", "gita": "La gita al lago", "nato": "NATO"}
    back = Changes(older, added=("bus",), changed=("nato",), removed=("gita",), names=names)
    health = replace(town.library.state, generation=newest, previous=older)
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    said = []
    async with town.bot():
        for going_back in (back, Changes(older)):
            town.library.state = replace(health, going_back=going_back)
            sent = await town.client.say(admin, admin, "/rollback")
            said.append(await town.client.wait_for_message(admin, after=sent.id))
    [changed, same] = said
    assert re.search(r":00:30\b.*:00:10\b", changed.text)
    assert changed.text.endswith(
        "Un documento non ci sarà più:\n• La gita al lago\n\n"
        "Un documento tornerà:\n• Orari del bus\n\n"
        "Un documento sarà com’era prima:\n• NATO"
    )
    assert same.text.endswith(SAID("rollback-same"))
