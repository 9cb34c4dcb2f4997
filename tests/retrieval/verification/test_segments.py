"""The parts of a sentence."""

from __future__ import annotations

from hypothesis import given

from retrieval.verification.prose import read
from retrieval.verification.segments import segment_of, segments
from tests.retrieval.texts import texts

LONGEST = 6_000
"""Characters that are compared with a claim at most."""


def parts(text: str) -> list[tuple[str, bool]]:
    prose = read(text)
    return [
        (text[prose.tokens[p.start].start : prose.tokens[p.end - 1].end], p.is_own)
        for p in segments(prose)
    ]


def test_a_sentence_is_parted_where_somebody_else_comes_in() -> None:
    assert parts("The garden closes at six, and the house is open until eight.") == [
        ("The garden closes at six", True),
        ("and the house is open until eight", True),
    ]


def test_a_part_without_a_subject_goes_on_about_the_same() -> None:
    assert [own for _, own in parts("La torre è alta ma non è antica.")] == [True, False]


def test_a_part_that_begins_with_its_verb_has_no_subject() -> None:
    assert parts("È nata nel 1993.") == [("È nata nel 1993", False)]


@given(texts)
def test_parts_cover_all_words_once(text: str) -> None:
    prose = read(text[:LONGEST])
    found = segments(prose)
    covered = [(n, k) for k, part in enumerate(found) for n in range(part.start, part.end)]
    assert [n for n, _ in covered] == list(range(len(prose.tokens)))
    assert all(part.start <= part.verb <= part.end for part in found)
    assert all(segment_of(prose, n) == k for n, k in covered)
