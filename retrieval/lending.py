"""Lends the shelf that answers, and closes one that has gone once the last reader is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.shelf import Shelf


class Lending:
    """The shelf that answers, ``None`` while there is none. Thread-safe."""

    def __init__(self) -> None:
        self._shelf: Shelf | None = None
        self._lock = Lock()

    @property
    def shelf(self) -> Shelf | None:
        """The shelf, for a look at what never changes in it."""
        return self._shelf

    @contextmanager
    def reading(self) -> Iterator[Shelf | None]:
        """Lend the shelf: it stays open meanwhile, whatever takes its place."""
        with self._lock:
            shelf = self._shelf
            if shelf:
                shelf.readers += 1
        try:
            yield shelf
        finally:
            if shelf:
                with self._lock:
                    shelf.readers -= 1
                    done = shelf.retired and not shelf.readers
                if done:
                    shelf.generation.close()

    def put(self, shelf: Shelf | None) -> None:
        """Lend this one from now on; the one before is closed when nobody reads it any more."""
        with self._lock:
            before, self._shelf = self._shelf, shelf
            if before is None:
                return
            before.retired = True
            done = not before.readers
        if done:
            before.generation.close()
