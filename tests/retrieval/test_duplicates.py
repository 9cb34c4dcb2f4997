"""What says the same is told, however many documents there are."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from retrieval.chunking import chunk
from retrieval.duplicates import Alike, alike, stand_ins
from retrieval.source import Source
from retrieval.types import Passage

SENTENCES = [f"La stanza numero {n} della casa è chiusa a chiave." for n in range(12)]


def source(name: str, *numbers: int) -> Source:
    return Source(name, f"{name}.txt", name, " ".join(SENTENCES[n] for n in numbers))


def passages(*sources: Source) -> list[Passage]:
    return [passage for one in sources for passage in chunk(one)]


def test_the_same_text_is_the_first_ones() -> None:
    some = [source("a", 1), source("b", 2), source("c", 1), source("d", 1)]
    assert stand_ins(some) == {"c": "a", "d": "a"}


def test_documents_that_share_half_their_sentences_are_named_with_the_share() -> None:
    some = passages(source("a", *range(10)), source("b", *range(1, 11)), source("c", 10, 11))
    assert alike(some, {"a"}) == (Alike("a", "b", round(9 / 11, 3)),)
    assert alike(some, {"b"}) == alike(some, {"a"})


def test_what_is_old_is_not_told_again() -> None:
    assert alike(passages(source("a", 1, 2), source("b", 1, 2)), set()) == ()


def test_a_matter_of_form_is_none() -> None:
    some = [source(f"s{n:03}", 1) for n in range(60)]
    assert alike(passages(*some), {one.id for one in some}) == ()


@given(st.lists(st.lists(st.integers(0, 11), min_size=1, max_size=8, unique=True), max_size=6))
def test_it_is_the_share_of_different_sentences_in_common(numbers: list[list[int]]) -> None:
    some = [source(f"s{n}", *own) for n, own in enumerate(numbers)]
    found = {(pair.first, pair.second): pair.share for pair in alike(passages(*some), {"s0"})}
    for n, own in enumerate(numbers[1:], 1):
        share = len({*own} & {*numbers[0]}) / len({*own} | {*numbers[0]})
        assert found.get(("s0", f"s{n}"), 0) == (round(share, 3) if share >= 0.5 else 0)


def test_time_grows_with_the_text_alone() -> None:
    def took(count: int) -> float:
        some = passages(*(source(f"s{n}", n % 12, (n + 1) % 12) for n in range(count)))
        began = time.process_time()
        alike(some, {one.source for one in some})
        return time.process_time() - began

    took(100)
    assert took(4_000) < 40 * max(took(400), 0.001)
