"""A message in a terminal: what it says stays, and nothing else gets through."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.terminal import choices_of, chosen, numbered, presses_nothing, to_terminal

BAR = re.compile(r"^  │ ", re.MULTILINE)
CODES = re.compile(r"\033\[[01]m")


def entity(kind: str, offset: int, length: int) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length}


def printable(text: str) -> str:
    return "".join(char for char in text if char in "\n\t" or char.isprintable())


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


TEXTS = st.text(
    st.one_of(st.characters(exclude_characters="│"), st.sampled_from("a\n\t\x1b[😀\u200f\x85\r")),
    max_size=60,
)
ENTITIES = st.lists(
    st.builds(
        entity,
        st.sampled_from(["bold", "blockquote", "expandable_blockquote", "italic", "url"]),
        st.integers(0, 70),
        st.integers(1, 70),
    ),
    max_size=5,
)


@given(TEXTS, ENTITIES)
def test_without_bars_and_codes_the_text_is_all_there(
    text: str, entities: list[dict[str, Any]]
) -> None:
    shown = to_terminal(text, entities, ansi=False)
    assert BAR.sub("", shown) == BAR.sub("", printable(text))
    assert CODES.sub("", to_terminal(text, entities, ansi=True)) == shown


@given(TEXTS, ENTITIES, st.booleans())
def test_only_our_own_codes_reach_the_terminal_and_bold_always_ends(
    text: str, entities: list[dict[str, Any]], ansi: bool
) -> None:
    shown = to_terminal(text, entities, ansi=ansi)
    codes = CODES.findall(shown)
    assert codes == ["\033[1m", "\033[0m"] * (len(codes) // 2)
    assert ansi or not codes
    rest = CODES.sub("", shown)
    assert rest == printable(rest)
    for line in shown.split("\n"):  # a pager or a log shows lines alone
        assert line.count("\033[1m") == line.count("\033[0m")


@given(TEXTS, TEXTS)
def test_offsets_count_utf_16_code_units(before: str, bold: str) -> None:
    bold = f"b{bold.replace(chr(10), '')}b"
    marks = [entity("bold", utf16_length(before), utf16_length(bold))]
    shown = to_terminal(f"{before}{bold}.", marks, ansi=True)
    assert shown == f"{printable(before)}\033[1m{printable(bold)}\033[0m."


def test_every_line_of_a_quote_stands_behind_a_bar() -> None:
    text = "😀 Risposta\nprima riga\n\nseconda riga\nfine"
    quoted = "prima riga\n\nseconda riga"
    marks = [entity("expandable_blockquote", utf16_length("😀 Risposta\n"), len(quoted))]
    assert to_terminal(text, marks, ansi=False) == (
        "😀 Risposta\n  │ prima riga\n  │ \n  │ seconda riga\nfine"
    )


def test_bold_is_taken_up_again_after_a_line_end() -> None:
    shown = to_terminal("uno\ndue", [entity("bold", 0, 7)], ansi=True)
    assert shown == "\033[1muno\033[0m\n\033[1mdue\033[0m"


def test_buttons_are_pressed_by_their_number_or_by_what_they_say() -> None:
    yes, no, link = choices = choices_of(
        {
            "inline_keyboard": [
                [
                    {"text": "Sì, cancella tutto", "callback_data": "y"},
                    {"text": "No, lascia stare", "callback_data": "n"},
                ],
                [{"text": "Apri \x1b[31mla fonte", "url": "https://example.org"}],
            ]
        }
    )
    assert numbered(choices) == (
        "  1) Sì, cancella tutto\n  2) No, lascia stare\n  3) Apri [31mla fonte"
    )
    for line in ("1\n", " sì ", "SÌ, CANCELLA TUTTO"):
        assert chosen(line, choices) == yes
    assert chosen("no", choices) == no
    assert chosen("3", choices) == link
    for line in ("4", "0", "", "sì, ma come?", "cancella"):
        assert chosen(line, choices) is None
    assert chosen("1", choices_of(None)) is None


def test_a_number_beyond_the_buttons_is_no_question() -> None:
    row = [{"text": "Sì", "callback_data": "y"}, {"text": "No", "callback_data": "n"}]
    two, one = (choices_of({"inline_keyboard": [some]}) for some in (row, row[:1]))
    assert presses_nothing(" 3\n", two) == "There is no button 3: they are 1 to 2."
    assert presses_nothing("0", one) == "There is no button 0: they are 1."
    assert presses_nothing("1", ()) == "There are no buttons to press just now."
    for line in ("1", "sì", "1987", "2 o 3?", "²", ""):
        assert presses_nothing(line, two) == ""
