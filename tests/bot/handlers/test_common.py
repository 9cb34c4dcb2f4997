"""What all handlers share: a pressed button of any kind is acknowledged, whatever is going on."""

from __future__ import annotations

import time

from bot.locales import words_in
from tests.bot.conftest import ADMIN, Town
from tests.bot.fakes import give_much_to_press
from tests.bot.handlers.test_passages import answered, buttons, press
from tests.bot.waiting import until

SAID = words_in("it")


async def test_a_press_of_any_kind_is_acknowledged_within_a_second_while_questions_wait(
    town: Town,
) -> None:
    give_much_to_press(town.library)
    client = town.client
    boss = (await client.add_user("Capo", id=ADMIN, language_code="it")).id
    others = [(await client.add_user(n, language_code="it")).id for n in ("Anna", "Bea", "Cleo")]
    channel = await client.add_group("N", [others[0]], type="channel", bot_status="administrator")
    took = {}
    async with town.bot():
        answer = await answered(town, boss, boss)
        data = {
            "x": (answer, "x:1"),
            "stop": (answer, "x:stop"),
            "h": (answer, f"h:p:{channel.id}"),
            "a": (answer, "a:y:1"),
        }
        data |= {
            kind: (answer, buttons(answer)[label]) for kind, label in (("p", "[1]"), ("v", "👍"))
        }
        for kind, command in (
            ("q", "/start"),
            ("set", "/settings"),
            ("s", "/sources"),
            ("c", "/rollback"),
            ("forget", "/forget"),
            ("g", "/gaps"),
        ):
            said = await client.say(boss, boss, command)
            shown = await client.wait_for_message(boss, after=said.id)
            pressed = [each for each in buttons(shown).values() if each.startswith(f"{kind}:")]
            assert pressed or kind == "g", kind  # there are no gaps
            data[kind] = (shown, pressed[0] if pressed else "g:30:0")
        town.library.open.clear()
        for user in others:
            await client.say(user, user, "Quanti?")
        await until(lambda: len(town.library.asked) == 3)  # both threads are at it, one waits
        for kind, (message, pressed_data) in data.items():
            began = time.monotonic()
            await press(town, message, boss, pressed_data)
            took[kind] = time.monotonic() - began
        town.library.open.set()
    # How busy this machine is shows in the one that has nothing else to do.
    assert max(took.values()) - took["x"] < 1, took
