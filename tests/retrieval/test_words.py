"""Words are found, folded, stemmed, and told apart by language."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.types import Language
from retrieval.words import detect_language, fold, is_known, split, stem, words
from tests.retrieval.texts import texts


@given(texts)
def test_a_word_stands_where_it_says(text: str) -> None:
    found = words(text)
    assert [text[word.start : word.end] for word in found] == [word.text for word in found]
    assert [word.text for word in found] == split(text)
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_no_letter_folds_to_nothing() -> None:
    letters = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    assert not [letter for letter in letters if words(letter) and not words(letter)[0].folded]


@given(texts)
def test_every_word_has_a_stem_in_either_language(text: str) -> None:
    for word in words(text):
        assert stem(word.folded, "it")
        assert stem(word.folded, "en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'ufficio di Tokyo", ["L", "ufficio", "di", "Tokyo"]),
        ("1.000,50 euro", ["1.000,50", "euro"]),
        ("nel 2023.", ["nel", "2023"]),
        ("G7 e G20", ["G", "7", "e", "G", "20"]),
        ("un_nome-doppio", ["un", "nome", "doppio"]),
        ("👍 … ?!", []),
    ],
)
def test_words_and_numbers_are_found(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("Perché", "perche"), ("È", "e"), ("STRASSE", "straße"), ("e\u0301", "é"), ("ﬁne", "fine")],
)
def test_capitals_and_accents_are_forgotten(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("ufficio", "uffici", "it"),
        ("giapponese", "giapponesi", "it"),
        ("members", "member", "en"),
        ("opening", "opened", "en"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str, language: Language) -> None:
    assert stem(one, language) == stem(other, language)


def test_numbers_are_their_own_stem() -> None:
    assert stem("1.000", "it") == "1.000"


def test_stems_are_the_same_from_many_threads_at_once() -> None:
    asked = [f"membr{letter}{n}" for n in range(200) for letter in "aeio"]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda word: stem(word, "it"), asked * 4))
    assert found == [stem(word, "it") for word in asked] * 4


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Quanti membri ha la NATO?", "it"),
        ("Perché la Cina è contraria?", "it"),
        ("Dove si terrà il vertice di luglio?", "it"),
        ("How many members does NATO have?", "en"),
        ("Who is the foreign minister of Japan?", "en"),
        ("Tell me about the Tokyo office", "en"),
    ],
)
@pytest.mark.parametrize("default", ["it", "en"])
def test_the_two_languages_are_told_apart(text: str, language: str, default: Language) -> None:
    assert detect_language(text, default) == language


@pytest.mark.parametrize(
    "word", ["pane", "Pane", "PERCHÉ", "perche", "bicycle", "uffici", "members", "nacque", "quanti"]
)
def test_words_and_their_forms_are_known_in_both_languages(word: str) -> None:
    assert is_known(word)


@pytest.mark.parametrize("word", ["asdf", "qwerty", "zxcv", "Brambillasconi", "北約"])
def test_what_is_in_no_dictionary_is_not_known(word: str) -> None:
    assert not is_known(word)


@given(texts)
def test_any_word_is_known_or_not_without_an_error(text: str) -> None:
    assert all(is_known(word.text) in (True, False) for word in words(text))


@pytest.mark.parametrize("text", ["", "???", "12345", "😀"])
def test_where_words_do_not_say_the_default_does(text: str) -> None:
    assert detect_language(text) == "it"
    assert detect_language(text, "en") == "en"


@given(st.text())
def test_any_text_has_a_language(text: str) -> None:
    assert detect_language(text) in ("it", "en")
