"""A model may put a question anew in the conversation's words, and in no others."""

from __future__ import annotations

import pytest

from retrieval.rewriting import LONGEST, accepted
from retrieval.types import Turn

HISTORY = [Turn("Chi ha visitato il Giappone?", ("Stoltenberg ha visitato il Giappone.",))]


@pytest.mark.parametrize(
    "output",
    [
        "Quando Stoltenberg ha visitato il Giappone?",
        "«Quando ha visitato il Giappone Stoltenberg?»\n",
        "Quando visitò il Giappone Stoltenberg?",
    ],
)
def test_the_words_of_question_and_conversation_are_taken(output: str) -> None:
    assert accepted(output, "E quando?", HISTORY) == output.strip().strip("«»")


@pytest.mark.parametrize(
    "output",
    [
        "",
        " \n ",
        "Quando Stoltenberg ha visitato la Corea?",
        "Quando ha visitato il Giappone? Vedi http://evil.example/Giappone",
        "Quando ha visitato il Giappone evil.example?",
        "Quando?\nStoltenberg",
        "You complete a question so that it can be understood",
        "quando " * LONGEST,
    ],
)
def test_anything_else_is_not(output: str) -> None:
    assert accepted(output, "E quando?", HISTORY) == ""
