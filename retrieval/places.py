"""Places in sources, which outlive generations, and what is found there when they are opened again.

A place names a version of its source and characters in it. So it doesn't depend on how the source
was cut into passages.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from retrieval.types import Passage, Source


@dataclass(frozen=True, slots=True)
class Place:
    """Characters ``start`` to ``end`` of one version of a source, which ``content_hash`` names.

    ``words`` are what stands there, where it is known: they may be found again in a later version.
    """

    source: str
    content_hash: str
    start: int
    end: int
    words: str = ""


class Standing(StrEnum):
    """What has become of a place."""

    CURRENT = "current"  # its source is today as it was
    EARLIER = "earlier"  # its source has changed since; what it was is still there to read
    MOVED = "moved"  # its source has changed since; the same words stand in it today
    CHANGED = "changed"  # its source has changed since, and the words are no longer there
    GONE = "gone"  # its source isn't among the documents any more


@dataclass(frozen=True, slots=True)
class Opening:
    """A place, opened again.

    ``place`` is the one asked for, or with ``MOVED`` where its words stand today. ``passage`` is
    what surrounds it, the ``number``-th (from 1) of the ``count`` of its source; ``before`` and
    ``after`` are the places of its neighbours. With ``CHANGED`` and ``GONE`` there is none of
    this. ``source`` is the version that is shown, or with ``CHANGED`` today's.
    """

    standing: Standing
    place: Place
    source: Source | None = None
    passage: Passage | None = None
    number: int = 0
    count: int = 0
    before: Place | None = None
    after: Place | None = None
