"""What is chosen is marked, and what can be chosen is a press away."""

from __future__ import annotations

from bot.choices import settings_part
from bot.handlers.settings import key_of
from bot.locales import words_in
from bot.preferences import Preference

IT = words_in("it")


def texts(choice: Preference, *sets: str) -> list[list[str]]:
    part = settings_part(choice, sets, "set", key_of, IT)
    return [[button.text for button in row] for row in part.buttons]


def test_what_is_chosen_is_marked() -> None:
    assert texts(Preference()) == [["✓ Automatica", "Italiano", "English"]]
    assert texts(Preference("en", "esteri"), "esteri", "sport") == [
        ["Automatica", "Italiano", "✓ English"],
        ["Tutti i documenti"],
        ["✓ esteri"],
        ["sport"],
    ]


def test_a_set_that_has_gone_is_named_so_that_it_can_be_left() -> None:
    part = settings_part(Preference(None, "esteri"), ("sport",), "set", key_of, IT)
    assert IT("settings-sources-gone", name="esteri") in part.text
    assert not any("✓" in row[0].text for row in part.buttons[1:])


def test_very_many_and_very_long_names_fit() -> None:
    sets = [f"{n:02}" + "x" * 250 for n in range(99)]
    part = settings_part(Preference(), sets, "set", key_of, IT)
    assert len(part.buttons) <= 40
    assert all(len(button.data.encode()) <= 64 for row in part.buttons for button in row)
    assert len(part.text) < 4096
