"""A chat's settings: changed by its admins at the moment of the press, shown in one message."""

from __future__ import annotations

from typing import Any

import pytest

from bot.handlers.settings import key_of
from bot.locales import words_in
from bot.sandbox import SandboxMessage
from retrieval import SourceSummary
from tests.bot.conftest import Town
from tests.bot.waiting import until

IT, EN = words_in("it"), words_in("en")


@pytest.fixture
def town(town: Town) -> Town:
    town.library.summaries = tuple(
        SourceSummary(f"{name}/a", f"{name}/a.md", f"Su {name}", "0", "", "", 1, 1)
        for name in ("esteri", "sport")
    )
    return town


async def pressed(town: Town, chat: int, message: int, who: int, data: str) -> dict[str, Any]:
    callback = await town.client.press(chat, message, who, data)
    return await town.client.wait_for_answer(callback)


async def shown(town: Town, chat: int, message: int, text: str) -> None:
    """Wait until a message has a button with this text."""

    async def has_it() -> bool:
        found = [m for m in await town.client.messages(chat) if m.id == message]
        return f'"{text}"' in str(found[0].raw["reply_markup"]).replace("'", '"')

    await until(has_it)


async def test_in_private_ones_language_and_documents_are_chosen_and_kept(town: Town) -> None:
    anna = (await town.client.add_user("Anna", language_code="it")).id
    async with town.bot():
        await town.client.say(anna, anna, "/settings")
        settings = await town.client.wait_for_message(anna)
        data = f"set:sources:{key_of('sport')}"
        assert (await pressed(town, anna, settings.id, anna, data))["text"] == IT("settings-chosen")
        await shown(town, anna, settings.id, "✓ sport")
        await pressed(town, anna, settings.id, anna, "set:language:en")
        await shown(town, anna, settings.id, "✓ English")
        await town.client.say(anna, anna, "/new")
        assert (await _next(town, anna, settings.id)).text == words_in("en")("new-conversation")
    async with town.bot():  # a new run
        await town.client.say(anna, anna, "Chi ha vinto?")
        await until(lambda: town.library.sets == ["sport"])
        await until(lambda: town.library.languages == ["en"])
        await town.client.say(anna, anna, "/sources")
        await town.client.wait_for_message(anna, lambda m: "Su sport" in m.text)
        assert not [m for m in await town.client.messages(anna) if "Su esteri" in m.text]


async def test_many_sets_are_on_pages_that_its_admins_turn_folders_before_sites(
    town: Town,
) -> None:
    town.library.summaries = tuple(
        SourceSummary(f"{name}/a", path, "A", "0", "", "", 1, 1)
        for name, path in [
            ("www.a.example", "https://www.a.example/a"),
            *((f"n{n}", f"n{n}/a.md") for n in range(8)),
            ("0.example", "http://0.example/a"),
        ]
    )
    anna = (await town.client.add_user("Anna", language_code="it")).id
    bea = (await town.client.add_user("Bea", language_code="it")).id
    group = (await town.client.add_group("G", [anna, bea, town.client.bot_id])).id  # Anna made it
    async with town.bot():
        await town.client.say(group, anna, "/settings")
        settings = await town.client.wait_for_message(group)
        assert names(settings) == ["✓ Tutti i documenti", *(f"n{n}" for n in range(8))]
        refused = await pressed(town, group, settings.id, bea, "set:page:1")
        assert refused["text"] == IT("settings-for-admins")
        assert (await pressed(town, group, settings.id, anna, "set:page:1"))["text"] == ""
        await shown(town, group, settings.id, "2/2")
        [turned] = [m for m in await town.client.messages(group) if m.id == settings.id]
        assert names(turned) == ["✓ Tutti i documenti", "0.example", "a.example"]
        data = f"set:sources:{key_of('www.a.example')}"
        assert (await pressed(town, group, settings.id, anna, data))["text"] == IT(
            "settings-chosen"
        )
        await shown(town, group, settings.id, "✓ a.example")
        await town.client.say(group, bea, "/ask Chi ha vinto?")
        await until(lambda: town.library.sets == ["www.a.example"])


def names(settings: SandboxMessage) -> list[str]:
    """The sets that can be chosen, as their buttons say."""
    rows = settings.raw["reply_markup"]["inline_keyboard"]
    return [row[0]["text"] for row in rows if row[0]["callback_data"].startswith("set:sources:")]


