"""What a chat has chosen and can choose, as a part with buttons. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.entities import Composer
from bot.excerpts import one_line
from bot.listings import turning
from bot.locales import LANGUAGES, Words
from bot.preferences import Preference
from bot.replies import Button, Part

_PAGE = 8  # sets of documents that are seen at once
_WWW = "www."


def settings_part(
    choice: Preference,
    sets: Sequence[str],
    kind: str,
    key_of: Callable[[str], str],
    words: Words,
    *,
    page: int | None = None,
) -> Part:
    """What a chat has chosen, and a button for each choice; ``kind`` begins the buttons' data.

    Sets stand in the order they are given, on pages; without ``page``, it is that of the chosen.
    """

    def button(text: str, data: str, *, chosen: bool) -> Button:
        return Button(f"✓ {text}" if chosen else text, f"{kind}:{data}")

    automatic, *languages = [
        button(words(f"language-{name or 'auto'}"), f"language:{name or 'auto'}", chosen=is_so)
        for name, is_so in ((name, choice.language == name) for name in (None, *LANGUAGES))
    ]
    # Three in a row would be too narrow on a phone.
    rows: list[tuple[Button, ...]] = [(automatic,), tuple(languages)]
    composer = Composer().block().add(words("settings-title"), "bold")
    composer.block().add(words("settings-language"))
    if sets:
        composer.block().add(words("settings-sources"))
        # One that is chosen and has no documents any more is shown, so that it can be left.
        gone = [choice.sources] if choice.sources not in ("", *sets) else []
        if gone:
            composer.block().add(words("settings-sources-gone", name=one_line(gone[0])))
        pages = -(-len(sets) // _PAGE)
        if page is None:
            page = sets.index(choice.sources) // _PAGE if choice.sources in sets else 0
        page = min(page, pages - 1)
        for name in ["", *sets[_PAGE * page : _PAGE * (page + 1)]]:
            text = _label(name, sets) or words("settings-all-sources")
            data = f"sources:{key_of(name)}"
            rows.append((button(text, data, chosen=name == choice.sources),))
        rows += turning(f"{kind}:page", page, pages)
    return replace(composer.parts()[0], buttons=tuple(rows))


def _label(name: str, sets: Sequence[str]) -> str:
    """A set as a button names it: a site goes without its www, unless that tells two apart."""
    short = name.removeprefix(_WWW)
    return one_line(name if short in sets else short)
