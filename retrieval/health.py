"""How the store is: what answers, what could take its place, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.changes import Changes
from retrieval.faults import Fault


@dataclass(frozen=True, slots=True)
class Health:
    """How a library's store is.

    ``generation`` is the one that answers, "" while none does, and ``created`` when it was built
    (UTC, in ISO 8601); it holds so many ``sources`` and ``passages``. ``previous`` is the one kept
    to go back to, "" for none, and ``going_back`` what that would change, where it can be told.
    ``damaged`` says that the current one is not as it was built, so that another answers, or a copy
    in memory, or none; ``why`` says it in words for an operator, and ``hindrance`` what keeps it
    from being replaced, if anything does.
    """

    generation: str = ""
    created: str = ""
    previous: str = ""
    sources: int = 0
    passages: int = 0
    damaged: bool = False
    why: str = ""
    hindrance: Fault | None = None
    going_back: Changes | None = None
