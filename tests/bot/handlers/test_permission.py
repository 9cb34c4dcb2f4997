"""Chats that aren't allowed, over HTTP: one polite line, and a button for the admins."""

from __future__ import annotations

from dataclasses import replace

from bot.locales import words_in
from bot.sandbox import SandboxMessage
from tests.bot.conftest import ADMIN, Town
from tests.bot.handlers.test_passages import press

ONLY = -1002000009999
POLITE = words_in("it")("not-allowed-here")


def closed(town: Town) -> Town:
    """The town with a bot that is allowed in one chat alone."""
    return replace(town, settings=replace(town.settings, allowed_chats=frozenset({ONLY})))


def buttons(message: SandboxMessage) -> list[str]:
    rows = message.raw["reply_markup"]["inline_keyboard"]
    return [button["callback_data"] for row in rows for button in row]


async def asked(town: Town) -> SandboxMessage:
    """The notice that asks the admin."""
    return await town.client.wait_for_message(ADMIN, lambda m: "«Altri»" in m.text)


async def test_an_unknown_group_gets_one_polite_line_and_no_answer(town: Town) -> None:
    town = closed(town)
    boss = await town.client.add_user("Capo", language_code="it", id=ADMIN)
    anna = await town.client.add_user("Anna", language_code="it")
    await town.client.say(boss.id, boss.id, "Ciao")
    async with town.bot():
        group = await town.client.add_group("Altri", [anna.id])
        polite = await town.client.wait_for_message(group.id)
        for said in ("/ask Quanti?", "@passo_bot quanti?", "/help", "/sources"):
            await town.client.say(group.id, anna.id, said)
        await asked(town)
        await town.client.say(anna.id, anna.id, "In privato?")
        await town.client.wait_for_message(anna.id)
    assert polite.text == POLITE
    bot = town.client.bot_id
    assert [m.text for m in await town.client.messages(group.id) if m.sender_id == bot] == [POLITE]
    assert town.library.asked == ["Ciao", "In privato?"]  # people may always write in private


async def test_an_allowed_chat_is_answered(town: Town) -> None:
    town = closed(town)
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id], id=ONLY)
    async with town.bot():
        await town.client.say(group.id, anna.id, "/ask Quanti?")
        answer = await town.client.wait_for_message(group.id)
    assert answer.text.startswith("Quanti?")


async def test_a_group_it_was_in_already_hears_so_when_it_asks(town: Town) -> None:
    town = closed(town)
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id])
    async with town.bot():
        await town.client.say(group.id, anna.id, "Ciao a tutti")
        await town.client.say(group.id, anna.id, "@passo_bot quanti?")
        polite = await town.client.wait_for_message(group.id)
    assert polite.text == POLITE
    assert town.library.asked == []


async def test_an_admin_allows_a_chat_by_the_button_and_it_stays_allowed(town: Town) -> None:
    town = closed(town)
    boss = await town.client.add_user("Capo", language_code="it", id=ADMIN)
    anna = await town.client.add_user("Anna", language_code="it")
    await town.client.say(boss.id, boss.id, "Ciao")
    async with town.bot():
        group = await town.client.add_group("Altri", [anna.id])
        polite = await town.client.wait_for_message(group.id)
        notice = await asked(town)
        assert "«Altri»" in notice.text
        allow, _deny = buttons(notice)
        await town.client.press(boss.id, notice.id, boss.id, allow)
        await town.client.wait_for_message(
            boss.id, lambda m: m.text == words_in("it")("allowed-now", title="Altri")
        )
        hello = await town.client.wait_for_message(group.id, after=polite.id)
        await town.client.say(group.id, anna.id, "/ask Quanti?")
        answer = await town.client.wait_for_message(group.id, after=hello.id)
    async with town.bot():
        await town.client.say(group.id, anna.id, "/ask E dove?")
        later = await town.client.wait_for_message(group.id, after=answer.id)
    # Who is there can't be told from who allowed it.
    seen = [words_in(language)("seen-called", bot="@passo_bot") for language in ("it", "en")]
    assert hello.text == "\n\n".join(seen)
    assert answer.text.startswith("Quanti?")
    assert later.text.startswith("E dove?")


