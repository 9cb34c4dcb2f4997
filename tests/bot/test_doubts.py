"""A doubt about what somebody wrote is told from a question of its own."""

from __future__ import annotations

import pytest

from bot.doubts import doubted_in


@pytest.mark.parametrize(
    "text",
    [
        "è vero?", "E' vero??", "ma è vero?", "Davvero? 😳", "confermi?", "me lo confermi?",
        "è vero questo?", "vero o falso?", "è una bufala?", "puoi verificare?", "è corretto?",
        "le fonti lo dicono?", "lo dicono le fonti?", "ti risulta?", "c'è una conferma?", "fonti?",
        "ne sei sicuro?", "sicuro?", "sei proprio sicura?", "siete certi di questo?",
    ],
)  # fmt: skip
def test_italian_doubts(text: str) -> None:
    assert doubted_in(text) == "it"


@pytest.mark.parametrize(
    "text",
    [
        "is this true?", "Is that right?", "is it really true?", "really?", "true or false?",
        "can you confirm this?", "So is that true", "sources?", "do the sources say so?",
        "are you sure?", "Are you sure about that?",
    ],
)  # fmt: skip
def test_english_doubts(text: str) -> None:
    assert doubted_in(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "", "?", "quanti?", "e dove?", "è lei?", "lo", "le fonti che dicono?",
        "è vero che la NATO ha 31 membri?", "controlla quanti sono", "who is right?",
        "Is that the right way to Rome?", "vero " * 30,
    ],
)  # fmt: skip
def test_questions_of_their_own_are_none(text: str) -> None:
    assert doubted_in(text) is None


def test_a_doubt_that_replies_to_nothing_has_to_look_like_one() -> None:
    for text in ("è vero?", "ne sei sicuro?", "davvero?", "is this true", "really?"):
        assert doubted_in(text, alone=True)
    for text in ("giusto", "esatto!", "davvero", "fonti?", "sources", "right?"):
        assert doubted_in(text)
        assert doubted_in(text, alone=True) is None
