"""A Telegram message as a terminal shows it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_BOLD, _PLAIN = "\033[1m", "\033[0m"
_QUOTES = ("blockquote", "expandable_blockquote")
_WIDTH = 2  # bytes of a UTF-16 code unit, which Telegram counts in


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
