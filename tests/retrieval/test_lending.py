"""A shelf is closed when it has gone and nobody reads it any more, and not before."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from retrieval.lending import Lending


class Generation:
    """Notes when it is closed."""

    def __init__(self) -> None:
        self.closed: list[str] = []

    def close(self) -> None:
        self.closed.append("now")


def a_shelf() -> tuple[Any, Generation]:
    generation = Generation()
    return SimpleNamespace(generation=generation, readers=0, retired=False), generation


def test_a_shelf_nobody_reads_is_closed_as_soon_as_another_takes_its_place() -> None:
    lending = Lending()
    (first, of_first), (second, of_second) = a_shelf(), a_shelf()
    lending.put(first)
    assert lending.shelf is first
    lending.put(second)
    assert (of_first.closed, of_second.closed) == (["now"], [])
    lending.put(None)
    assert of_second.closed == ["now"]


def test_a_shelf_that_is_read_is_closed_by_its_last_reader() -> None:
    lending = Lending()
    shelf, generation = a_shelf()
    lending.put(shelf)
    with lending.reading() as one:
        with lending.reading() as other:
            lending.put(None)
            assert one is other is shelf
        assert generation.closed == []
        with lending.reading() as nothing:
            assert nothing is None
    assert generation.closed == ["now"]
