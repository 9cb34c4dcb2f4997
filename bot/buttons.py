"""What can be done with an answer: buttons under the last of its messages. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot.locales import words_in
from bot.passages import in_rows, passage_buttons
from bot.replies import Part
from bot.shown import ShownAnswer
from bot.voting import vote_buttons


def with_buttons(parts: tuple[Part, ...], answer: ShownAnswer) -> tuple[Part, ...]:
    """The messages of an answer, the last with its passages and the votes below.

    What nothing was looked for to answer, such as a greeting, has none.
    """
    if not (answer.quotes or answer.ranked):
        return parts
    passages = passage_buttons(answer, words_in(answer.language))
    rows = in_rows(passages, vote_buttons(answer))
    return (*parts[:-1], replace(parts[-1], buttons=rows))
