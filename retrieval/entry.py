"""A passage as a store keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from retrieval.types import Passage, Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as stored. ``inputs_hash`` names the texts that its vectors were made from."""

    passage: Passage
    inputs_hash: str


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Put entries in the order that a generation numbers its passages in: by source and place."""
    return tuple(sorted(entries, key=lambda entry: (entry.passage.source, entry.passage.start)))


def metadata_of(entry: Entry) -> dict[str, str | int]:
    """Write down all of an entry but its text, in what Chroma can keep: texts and numbers."""
    passage = entry.passage
    return {
        "source": passage.source,
        "start": passage.start,
        "end": passage.end,
        "sentences": " ".join(f"{span.start}-{span.end}" for span in passage.sentences),
        "heading": passage.heading,
        "paragraph": passage.paragraph,
        "page": passage.page,
        "inputs": entry.inputs_hash,
    }


def entry_of(text: str, metadata: Mapping[str, Any]) -> Entry:
    """Read back what :func:`metadata_of` wrote down."""
    spans = (span.split("-") for span in metadata["sentences"].split())
    passage = Passage(
        source=metadata["source"],
        start=metadata["start"],
        end=metadata["end"],
        text=text,
        sentences=tuple(Span(int(start), int(end)) for start, end in spans),
        heading=metadata["heading"],
        paragraph=metadata["paragraph"],
        page=metadata["page"],
    )
    return Entry(passage, metadata["inputs"])
