"""Text cut into messages: nothing is lost, and every mark stays on its characters."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.entities import (
    _INVISIBLE,
    MAX_ENTITIES,
    MAX_UNITS,
    Composer,
    Mark,
    _is_invisible,
    clean,
    split,
)
from bot.replies import Kind, Part

ALPHABET = st.sampled_from("ab .\n\t «»é👍🏽🇮🇹\u200d\u0301\u05d0<&\x00")
TEXTS = st.text(ALPHABET, max_size=300) | st.text(max_size=300)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def covered(part: Part, kind: Kind) -> str:
    """What the entities of a kind cover, as Telegram counts."""
    encoded = part.text.encode("utf-16-le")
    pieces = [
        encoded[2 * e.offset : 2 * (e.offset + e.length)].decode("utf-16-le")
        for e in part.entities
        if e.type == kind
    ]
    return "".join(pieces)


def solid(text: str) -> str:
    """Text without white space, which is what a gap between messages may stand for."""
    return re.sub(r"\s", "", text)


def shown(text: str) -> str:
    """Text without what can't be seen: a message of nothing else would be refused by Telegram."""
    return re.sub(rf"[\s{_INVISIBLE}]", "", text)


def may_be_alone(text: str) -> bool:
    """Whether what can't be seen may come to stand alone in a part."""
    return bool(re.search(rf"(?:^|\s)[{_INVISIBLE}]+(?:\s|$)|[{_INVISIBLE}]{{8}}", text))


@st.composite
def composed(draw: st.DrawFn) -> tuple[Composer, str, str, str]:
    """A composed text; what it says in all, in bold, and in quotations."""
    composer = Composer()
    whole, bold, quoted = "", "", ""
    for _ in range(draw(st.integers(1, 4))):
        label = clean(draw(TEXTS))
        composer.block().add(label, "bold").add("\n")
        pieces = draw(st.lists(st.tuples(TEXTS, st.booleans()), max_size=6))
        composer.quote(pieces)
        said = "".join(clean(text) for text, _ in pieces)
        whole += f"\n\n{label}\n{said}"
        bold += label + "".join(clean(text) for text, is_bold in pieces if is_bold)
        quoted += said
    return composer, whole, bold, quoted


@settings(max_examples=200, deadline=None)
@given(composed(), st.integers(20, 120), st.integers(3, 8))
def test_cutting_loses_no_character_and_moves_no_mark(
    case: tuple[Composer, str, str, str], max_units: int, max_entities: int
) -> None:
    composer, whole, bold, quoted = case
    parts = composer.parts(max_units, max_entities)
    found = (
        ("".join(part.text for part in parts), whole),
        ("".join(covered(part, "bold") for part in parts), bold),
        ("".join(covered(part, "expandable_blockquote") for part in parts), quoted),
    )
    kept = shown if may_be_alone(whole) else solid
    for there, said in found:
        assert kept(there) == kept(said)


@settings(max_examples=200, deadline=None)
@given(composed(), st.integers(20, 120), st.integers(3, 8))
def test_every_part_is_within_the_limits_and_unchanged_by_telegrams_trimming(
    case: tuple[Composer, str, str, str], max_units: int, max_entities: int
) -> None:
    for part in case[0].parts(max_units, max_entities):
        assert 0 < units(part.text) <= max_units
        assert len(part.entities) <= max_entities
        assert part.text == part.text.strip() == clean(part.text)
        for entity in part.entities:
            assert 0 <= entity.offset < entity.offset + entity.length <= units(part.text)
            assert covered(Part(part.text, (entity,)), entity.type).strip()


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.integers(2, 60))
def test_nothing_one_can_see_lies_between_two_parts(text: str, max_units: int) -> None:
    text, position = clean(text), 0
    for part in split(text, [], [], max_units):
        found = text.index(part.text, position)
        assert _is_invisible(text[position:found])
        position = found + len(part.text)
    assert _is_invisible(text[position:])


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_cleaning_keeps_words_apart_and_letters_whole() -> None:
    assert clean("a\x00b") == "a b"
    assert clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"
    assert clean("a\u030angstr\u202eom") == "ångstrom"
    assert clean("\ud800") == "\ufffd"


def test_a_text_that_fits_is_one_part() -> None:
    text = "a" * MAX_UNITS
    assert [part.text for part in split(text, [], [])] == [text]
    assert len(split(text + "b", [], [])) == 2


def test_a_wide_character_counts_twice_and_is_never_cut() -> None:
    parts = split("👍" * (MAX_UNITS // 2 + 1), [], [])
    assert [len(part.text) for part in parts] == [MAX_UNITS // 2, 1]


def test_the_hundred_and_first_entity_begins_another_part() -> None:
    marks: list[Mark] = [Mark(4 * n, 4 * n + 3, "bold") for n in range(MAX_ENTITIES + 1)]
    parts = split("abc " * (MAX_ENTITIES + 1), marks, [])
    assert [len(part.entities) for part in parts] == [MAX_ENTITIES, 1]


def test_cuts_prefer_blocks_then_lines_then_sentences_then_spaces() -> None:
    assert [p.text for p in split("aaa\n\nbb bb. bb", [], [5], 12)] == ["aaa", "bb bb. bb"]
    assert [p.text for p in split("aaa bbb\nbb. bb", [], [], 12)] == ["aaa bbb", "bb. bb"]
    assert [p.text for p in split("aaa bb bb. bb bb", [], [], 13)] == ["aaa bb bb.", "bb bb"]
    assert [p.text for p in split("aaa bb bbb bb", [], [], 9)] == ["aaa bb", "bbb bb"]


def test_what_reads_as_one_character_stays_together() -> None:
    assert [p.text for p in split("aaaaaae\u0301aa", [], [], 7)] == ["aaaaaa", "e\u0301aa"]
    assert [p.text for p in split("aaaa👍🏽aa", [], [], 7)] == ["aaaa", "👍🏽aa"]
    assert [p.text for p in split("aa🇮🇹🇫🇷a", [], [], 8)] == ["aa🇮🇹", "🇫🇷a"]


def test_a_label_is_not_left_behind_by_its_quotation() -> None:
    composer = Composer().block().add("x" * 30).block().add("Titolo", "bold").add("\n")
    composer.quote([("b" * 50, False)])
    parts = composer.parts(max_units=45)
    assert parts[0].text == "x" * 30
    assert parts[1].text.startswith("Titolo\nb")
