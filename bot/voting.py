"""The buttons for what people think of an answer, and what reactions say of it. Pure.

What a button says to the bot is ``v:<answer>:<choice>``: good, bad, or why it is bad.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Self

from bot.feedback import Reason
from bot.locales import Words
from bot.replies import Button, Part
from bot.shown import ShownAnswer

PATTERN = r"^v:"
GOOD, BAD = "👍", "👎"

_DATA = re.compile(r"v:(?P<answer>[A-Za-z0-9_-]{16}):(?P<choice>[gbwins])")
_REASONS = {
    "w": Reason.WRONG,
    "i": Reason.INCOMPLETE,
    "n": Reason.NOT_ASKED,
    "s": Reason.BAD_SOURCE,
}


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a pressed button says of an answer, by its id."""

    answer: str
    good: bool
    reason: Reason | None = None

    @classmethod
    def read(cls, data: str) -> Self | None:
        """What a button says; None where it is another kind of button."""
        match = _DATA.fullmatch(data)
        if not match:
            return None
        return cls(match["answer"], match["choice"] == "g", _REASONS.get(match["choice"]))


def vote_buttons(answer: ShownAnswer) -> tuple[Button, ...]:
    """Good and bad."""
    return Button(GOOD, f"v:{answer.id}:g"), Button(BAD, f"v:{answer.id}:b")


def marked(part: Part, *, good: bool) -> Part:
    """An answer with a mark on the button of the vote it got, for the one person who sees it."""

    def mark(button: Button) -> Button:
        ballot = Ballot.read(button.data)
        is_theirs = ballot is not None and ballot.reason is None and ballot.good == good
        return replace(button, text=f"✓ {button.text}") if is_theirs else button

    return replace(part, buttons=tuple(tuple(map(mark, row)) for row in part.buttons))


def with_reasons(part: Part, answer: ShownAnswer, words: Words) -> Part:
    """An answer with the question why it is bad, in buttons below its own."""
    buttons = [
        Button(words(f"vote-{reason}"), f"v:{answer.id}:{letter}")
        for letter, reason in _REASONS.items()
    ]
    return replace(part, buttons=(*part.buttons, tuple(buttons[:2]), tuple(buttons[2:])))


def asks_why(data: Iterable[str | object | None]) -> bool:
    """Whether buttons that say this are those of an answer with the question why it is bad."""
    ballots = [Ballot.read(each) for each in data if isinstance(each, str)]
    return any(ballot and ballot.reason for ballot in ballots)


def opinion(emoji: Collection[str]) -> bool | None:
    """What somebody's reactions to an answer say of it, if anything."""
    if BAD in emoji:
        return False
    return True if GOOD in emoji else None
