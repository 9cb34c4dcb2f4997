"""What a model proposes to say: claims as it wrote them, before anything of them was checked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a model says its words stand: the number of a passage, from 1 as shown, and a quote."""

    passage: int
    quote: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim as a model wrote it, before anything of it was checked."""

    text: str
    citations: tuple[Citation, ...] = ()
