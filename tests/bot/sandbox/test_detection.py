from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.detection import detect
from bot.sandbox.entities import check_entities, utf16_length, utf16_slice


def found(text: str) -> list[tuple[str, str]]:
    return [(e["type"], utf16_slice(text, e["offset"], e["length"])) for e in detect(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/ask Quanti?", [("bot_command", "/ask")]),
        ("😀 /ask@passo_bot dove?", [("bot_command", "/ask@passo_bot")]),
        ("ciao @passo_bot!", [("mention", "@passo_bot")]),
        ("#nato e #2024", [("hashtag", "#nato")]),
        ("vedi https://nato.int/a?b=1.", [("url", "https://nato.int/a?b=1")]),
        ("su nato.int trovi", [("url", "nato.int")]),
        ("scrivi a ada@nato.int", [("email", "ada@nato.int")]),
        ("e/o, 3/4, a@b, C# 1.5", []),
        ("un percorso /a/b", []),
    ],
)
def test_what_telegram_finds_in_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_nothing_is_found_inside_code_or_links() -> None:
    link = {"type": "text_link", "offset": 0, "length": 9, "url": "https://a.it"}
    code = {"type": "code", "offset": 0, "length": 9}
    assert detect("nato.int/", [link]) == [link]
    assert detect("/ask @abc", [code]) == [code]


def test_words_are_found_inside_bold() -> None:
    bold = {"type": "bold", "offset": 0, "length": 9}
    assert detect("/ask 1 2 ", [bold])[1] == {"type": "bot_command", "offset": 0, "length": 4}


@given(st.text(st.sampled_from("/@#ask .it😀:ht\npè1_"), max_size=40))
def test_whatever_is_found_is_a_valid_entity(text: str) -> None:
    entities = detect(text)
    assert check_entities(text, [*entities]) == entities
    assert all(e["offset"] + e["length"] <= utf16_length(text) for e in entities)
