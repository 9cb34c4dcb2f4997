"""What is wrong with documents, links and the store, in the words of whoever reads it. Pure."""

from __future__ import annotations

from bot.dates import day_in_words
from bot.excerpts import one_line
from bot.locales import Words
from retrieval import Fault


def fault_in_words(fault: Fault, words: Words) -> str:
    """What is wrong and the way out, to stand behind a colon: no English, and no library's words.

    What is named in it is cut to one line of fair length.
    """
    values: dict[str, str | float] = {}
    for name, value in fault.values:
        if isinstance(value, Fault):
            values[name] = fault_in_words(value, words)
        elif isinstance(value, str):
            values[name] = day_in_words(value, words.language) if name == "day" else one_line(value)
        else:
            values[name] = value
    return words(f"fault-{fault.code}", **values)
