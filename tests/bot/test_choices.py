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
    assert texts(Preference()) == [["✓ Automatica"], ["Italiano", "English"]]
    assert texts(Preference("en", "esteri"), "esteri", "sport") == [
        ["Automatica"],
        ["Italiano", "✓ English"],
        ["Tutti i documenti"],
        ["✓ esteri"],
        ["sport"],
    ]


def test_a_set_that_has_gone_is_named_so_that_it_can_be_left() -> None:
    part = settings_part(Preference(None, "esteri"), ("sport",), "set", key_of, IT)
    assert IT("settings-sources-gone", name="esteri") in part.text
    assert not any("✓" in row[0].text for row in part.buttons[2:])


def test_very_many_and_very_long_names_fit_on_pages_where_each_is_seen_once() -> None:
    sets = [f"{n:02}" + "x" * 250 for n in range(99)]
    seen: list[str] = []
    for page in range(13):
        part = settings_part(Preference(), sets, "set", key_of, IT, page=page)
        assert len(part.buttons) <= 12
        assert all(len(button.data.encode()) <= 64 for row in part.buttons for button in row)
        assert len(part.text) < 4096
        *_, back, here, on = (button for row in part.buttons for button in row)
        assert here.text == f"{page + 1}/13"
        assert (back.data, on.data) == (
            f"set:page:{(page - 1) % 13}",
            f"set:page:{(page + 1) % 13}",
        )
        seen += [row[0].data for row in part.buttons[3:-1]]
    assert seen == [f"set:sources:{key_of(name)}" for name in sets]


def test_the_page_that_is_seen_first_is_that_of_what_is_chosen() -> None:
    sets = [f"n{n:02}" for n in range(30)]
    assert ["✓ n20"] in texts(Preference(None, "n20"), *sets)
    assert ["2/4"] not in texts(Preference(), *sets)
    last = settings_part(Preference(), sets, "set", key_of, IT, page=9999)  # there are fewer by now
    assert [row[0].text for row in last.buttons[3:-1]] == sets[24:]


def test_a_site_goes_without_its_www_unless_that_tells_two_apart() -> None:
    named = texts(Preference(), "www.a.example", "b.example", "www.b.example")
    assert named[3:] == [["a.example"], ["b.example"], ["www.b.example"]]
