"""What the bot says when it joins and when its rights change, over HTTP."""

from __future__ import annotations

import pytest

from bot.locales import words_in
from bot.sandbox import SandboxMessage
from bot.sandbox.chats import ChatType, Status
from tests.bot.conftest import ADMIN, Town

SEEN_CALLED = words_in("it")("seen-called", bot="@passo_bot")
SEEN_ADMIN = words_in("it")("seen-admin", bot="@passo_bot")


async def said_in(town: Town, chat: int) -> list[SandboxMessage]:
    bot = town.client.bot_id
    return [m for m in await town.client.messages(chat) if m.sender_id == bot]


async def test_joining_a_group_says_once_what_it_sees(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        group = await town.client.add_group("Amici", [anna.id])
        hello = await town.client.wait_for_message(group.id)
        await town.client.set_member(group.id, town.client.bot_id, "administrator")
        promoted = await town.client.wait_for_message(group.id, after=hello.id)
        await town.client.set_member(group.id, town.client.bot_id, "member")
        again = await town.client.wait_for_message(group.id, after=promoted.id)
    assert [hello.text, promoted.text, again.text] == [SEEN_CALLED, SEEN_ADMIN, SEEN_CALLED]


async def test_the_same_rights_are_not_told_twice_not_even_by_the_next_run(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id])
    async with town.bot():
        await town.client.wait_for_message(group.id)
    member = {"user": {"id": town.client.bot_id, "is_bot": True, "first_name": "P"}}
    change = {
        "chat": {"id": group.id, "type": "supergroup", "title": "Amici"},
        "from": {"id": anna.id, "is_bot": False, "first_name": "Anna"},
        "date": 1,
        "old_chat_member": member | {"status": "member"},
        "new_chat_member": member | {"status": "member"},
    }
    async with town.bot():
        await town.client.add_update("my_chat_member", change)
        await town.client.say(group.id, anna.id, "/ask Ultima?")
        await town.client.wait_for_message(group.id, lambda said: said.text.startswith("Ultima?"))
    assert len(await said_in(town, group.id)) == 2


async def test_nothing_is_said_where_it_was_removed_and_hello_where_it_comes_back(
    town: Town,
) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id])
    async with town.bot():
        hello = await town.client.wait_for_message(group.id)
        await town.client.set_member(group.id, town.client.bot_id, "kicked")
        await town.client.set_member(group.id, town.client.bot_id, "member")
        again = await town.client.wait_for_message(group.id, after=hello.id)
    assert again.text == SEEN_CALLED
    assert all(call.ok for call in await town.client.calls("sendMessage"))


async def test_a_channel_is_told_and_a_private_chat_is_not(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="en")
    async with town.bot():
        channel = await town.client.add_group(
            "Notizie", [anna.id], type="channel", bot_status="administrator"
        )
        hello = await town.client.wait_for_message(channel.id)
        await town.client.say(anna.id, anna.id, "Quanti?")
        answer = await town.client.wait_for_message(anna.id)
        await town.client.set_member(anna.id, town.client.bot_id, "kicked")
        await town.client.set_member(anna.id, town.client.bot_id, "member")
        await town.client.say(anna.id, anna.id, "E dove?")
        await town.client.wait_for_message(anna.id, after=answer.id)
    assert hello.text == words_in("en")("seen-channel", bot="@passo_bot")
    assert len(await said_in(town, anna.id)) == 2


@pytest.mark.parametrize("privacy", [True, False])
async def test_privacy_mode_is_asked_for_anew(town: Town, privacy: bool) -> None:
    town.sandbox.privacy = privacy
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        town.sandbox.privacy = not privacy
        group = await town.client.add_group("Amici", [anna.id])
        hello = await town.client.wait_for_message(group.id)
    key = "seen-all" if privacy else "seen-called"
    assert hello.text == words_in("it")(key, bot="@passo_bot")


@pytest.mark.parametrize(
    ("kind", "status", "key"),
    [("supergroup", "restricted", "muted-group"), ("channel", "member", "muted-channel")],
)
async def test_where_it_cannot_write_the_admins_hear_of_it(
    town: Town, kind: ChatType, status: Status, key: str
) -> None:
    boss = await town.client.add_user("Capo", language_code="it", id=ADMIN)
    await town.client.say(boss.id, boss.id, "Ciao")
    async with town.bot():
        await town.client.wait_for_message(boss.id)
        await town.client.add_group("Amici", [boss.id], type=kind, bot_status=status)
        notice = await town.client.wait_for_message(
            boss.id, lambda said: words_in("it")(key, title="Amici") in said.text
        )
    assert notice.text == words_in("it")(key, title="Amici")
