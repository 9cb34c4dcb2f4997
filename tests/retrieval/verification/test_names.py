"""Names, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given

from retrieval.verification.names import names
from retrieval.verification.prose import read
from tests.retrieval.texts import texts


def canonical(text: str) -> set[str]:
    return {name.canonical for name in names(read(text)) if not name.is_word}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("in Giappone", "Japanese offices"),
        ("negli Stati Uniti", "the United States"),
        ("statunitense", "the US"),
        ("l'Unione europea", "the EU"),
        ("l'Onu", "the United Nations"),
        ("manoscritti medievali", "in the Middle Ages"),
        ("a Lipsia", "in Leipzig"),
    ],
)
def test_a_name_is_the_same_in_both_languages(one: str, other: str) -> None:
    assert canonical(one) & canonical(other)


def test_different_countries_stay_different() -> None:
    assert not canonical("la Corea del Sud") & canonical("North Korea")
    assert not canonical("la Svizzera") & canonical("Sweden")


def test_a_common_word_that_opens_a_sentence_is_no_name() -> None:
    assert canonical("Services are free. Buses run.") == set()
    assert canonical("Parla Stoltenberg") == {"stoltenberg"}


def test_small_words_are_no_countries() -> None:
    assert canonical("lei usa un treno e lo dice a us who") == set()


@given(texts)
def test_no_text_confuses_it(text: str) -> None:
    prose = read(text)
    for name in names(prose):
        assert 0 <= name.first <= name.last < len(prose.tokens)
