"""A group that becomes a supergroup takes everything with it."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from bot.answers import Answers
from bot.chats import Chats
from bot.conversations import Conversations, Place
from bot.locales import words_in
from bot.moving import Moving
from bot.sandbox import SandboxMessage
from bot.spending import usage
from bot.state import State
from retrieval import Turn
from tests.bot.conftest import ADMIN, Town
from tests.bot.fakes import a_refusal
from tests.bot.handlers.test_passages import answered, buttons, press

OLD, NEW = -7, -1007


def moving_of(state: State) -> Moving:
    answers = Answers(state.engine, 42, 1000, lambda: 500.0)
    return Moving(state.engine, 42, (answers, Chats(state.engine, 42)))


async def test_every_table_that_knows_chats_is_moved(state: State) -> None:
    def fill(connection: sa.Connection) -> dict[str, sa.Table]:
        schema = sa.MetaData()
        schema.reflect(connection)
        tables = {t.name: t for t in schema.sorted_tables if "chat_id" in t.c}
        for table in tables.values():
            row = {
                column.name: "" if isinstance(column.type, sa.String) else 3
                for column in table.c
                if not isinstance(column.type, sa.Boolean)
            }
            flags = {c.name: False for c in table.c if isinstance(c.type, sa.Boolean)}
            connection.execute(
                sa.insert(table).values(row | flags | {"bot_id": 42, "chat_id": OLD})
            )
        return tables

    async with state.engine.begin() as connection:
        tables = await connection.run_sync(fill)
    moving = moving_of(state)
    for _ in range(2):
        await moving.move(OLD, NEW)
    async with state.engine.connect() as connection:
        for table in tables.values():
            if table.name == "updates":  # they wait for answers, which Telegram's error redirects
                continue
            left = sa.select(sa.func.count()).where(table.c.chat_id == OLD)
            assert (await connection.execute(left)).scalar_one() == 0, table.name
    assert {"turns", "answers", "usage", "chats"} <= set(tables)


async def test_a_conversation_goes_on_though_message_ids_begin_anew(state: State) -> None:
    conversations = Conversations(state.engine, 42, 1000, lambda: 500.0)
    await conversations.remember(Place(OLD, 0, 1), 48213, Turn("Quanti?", ("32",)))
    await moving_of(state).move(OLD, NEW)
    assert await conversations.history(Place(NEW, 0, 1), 3) == (Turn("Quanti?", ("32",)),)
    assert await conversations.history(Place(OLD, 0, 1), 99999) == ()


async def test_an_old_answer_isnt_taken_for_that_to_a_new_message(state: State) -> None:
    answers = Answers(state.engine, 42, 1000, lambda: 500.0)
    shown = await answers.remember(a_refusal(), chat=OLD, thread=0, user=1, message=12)
    await moving_of(state).move(OLD, NEW)
    assert await answers.of_question(NEW, 12) is None
    moved = await answers.get(shown.id)
    assert moved is not None
    assert moved.chat == NEW


async def test_what_was_used_in_both_chats_is_added_up(state: State) -> None:
    row = {"bot_id": 42, "day": 1, "user_id": 5, "model": "m", "unpriced_calls": 0}
    sums = {"calls": 1, "input_tokens": 10, "output_tokens": 2, "cost": 7}
    rows = [row | sums | {"chat_id": OLD}, row | sums | {"chat_id": NEW}]
    rows.append(row | sums | {"chat_id": OLD, "user_id": 6})
    async with state.engine.begin() as connection:
        await connection.execute(sa.insert(usage), rows)
    await moving_of(state).move(OLD, NEW)
    query = sa.select(usage.c.chat_id, usage.c.user_id, usage.c.calls, usage.c.cost)
    async with state.engine.connect() as connection:
        found = (await connection.execute(query.order_by(usage.c.user_id))).all()
    assert [tuple(row) for row in found] == [(NEW, 5, 2, 14), (NEW, 6, 1, 7)]


async def test_over_http_a_group_that_migrates_goes_on_where_it_was(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id], type="group")
    async with town.bot():
        hello = await town.client.wait_for_message(group.id)
        await town.client.say(group.id, anna.id, "/ask Quanti?")
        await town.client.wait_for_message(group.id, after=hello.id)
        new = await town.client.migrate(group.id)
        await town.client.say(new, anna.id, "/ask E dove?")
        answer = await town.client.wait_for_message(new)
        await town.client.set_member(new, town.client.bot_id, "administrator")
        promoted = await town.client.wait_for_message(new, after=answer.id)
    assert [turn.question for turn in town.library.histories[1]] == ["Quanti?"]
    assert answer.text.startswith("E dove?")
    assert promoted.text == words_in("it")("seen-admin", bot="@passo_bot")


async def test_over_http_an_answer_that_comes_too_late_for_the_old_group_arrives(
    town: Town,
) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id], type="group")
    town.library.open.clear()
    async with town.bot():
        await town.client.say(group.id, anna.id, "/ask Quanti?")
        new = await town.client.migrate(group.id)
        town.library.open.set()
        answer = await town.client.wait_for_message(new)
    assert answer.text.startswith("Quanti?")


async def test_over_http_choices_permission_votes_and_links_follow_a_group_that_migrates(
    town: Town,
) -> None:
    boss = (await town.client.add_user("Capo", id=ADMIN, language_code="it")).id
    anna = (await town.client.add_user("Anna", language_code="it")).id
    stranger = (await town.client.add_user("Zoe", language_code="it")).id
    group = await town.client.add_group("Amici", [anna, boss, town.client.bot_id], type="group")
    allowed = replace(town.settings, allowed_chats=frozenset({group.id}))
    async with replace(town, settings=allowed).bot():
        said = await town.client.say(group.id, anna, "/settings")
        settings = await town.client.wait_for_message(group.id, after=said.id)
        await press(town, settings, anna, "set:language:en")
        answer = await answered(town, group.id, anna)
        link = (await press(town, answer, anna, buttons(answer)["[1]"]))["url"]
        await press(town, answer, anna, buttons(answer)["👎"])
        new = await town.client.migrate(group.id)
        english = await answered_help(town, new, anna)
        start = link.partition("?start=")[2]
        said = await town.client.say(anna, anna, f"/start {start}")
        opened = await town.client.wait_for_message(anna, after=said.id)
        # The buttons of before are below the old group's message, which nobody can change now.
        again = await press(town, answer, anna, buttons(answer)["[1]"])
        better = await press(town, answer, anna, buttons(answer)["👍"])
        worse = await press(town, answer, anna, buttons(answer)["👎"])
        denied = await press(town, answer, stranger, buttons(answer)["[1]"])
        said = await town.client.say(boss, boss, "/gaps")
        unhappy = await town.client.wait_for_message(boss, after=said.id)
        # And the new chat is allowed, though the settings name the old one.
        assert (await answered(town, new, anna, "E dove?")).text.startswith("E dove? →")
        await town.client.say(boss, boss, f"/deny {new}")
        await town.client.wait_for_message(boss, lambda m: "non rispondo" in m.text)
        silenced = await press(town, answer, anna, buttons(answer)["[1]"])
    assert english.text == words_in("en")("welcome-group")
    assert "I membri dell’alleanza sono 32." in opened.text
    assert "• Quanti? · 1 👎" in unhappy.text
    assert again["url"] == link
    thanks = (words_in("it")("voted-good"), words_in("it")("voted-why"))
    assert (better["text"], worse["text"]) == thanks
    assert not denied["url"]
    assert denied["text"] == words_in("it")("members-only")
    assert silenced["text"] == words_in("it")("denied-here")


async def answered_help(town: Town, chat: int, user: int) -> SandboxMessage:
    said = await town.client.say(chat, user, "/start")
    return await town.client.wait_for_message(chat, after=said.id)
