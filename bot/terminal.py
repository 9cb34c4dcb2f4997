"""A Telegram message as a terminal shows it, its buttons as numbers to type. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_BOLD, _PLAIN = "\033[1m", "\033[0m"
_QUOTES = ("blockquote", "expandable_blockquote")
_BUTTON_NUMBER = re.compile(r"[0-9]{1,2}")
_WIDTH = 2  # bytes of a UTF-16 code unit, which Telegram counts in


@dataclass(frozen=True, slots=True)
class Choice:
    """A button under a message: what it says, and what a press sends or the address it opens."""

    label: str
    data: str = ""
    url: str = ""


def choices_of(markup: Mapping[str, Any] | None) -> tuple[Choice, ...]:
    """The buttons of a message, as the Bot API gives them (``reply_markup``)."""
    rows = (markup or {}).get("inline_keyboard", ())
    return tuple(
        Choice(button["text"], button.get("callback_data", ""), button.get("url", ""))
        for row in rows
        for button in row
    )


def numbered(choices: Sequence[Choice]) -> str:
    """The buttons in lines, each with the number that presses it."""
    return "\n".join(
        f"  {number}) {_printable(choice.label)}" for number, choice in enumerate(choices, start=1)
    )


def chosen(line: str, choices: Sequence[Choice]) -> Choice | None:
    """The button that a typed line presses: by its number, or by what it says, if it is one.

    Of «Sì, cancella tutto», «sì» is enough.
    """
    said = " ".join(line.split()).casefold()
    for number, choice in enumerate(choices, start=1):
        label = " ".join(choice.label.split()).casefold()
        if said in (str(number), label):
            return choice
    meant = [one for one in choices if said and one.label.partition(",")[0].casefold() == said]
    return meant[0] if len(meant) == 1 else None


def presses_nothing(line: str, choices: Sequence[Choice]) -> str:
    """What to say to a number that presses no button; "" where a line is no such number.

    Longer ones, such as a year, may be asked about.
    """
    if not _BUTTON_NUMBER.fullmatch(line.strip()) or chosen(line, choices):
        return ""
    if not choices:
        return "There are no buttons to press just now."
    count = len(choices)
    return f"There is no button {line.strip()}: they are 1{f' to {count}' if count > 1 else ''}."


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable())


def to_terminal(text: str, entities: Sequence[Mapping[str, Any]], *, ansi: bool) -> str:
    """Show block quotes behind a bar, and bold in bold where the terminal knows ``ansi`` codes.

    ``entities`` are as the Bot API gives them, offsets in UTF-16 code units. Control characters
    of the text are dropped, so that no message can speak to the terminal itself.
    """
    units = text.encode("utf-16-le", "surrogatepass")
    bold = [False] * (len(units) // _WIDTH)
    quoted = [False] * len(bold)
    for entity in entities:
        marks = bold if entity["type"] == "bold" else quoted if entity["type"] in _QUOTES else None
        if marks is not None:
            start, end = entity["offset"], entity["offset"] + entity["length"]
            marks[start:end] = [True] * len(marks[start:end])
    shown: list[str] = []
    position, line_begins, is_bold = 0, True, False
    for character in text:
        if line_begins and quoted[position]:
            shown.append("  │ ")
        if ansi and bold[position] != is_bold and character != "\n":
            is_bold = bold[position]
            shown.append(_BOLD if is_bold else _PLAIN)
        if character == "\n" and is_bold:
            is_bold = False
            shown.append(_PLAIN)
        if character in "\n\t" or character.isprintable():
            shown.append(character)
        line_begins = character == "\n"
        position += 2 if ord(character) > 0xFFFF else 1
    if is_bold:
        shown.append(_PLAIN)
    return "".join(shown)
