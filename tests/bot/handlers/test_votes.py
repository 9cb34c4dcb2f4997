"""What people think of an answer, over HTTP: by buttons, by reactions, one vote each."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial

import pytest

from bot.locales import words_in
from tests.bot.conftest import ADMIN, Town
from tests.bot.handlers.test_passages import answered, buttons, press, shown
from tests.bot.waiting import until

IT, EN = words_in("it"), words_in("en")
WHY = [IT(f"vote-{reason}") for reason in ("wrong", "incomplete", "not-asked", "bad-source")]


def votes(town: Town) -> list[tuple[int, bool, str]]:
    """Who voted, whether the answer was good, and if not, why."""
    with closing(sqlite3.connect(town.settings.state_url.partition("///")[2])) as state:
        rows = state.execute("SELECT user_id, good, reason FROM votes ORDER BY user_id").fetchall()
    return [(user, bool(good), reason) for user, good, reason in rows]


async def test_a_vote_is_thanked_for_and_a_bad_one_asks_why_in_one_tap(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")

    async def keys(wanted: list[str]) -> None:
        async def are_there() -> bool:
            return list(buttons((await town.client.messages(anna.id))[-1])) == wanted

        await until(are_there)

    async with town.bot():
        answer = await answered(town, anna.id, anna.id)
        own = buttons(answer)
        assert (await press(town, answer, anna.id, own["👍"]))["text"] == IT("voted-good")
        assert votes(town) == [(anna.id, True, "")]
        await keys(["[1]", "✓ 👍", "👎"])
        assert (await press(town, answer, anna.id, own["👎"]))["text"] == IT("voted-bad")
        await keys(["[1]", "👍", "✓ 👎", *WHY])
        assert votes(town) == [(anna.id, False, "")]
        asking = buttons((await town.client.messages(anna.id))[-1])
        assert (await press(town, answer, anna.id, asking[WHY[1]]))["text"] == IT("voted-why")
        await keys(["[1]", "👍", "✓ 👎"])
        await press(town, answer, anna.id, own["[1]"])
        await until(partial(is_open, town, anna.id))
        opened = buttons((await town.client.messages(anna.id))[-1])
        await press(town, answer, anna.id, opened[IT("back-to-answer")])
        await keys(["[1]", "👍", "✓ 👎"])
    assert votes(town) == [(anna.id, False, "incomplete")]
    assert (await town.client.messages(anna.id))[-1].text == answer.text


async def is_open(town: Town, chat: int) -> bool:
    """Whether the last message shows a passage."""
    return IT("back-to-answer") in buttons((await town.client.messages(chat))[-1])


async def test_in_a_group_each_member_has_a_vote_and_strangers_none(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    bruno = await town.client.add_user("Bruno", language_code="en")
    carlo = await town.client.add_user("Carlo", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, bruno.id, town.client.bot_id])
    async with town.bot():
        answer = await answered(town, group.id, anna.id)
        own = buttons(answer)
        assert (await press(town, answer, anna.id, own["👍"]))["text"] == IT("voted-good")
        assert (await press(town, answer, bruno.id, own["👎"]))["text"] == EN("voted-bad")
        refused = await press(town, answer, carlo.id, own["👎"])
        assert list(buttons((await town.client.messages(group.id))[-1]))[1] == "👍"
    assert refused["text"] == IT("members-only")
    assert votes(town) == [(anna.id, True, ""), (bruno.id, False, "")]


@pytest.mark.parametrize("in_group", [False, True])
async def test_a_reaction_counts_as_a_vote_until_it_is_taken_back(
    town: Town, in_group: bool
) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    chat = anna.id
    if in_group:
        group = await town.client.add_group("Amici", [anna.id, town.client.bot_id])
        await town.client.set_member(group.id, town.client.bot_id, "administrator")
        chat = group.id
    async with town.bot():
        answer = await answered(town, chat, anna.id)
        for emoji, expected in (
            ("👍", [(anna.id, True, "")]),
            ("👎", [(anna.id, False, "")]),
            ("🔥", []),
            ("👎", [(anna.id, False, "")]),
            (None, []),
        ):
            await town.client.react(chat, answer.id, anna.id, emoji)
            await until(lambda expected=expected: votes(town) == expected)  # type: ignore[misc]
        # The bad ones asked why.
        calls = await town.client.calls("editMessageText")
        assert WHY[0] in str(calls[0].parameters["reply_markup"])


async def test_a_reaction_to_what_is_no_answer_counts_nothing(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        helped = await answered(town, anna.id, anna.id, "/help")
        answer = await answered(town, anna.id, anna.id)
        await town.client.react(anna.id, helped.id, anna.id, "👎")
        await town.client.react(anna.id, answer.id, anna.id, "👍")
        await until(lambda: votes(town) == [(anna.id, True, "")])


async def test_reactions_in_a_chat_that_is_not_allowed_count_nothing(town: Town) -> None:
    boss = await town.client.add_user("Capo", language_code="it", id=ADMIN)
    anna = await town.client.add_user("Anna", language_code="it")
    group = await town.client.add_group("Amici", [anna.id, town.client.bot_id])
    await town.client.set_member(group.id, town.client.bot_id, "administrator")
    async with town.bot():
        answer = await answered(town, group.id, anna.id)
        await town.client.react(group.id, answer.id, anna.id, "👍")
        await until(lambda: votes(town) == [(anna.id, True, "")])
        await answered(town, boss.id, boss.id, f"/deny {group.id}")
        for emoji in ("👎", None):  # neither another vote, nor the first taken back
            await town.client.react(group.id, answer.id, anna.id, emoji)
        mine = await answered(town, boss.id, boss.id)
        await town.client.react(boss.id, mine.id, boss.id, "👍")
        await until(lambda: len(votes(town)) > 1)
    assert votes(town) == [(boss.id, True, ""), (anna.id, True, "")]
    assert not await town.client.calls("editMessageText")


async def test_a_vote_while_a_passage_is_read_leaves_the_passage_alone(town: Town) -> None:
    anna = await town.client.add_user("Anna", language_code="it")
    async with town.bot():
        answer = await answered(town, anna.id, anna.id)
        await press(town, answer, anna.id, buttons(answer)["[1]"])
        opened = await shown(town, answer, "[1] Il vertice")
        assert not {"👍", "👎"} & set(buttons(opened))
        await town.client.react(anna.id, answer.id, anna.id, "👍")
        await until(lambda: votes(town) == [(anna.id, True, "")])
        assert (await town.client.messages(anna.id))[-1].text == opened.text
