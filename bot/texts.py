"""What messages say, whatever form it has."""

from __future__ import annotations

from telegram import Message


def text_of(message: Message) -> str:
    """What a message says: its text, or what is written below a picture or a file."""
    return message.text or message.caption or ""


def gist(text: str, most: int = 200) -> str:
    """The beginning of a text, in one line of at most ``most`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0]
