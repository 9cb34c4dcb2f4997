from __future__ import annotations

import pytest
import telegram
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import (
    MAX_ENTITIES,
    check_entities,
    is_blank,
    prepare,
    utf16_length,
    utf16_offset,
    utf16_slice,
)
from bot.sandbox.errors import ApiError

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def entity(kind: str, offset: int, length: int, **fields: object) -> dict[str, object]:
    return {"type": kind, "offset": offset, "length": length, **fields}


def refusal(text: str, *entities: object) -> str:
    with pytest.raises(ApiError) as caught:
        check_entities(text, list(entities))
    assert caught.value.code == 400
    return caught.value.description


@given(TEXTS)
def test_lengths_and_slices_count_utf16_code_units(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2
    for position in range(len(text)):
        char = text[position]
        assert utf16_slice(text, utf16_offset(text, position), utf16_length(char)) == char


@given(TEXTS, st.data())
def test_an_entity_keeps_covering_the_same_words_after_cleaning(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    offset, length = utf16_offset(text, start), utf16_length(text[start:end])
    given_entities: list[object] = [entity("bold", offset, length)] if length else []
    cleaned, moved = prepare(text, given_entities, 10_000)
    alone, _ = prepare(text[start:end], None, 10_000)
    covered = utf16_slice(cleaned, moved[0]["offset"], moved[0]["length"]) if moved else ""
    assert covered.strip(" \n") == alone


@given(TEXTS)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once, _ = prepare(text, None, 10_000)
    assert prepare(once, None, 10_000)[0] == once


def test_white_space_around_a_text_goes_and_entities_move_with_it() -> None:
    text, entities = prepare(" \n😀 sì \n", [entity("bold", 5, 2)], 100)
    assert text == "😀 sì"
    assert entities == [entity("bold", 3, 2)]


def test_control_characters_become_spaces_or_go() -> None:
    assert prepare("a\tb\x00c\r\nd\u2028e", None, 100)[0] == "a b c\nde"


@given(TEXTS, st.integers(-3, 130), st.integers(-3, 130))
def test_an_entity_is_taken_exactly_when_it_covers_whole_characters(
    text: str, offset: int, length: int
) -> None:
    edges = {utf16_offset(text, position) for position in range(len(text) + 1)}
    fits = length > 0 and offset in edges and offset + length in edges
    if fits:
        assert check_entities(text, [entity("bold", offset, length)])
    else:
        refusal(text, entity("bold", offset, length))


def test_an_entity_may_not_split_a_surrogate_pair() -> None:
    assert "middle of a UTF-16 symbol" in refusal("a😀b", entity("bold", 0, 2))


def test_an_entity_may_not_end_after_the_text() -> None:
    assert "after the end of the text at UTF-16 offset 4" in refusal("a😀b", entity("bold", 1, 4))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 10)), min_size=2, max_size=6))
def test_entities_are_refused_exactly_when_two_overlap_partially(
    spans: list[tuple[int, int]],
) -> None:
    spans = [(start, min(length, 10 - start)) for start, length in spans]
    entities: list[object] = [entity("bold", *span) for span in spans]
    partial = any(a < c < a + b < c + d for a, b in spans for c, d in spans)
    if partial:
        assert "overlaps partially" in refusal("x" * 10, *entities)
    else:
        assert len(check_entities("x" * 10, entities)) == len(spans)


@pytest.mark.parametrize(
    ("outer", "inner", "allowed"),
    [
        ("blockquote", "bold", True),
        ("expandable_blockquote", "text_link", True),
        ("blockquote", "expandable_blockquote", False),
        ("expandable_blockquote", "blockquote", False),
        ("bold", "italic", True),
        ("bold", "code", False),
        ("pre", "bold", False),
        ("blockquote", "code", True),
        ("text_link", "text_mention", False),
    ],
)
def test_entities_nest_as_telegram_allows(outer: str, inner: str, *, allowed: bool) -> None:
    extra: dict[str, dict[str, object]] = {
        "text_link": {"url": "https://a.it"},
        "text_mention": {"user": {"id": 1}},
    }
    pair = [
        entity(outer, 0, 5, **extra.get(outer, {})),
        entity(inner, 1, 2, **extra.get(inner, {})),
    ]
    if allowed:
        assert check_entities("parole", [*pair]) == pair
    else:
        assert "can't be nested" in refusal("parole", *pair)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("bold", "expected an object"),
        (entity("bolt", 0, 1), "unknown type 'bolt'"),
        ({"type": "bold", "offset": 0}, 'needs the field "length"'),
        (entity("text_link", 0, 1), 'needs the field "url"'),
        (entity("bold", 0, 1, url="https://a.it"), 'has no field "url"'),
        ({"type": "bold", "offset": "0", "length": 1}, '"offset" has the wrong type'),
        (entity("bold", -1, 1), "at least 0"),
        (entity("bold", 0, 0), "positive length"),
    ],
)
def test_what_is_not_an_entity_is_refused(bad: object, reason: str) -> None:
    assert reason in refusal("parole", bad)


@pytest.mark.parametrize("kind", telegram.constants.MessageEntityType)
def test_every_type_of_telegrams_is_known(kind: str) -> None:
    extra: dict[str, dict[str, object]] = {
        "text_link": {"url": "https://a.it"},
        "text_mention": {"user": {"id": 1}},
        "custom_emoji": {"custom_emoji_id": "5"},
        "date_time": {"unix_time": 0},
    }
    assert check_entities("parole", [entity(str(kind), 0, 1, **extra.get(kind, {}))])


def test_only_the_first_hundred_entities_count() -> None:
    entities: list[object] = [entity("bold", i, 1) for i in range(120)]
    _, kept = prepare("x" * 120, entities, 200)
    assert kept == entities[:MAX_ENTITIES]


def test_length_is_counted_after_trimming_in_utf16_units() -> None:
    assert prepare("  " + "😀" * 5 + "  ", None, 10)[0] == "😀" * 5
    with pytest.raises(ApiError, match="message is too long"):
        prepare("😀" * 5 + "!", None, 10)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ApiError, match="UTF-8"):
        prepare("\ud83d", None, 10)


@pytest.mark.parametrize("text", ["", " \n", "\u200b\u00a0\ufeff"])
def test_a_text_with_nothing_to_see_is_blank(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(text + "a")