async def test_another_choice_of_documents_ends_the_conversation(town: Town) -> None:
    anna = (await town.client.add_user("Anna", language_code="it")).id
    async with town.bot():
        await town.client.say(anna, anna, "/settings")
        settings = await town.client.wait_for_message(anna)
        await town.client.say(anna, anna, "Quanti sono?")
        await _next(town, anna, settings.id)
        await pressed(town, anna, settings.id, anna, f"set:sources:{key_of('sport')}")
        await town.client.say(anna, anna, "E quando?")
        await until(lambda: len(town.library.asked) == 2)
    assert town.library.histories == [(), ()]


async def test_in_a_group_only_its_admins_of_this_moment_may(town: Town) -> None:
    anna = (await town.client.add_user("Anna", language_code="it")).id
    bea = (await town.client.add_user("Bea", language_code="it")).id
    group = (await town.client.add_group("G", [anna, bea, town.client.bot_id])).id  # Anna made it
    async with town.bot():
        await town.client.say(group, bea, "/settings")
        refused = await town.client.wait_for_message(group)
        assert refused.text == IT("settings-for-admins")
        await town.client.say(group, anna, "/settings")
        settings = await _next(town, group, refused.id)
        assert "reply_markup" in settings.raw
        data = f"set:sources:{key_of('sport')}"
        answer = await pressed(town, group, settings.id, bea, data)
        assert (answer["text"], answer["show_alert"]) == (IT("settings-for-admins"), True)
        await town.client.set_member(group, bea, "administrator")
        assert (await pressed(town, group, settings.id, bea, data))["text"] == IT("settings-chosen")
        await town.client.set_member(group, bea, "member")
        await pressed(town, group, settings.id, bea, "set:sources:all")
        await town.client.say(group, bea, "/ask Chi ha vinto?")
        await until(lambda: town.library.sets == ["sport"])


async def test_an_anonymous_admin_is_an_admin(town: Town) -> None:
    anna = (await town.client.add_user("Anna", language_code="it")).id
    group = (await town.client.add_group("G", [anna, town.client.bot_id])).id
    async with town.bot():
        await town.client.say(group, anna, "/settings", anonymous=True)
        settings = await town.client.wait_for_message(group)
    assert "reply_markup" in settings.raw


@pytest.mark.parametrize(
    "data", ["set:language:xx", "set:sources:esteri", "set:", "set:sources:", "set:language:"]
)
async def test_what_cannot_be_chosen_is_not(town: Town, data: str) -> None:
    anna = (await town.client.add_user("Anna", language_code="it")).id
    async with town.bot():
        await town.client.say(anna, anna, "/settings")
        settings = await town.client.wait_for_message(anna)
        answer = await pressed(town, anna, settings.id, anna, data)
        assert answer["text"] == IT("button-expired")
        await town.client.say(anna, anna, "Chi ha vinto?")
        await until(lambda: town.library.sets == [""])


async def test_nobody_changes_anothers_private_chat(town: Town) -> None:
    anna = (await town.client.add_user("Anna", language_code="it")).id
    eve = (await town.client.add_user("Eve", language_code="it")).id
    async with town.bot():
        await town.client.say(anna, anna, "/settings")
        settings = await town.client.wait_for_message(anna)
        answer = await pressed(town, anna, settings.id, eve, "set:language:en")
    assert answer["text"] == IT("settings-for-admins")


async def _next(town: Town, chat: int, after: int) -> Any:
    return await town.client.wait_for_message(chat, after=after)


async def test_a_group_is_answered_in_the_language_its_admins_chose_whoever_writes(
    town: Town,
) -> None:
    anna = (await town.client.add_user("Anna", language_code="it")).id
    bea = (await town.client.add_user("Bea", language_code="it")).id
    group = (await town.client.add_group("G", [anna, bea, town.client.bot_id])).id  # Anna made it
    async with town.bot():
        said = await town.client.say(group, bea, "/start")
        italian = await _next(town, group, said.id)
        said = await town.client.say(group, anna, "/settings")
        settings = await _next(town, group, said.id)
        await pressed(town, group, settings.id, anna, "set:language:en")
        said = await town.client.say(group, bea, "/start")
        english = await _next(town, group, said.id)
        said = await town.client.say(group, bea, "/ask Quanti?")
        await _next(town, group, said.id)
        said = await town.client.say(group, bea, "/new")
        fresh = await _next(town, group, said.id)
        said = await town.client.say(bea, bea, "/new")
        own = await _next(town, bea, said.id)
    assert (italian.text, english.text) == (IT("welcome-group"), EN("welcome-group"))
    assert town.library.languages == ["en"]  # where the question's words don't tell another
    assert (fresh.text, own.text) == (EN("new-conversation"), IT("new-conversation"))