async def test_only_an_admin_in_private_can_press_it(town: Town) -> None:
    town = closed(town)
    boss = await town.client.add_user("Capo", language_code="it", id=ADMIN)
    anna = await town.client.add_user("Anna", language_code="it")
    await town.client.say(boss.id, boss.id, "Ciao")
    async with town.bot():
        group = await town.client.add_group("Altri", [anna.id])
        polite = await town.client.wait_for_message(group.id)
        notice = await asked(town)
        allow, _deny = buttons(notice)
        # A changed client presses it below another message, in a group, or as somebody else.
        for chat, message, user, data in (
            (group.id, polite.id, anna.id, allow),
            (group.id, polite.id, boss.id, allow),
            (boss.id, notice.id, anna.id, allow),
            (boss.id, notice.id, boss.id, "a:y:-1"),
            (boss.id, notice.id, boss.id, "a:y:x"),
        ):
            pressed = await town.client.press(chat, message, user, data)
            await town.client.wait_for_event(
                lambda e, pressed=pressed: e.details.get("callback_query_id") == pressed  # type: ignore[misc]
            )
        await town.client.say(group.id, anna.id, "/ask Quanti?")
        await town.client.say(anna.id, anna.id, "Fine?")
        await town.client.wait_for_message(anna.id)
    assert town.library.asked[-1] == "Fine?"
    assert "Quanti?" not in town.library.asked


async def test_a_denied_chat_meets_silence(town: Town) -> None:
    town = closed(town)
    boss = await town.client.add_user("Capo", language_code="it", id=ADMIN)
    anna = await town.client.add_user("Anna", language_code="it")
    await town.client.say(boss.id, boss.id, "Ciao")
    async with town.bot():
        group = await town.client.add_group("Altri", [anna.id])
        polite = await town.client.wait_for_message(group.id)
        notice = await asked(town)
        await town.client.press(boss.id, notice.id, boss.id, buttons(notice)[1])
        await town.client.wait_for_message(
            boss.id, lambda m: m.text == words_in("it")("denied-now", title="Altri")
        )
        await town.client.say(group.id, anna.id, "/ask Quanti?")
        await town.client.say(anna.id, anna.id, "Fine?")
        await town.client.wait_for_message(anna.id)
    assert [m.id for m in await town.client.messages(group.id)][-1] > polite.id  # the question
    bot = town.client.bot_id
    assert [m for m in await town.client.messages(group.id) if m.sender_id == bot] == [polite]


async def test_a_button_pressed_in_a_chat_that_is_not_allowed_does_nothing(town: Town) -> None:
    town = closed(town)
    boss = await town.client.add_user("Capo", language_code="it", id=ADMIN)
    anna = await town.client.add_user("Anna", language_code="it")
    await town.client.say(boss.id, boss.id, "Ciao")
    amici = await town.client.add_group("Amici", [anna.id, town.client.bot_id], id=ONLY)
    async with town.bot():
        group = await town.client.add_group("Altri", [anna.id])
        polite = await town.client.wait_for_message(group.id)
        undecided = await press(town, polite, anna.id, "s:1")
        notice = await asked(town)
        await town.client.press(boss.id, notice.id, boss.id, buttons(notice)[1])
        await town.client.wait_for_message(boss.id, lambda m: "non rispondo" in m.text)
        denied = await press(town, polite, anna.id, "s:1")
        await town.client.say(amici.id, anna.id, "/ask Quanti?")
        answer = await town.client.wait_for_message(amici.id)
        allowed = await press(town, answer, anna.id, "x:1")
    # Nobody has decided anything before an admin has.
    assert undecided["text"] == words_in("it")("not-decided-here")
    assert denied["text"] == words_in("it")("denied-here")
    assert allowed["text"] == words_in("it")("button-expired")


async def test_what_was_written_meanwhile_in_a_chat_that_is_not_allowed_meets_silence(
    town: Town,
) -> None:
    town = closed(town)
    town.sandbox.privacy = False
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Altri", [anna.id, town.client.bot_id])
    for number in range(70):  # more than a chat's queue takes
        await town.client.say(group.id, anna.id, f"Ciao {number}")
    await town.client.say(anna.id, anna.id, "Quanti?")
    async with town.bot():
        await town.client.wait_for_message(anna.id)
        await town.client.say(group.id, anna.id, "@passo_bot quanti?")
        polite = await town.client.wait_for_message(
            group.id, lambda m: m.sender_id == town.client.bot_id
        )
    assert polite.text == POLITE
