"""What a chat has chosen and can choose, as a part with buttons. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.entities import Composer
from bot.excerpts import one_line
from bot.locales import LANGUAGES, Words
from bot.preferences import Preference
from bot.replies import Button, Part

_MOST = 30  # a keyboard of more is no choice


def settings_part(
    choice: Preference,
    sets: Sequence[str],
    kind: str,
    key_of: Callable[[str], str],
    words: Words,
) -> Part:
    """What a chat has chosen, and a button for each choice; ``kind`` begins the buttons' data."""

    def button(text: str, data: str, *, chosen: bool) -> Button:
        return Button(f"✓ {text}" if chosen else text, f"{kind}:{data}")

    languages = [
        button(words(f"language-{name or 'auto'}"), f"language:{name or 'auto'}", chosen=is_so)
        for name, is_so in ((name, choice.language == name) for name in (None, *LANGUAGES))
    ]
    rows = [tuple(languages)]
    composer = Composer().block().add(words("settings-title"), "bold")
    composer.block().add(words("settings-language"))
    if sets:
        composer.block().add(words("settings-sources"))
        # One that is chosen and has no documents any more is shown, so that it can be left.
        gone = [choice.sources] if choice.sources not in ("", *sets) else []
        if gone:
            composer.block().add(words("settings-sources-gone", name=one_line(gone[0])))
        for name in ["", *list(sets)[:_MOST]]:
            text = one_line(name) or words("settings-all-sources")
            data = f"sources:{key_of(name)}"
            rows.append((button(text, data, chosen=name == choice.sources),))
    return replace(composer.parts()[0], buttons=tuple(rows))
