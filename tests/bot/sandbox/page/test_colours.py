"""What is to be read can be read: the contrast of the page's colours, in light and in dark."""

from __future__ import annotations

import re

import pytest

from bot.sandbox.page import FOLDER

LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part))
    for part in (FOLDER / "colours.css").read_text("utf-8").split("@media", 1)
)
NAMES = [f"c{number}" for number in range(7)]
"""The colours of people's names."""

READ = [
    *((words, ground) for words in ("text", "faint", "accent") for ground in ("surface", "hover")),
    *((words, "incoming") for words in ("text", "faint", "accent", "link", *NAMES)),
    *((words, "outgoing") for words in ("text", "outgoing-faint", "link", *NAMES)),
    ("on-accent", "accent"),
    ("on-chosen", "chosen"),
]


def luminance(colour: str) -> float:
    """As WCAG 2.2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("words", "ground"), READ)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_words_stand_out(words: str, ground: str, *, dark: bool) -> None:
    colours = LIGHT | DARK if dark else LIGHT
    low, high = sorted((luminance(colours[words]), luminance(colours[ground])))
    assert (high + 0.05) / (low + 0.05) >= 4.5
