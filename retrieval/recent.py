"""Answers given lately, for whoever asks the same again."""

from __future__ import annotations

import unicodedata
from collections import OrderedDict

from retrieval.types import Answer, Language

_MOST = 1_000


class RecentAnswers:
    """The answers given last, by question, language, generation and set. For one event loop.

    Two questions are the same if they differ in no more than white space, capitals, and the marks
    they end with.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._answers: OrderedDict[tuple[str, Language, str, str], Answer] = OrderedDict()

    def get(
        self, question: str, language: Language, generation: str, within: str = ""
    ) -> Answer | None:
        """Give the answer to a question, if it is known."""
        key = (_normal(question), language, generation, within)
        if key in self._answers:
            self._answers.move_to_end(key)
        return self._answers.get(key)

    def keep(self, question: str, language: Language, answer: Answer, within: str = "") -> None:
        """Keep an answer, and forget the one that was asked for longest ago."""
        self._answers[_normal(question), language, answer.generation, within] = answer
        if len(self._answers) > self._most:
            self._answers.popitem(last=False)


def _normal(question: str) -> str:
    text = " ".join(unicodedata.normalize("NFC", question).casefold().split())
    return text.rstrip(" ?!.…")
