"""A thousand forged presses of all kinds, over HTTP: none opens or changes anything."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import partial

from bot.sandbox import SandboxMessage, people
from bot.sandbox.state import Callback
from tests.bot.conftest import ADMIN, Town
from tests.bot.fakes import give_much_to_press
from tests.bot.handlers.test_passages import answered, buttons
from tests.bot.waiting import until


async def given(town: Town, people_: Sequence[int], group: int) -> list[SandboxMessage]:
    """Have people ask and say commands in private, and two in a group; what the bot says."""
    anna, boss, _ = people_
    there = [await answered(town, user, user) for user in people_]
    there += [await answered(town, group, user) for user in (anna, boss)]
    commands = ("/start", "/settings", "/sources", "/forget")
    asked = [(user, user, text) for user in (anna, boss) for text in commands]
    asked += [(boss, boss, "/gaps"), (boss, boss, "/rollback")]
    asked += [(group, anna, "/forget"), (group, anna, "/sources")]
    for chat, user, text in asked:
        said = await town.client.say(chat, user, text)
        there.append(await town.client.wait_for_message(chat, after=said.id))
    return there


def data_of_all_kinds(
    messages: Sequence[SandboxMessage], group: int, rng: random.Random
) -> list[str]:
    """What the buttons of these messages say, the same garbled, and much that none says."""
    real = {data for message in messages for data in buttons(message).values()}
    real = {data for data in real if not data.startswith("https:")}
    assert {data.partition(":")[0] for data in real} >= {*"pvqsc", "set", "forget"}
    garbled = {f"{data}{rng.choice('x: 🙂')}"[:64] for data in real}
    garbled |= {f"p:{data[2:18]}:{n}" for data in real if data[0] == "p" for n in (0, 2, 99, -1)}
    tails = ("", ":1", ":g")
    made_up = {f"{kind}:{rng.randbytes(8).hex()}{tail}" for kind in "pv" for tail in tails}
    made_up |= {f"{decision}:{group}" for decision in ("a:y", "a:n", "h:y", "h:n", "h:p")}
    made_up |= {"g:30:0", "g:csv:30", "forget:10001", "forget:no:10001", f"c:{'A' * 16}:y"}
    made_up |= {"set:language:en", "set:page:1"}
    return sorted(
        real | garbled | made_up | {"x:1", "x:stop", "s:1", "s:x", "g:x", "a:", "c:", "h:"}
    )


def is_forged(message: SandboxMessage, user: int, data: str) -> bool:
    """Whether no button of the bot's leads to this press, or this person may not press it."""
    kind, own = data.partition(":")[0], user == message.chat_id
    kinds = {each.partition(":")[0] for each in buttons(message).values()}
    if message.chat_id > 0 and not own:
        return True  # it is in somebody else's private chat
    if kind in ("p", "v"):  # of another answer, garbled, or without such a quote
        return data not in buttons(message).values()
    # One's own questions, and an admin's word, hold wherever they are pressed in one's own chat.
    return kind not in kinds and not (own and kind in ("q", "a", "h"))


async def all_there_is(town: Town, chats: Sequence[int]) -> list[object]:
    """What stands in these chats."""
    found = [await town.client.messages(chat) for chat in chats]
    return [(m.id, m.text, m.entities, buttons(m)) for messages in found for m in messages]


def _all_answered(callbacks: Sequence[Callback]) -> bool:
    return all(callback.answer for callback in callbacks)


async def test_a_thousand_forged_presses_open_and_change_nothing(town: Town) -> None:
    give_much_to_press(town.library)
    client, rng = town.client, random.Random(7)
    boss = (await client.add_user("Capo", id=ADMIN, language_code="it")).id
    anna, eve = [(await client.add_user(n, language_code="it")).id for n in ("Anna", "Eva")]
    group = (await client.add_group("Amici", [anna, boss, client.bot_id])).id
    async with town.bot():
        messages = await given(town, (anna, boss, eve), group)
        data = data_of_all_kinds(messages, group, rng)
        before = await all_there_is(town, (anna, boss, eve, group))
        pressed = 0
        while pressed < 1000:
            presses: list[tuple[SandboxMessage, int, str]] = []
            while len(presses) < 100:
                where, who = rng.choice(messages), rng.choice((anna, boss, eve))
                if is_forged(where, who, what := rng.choice(data)):
                    presses.append((where, who, what))
            callbacks = [
                people.press(town.sandbox, where.chat_id, where.id, who, what)
                for where, who, what in presses
            ]
            await until(partial(_all_answered, callbacks))
            for callback, forged in zip(callbacks, presses, strict=True):
                assert callback.answer
                assert callback.answer["text"], forged
                assert not callback.answer["url"], forged
            pressed += len(presses)
        assert await all_there_is(town, (anna, boss, eve, group)) == before
        assert not await client.calls("editMessageText")
        assert not await client.calls("sendDocument")
    assert town.library.asked == ["Quanti?"] * 5
    assert town.library.state.generation == "20261108T100000-1"
