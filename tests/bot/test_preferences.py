"""What a chat has chosen is known at once, after a restart, and after a move."""

from __future__ import annotations

from bot.preferences import Preference, Preferences
from bot.state import State

ITALIAN = Preference("it", "esteri")


async def test_a_choice_is_known_at_once_and_after_a_restart(state: State) -> None:
    kept = await Preferences.open(state.engine, 42)
    assert kept.of(7) == Preference()
    await kept.choose(7, ITALIAN)
    assert kept.of(7) == ITALIAN
    again = await Preferences.open(state.engine, 42)
    assert (again.of(7), again.of(8)) == (ITALIAN, Preference())
    other_bot = await Preferences.open(state.engine, 43)
    assert other_bot.of(7) == Preference()


async def test_a_later_choice_takes_the_place_of_the_first(state: State) -> None:
    kept = await Preferences.open(state.engine, 42)
    await kept.choose(7, ITALIAN)
    await kept.choose(7, Preference("en"))
    assert (await Preferences.open(state.engine, 42)).of(7) == Preference("en")


async def test_a_group_takes_its_choice_along_and_a_forgotten_one_is_gone(state: State) -> None:
    kept = await Preferences.open(state.engine, 42)
    await kept.choose(-7, ITALIAN)
    await kept.move(-7, -1007)
    await kept.move(-8, -1008)
    for now in (kept, await Preferences.open(state.engine, 42)):
        assert (now.of(-7), now.of(-1007)) == (Preference(), ITALIAN)
    await kept.forget(-1007)
    assert (await Preferences.open(state.engine, 42)).of(-1007) == Preference()
