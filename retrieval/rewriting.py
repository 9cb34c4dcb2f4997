"""A follow-up as a model puts it, so that it stands alone: taken only in words that were there."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.types import Turn
from retrieval.words import FUNCTION_WORDS, stem, words

LONGEST = 400
"""Characters of a question that was put anew."""

MOST_TOKENS = 200
"""Of a model's answer to this, and more than enough."""


def accepted(output: str, question: str, history: Sequence[Turn]) -> str:
    """Give the question in a model's output; "" if it can't be taken.

    It is shown to the asker and decides what is searched, and what it was made from may give
    orders. So it has to be one line, in words of the question and of the conversation; only grammar
    may be new.
    """
    line = output.strip().strip('"«»“”`').strip()
    if not line or len(line) > LONGEST or len(line.splitlines()) > 1:
        return ""
    said = [question, *(turn.question for turn in history)]
    said += [quote for turn in history for quote in turn.quotes]
    known = {form for text in said for word in words(text) for form in _stems(word.text)}
    for word in words(line):
        if word.folded not in FUNCTION_WORDS and not known & _stems(word.text):
            return ""
    return line


def _stems(word: str) -> frozenset[str]:
    return frozenset((stem(word, "it"), stem(word, "en")))
