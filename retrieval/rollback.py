"""Going back to the generation before, and staying there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from retrieval.changes import Changes
from retrieval.comparing import differences
from retrieval.errors import StoreError
from retrieval.faults import Fault
from retrieval.generations import Generations
from retrieval.sources import Reading


def roll_back(generations: Generations, fingerprint: str) -> str:
    """Let the generation before the current one answer, after a check; returns its id.

    The caller holds the writer's lock. ``fingerprint`` is the embedder's. The one that gives way is
    kept until the next swap.

    Raises:
        DamagedError: the one before is damaged.
        StoreError: there is none, or it doesn't fit this embedder or today's chunking.
    """
    current, previous = generations.current(), generations.previous()
    if not current or not previous:
        raise StoreError("there is no earlier generation to go back to: change the documents")
    generations.verify(previous)
    if misfit := generations.manifest(previous).misfit(fingerprint):
        english = f"generation {previous} can't answer any more: {misfit}"
        raise StoreError(Fault("misfit", english))
    generations.hold_back(current)
    generations.swap(previous)
    return previous


def staying(generations: Generations, reading: Reading) -> Changes | None:
    """Say that nothing has changed since somebody went back, ``None`` if something has.

    Documents that are as in the generation that gave way shouldn't come forward by themselves.
    """
    held, current = generations.held_back(), generations.current()
    if not held or not current:
        return None
    with suppress(StoreError):
        changes = differences(generations.manifest(held), reading)
        if not (changes.added or changes.changed or changes.removed):
            passages = generations.manifest(current).passages
            return replace(changes, generation=current, passages=passages)
    return None
