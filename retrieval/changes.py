"""What a reload says on its way, and at its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from retrieval.duplicates import Alike
from retrieval.faults import Fault
from retrieval.regression import Regression


class Step(StrEnum):
    """Where a reload is."""

    READING = "reading"
    FETCHING = "fetching"
    EMBEDDING = "embedding"
    WRITING = "writing"
    CHECKING = "checking"
    TESTING = "testing"
    SWAPPING = "swapping"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reload is: ``done`` of ``total`` passages (or links, files, test questions)."""

    step: Step
    done: int
    total: int


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or a link that was left out, and why."""

    path: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Changes:
    """What a reload did. Sources by id; ``embedded`` counts the passages embedded anew.

    ``stale`` are links that could not be read now, and keep the text they last had.
    ``alike`` are documents that say about the same as others, where one of the two is new or has
    changed. ``regression`` is there where something was built and there are questions to test it
    with. ``names`` says what people call each document.
    """

    generation: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    skipped: tuple[Skipped, ...] = ()
    stale: tuple[Skipped, ...] = ()
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0
    swapped: bool = True
    regression: Regression | None = None
    alike: tuple[Alike, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def name_of(self, id_: str) -> str:
        """What people call a document."""
        return self.names.get(id_, id_)
