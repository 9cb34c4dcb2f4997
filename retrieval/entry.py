"""The passages of a generation as it keeps them: their places, and what names their vectors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from retrieval.errors import DamagedError
from retrieval.types import Passage, Source, Span

FILE = "passages.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as kept. ``inputs_hash`` names the texts that its vectors were made from.

    It doesn't depend on where the passage stands: moved or met twice, it has the same vectors.
    """

    passage: Passage
    inputs_hash: str


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Put entries in the order that a generation numbers its passages in: by source and place."""
    return tuple(sorted(entries, key=lambda entry: (entry.passage.source, entry.passage.start)))


def write_entries(folder: Path, entries: Iterable[Entry]) -> None:
    """Keep passages in the folder of a generation being built: all but their words.

    Those are in their documents.
    """
    with (folder / FILE).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{json.dumps(_row(entry), ensure_ascii=True)}\n" for entry in entries)


def read_entries(folder: Path, sources: Mapping[str, Source]) -> tuple[Entry, ...]:
    """Read what :func:`write_entries` kept, with the words that stand in ``sources`` (by id).

    Raises:
        DamagedError: it is missing or garbled, or not of these documents.
    """
    try:
        with (folder / FILE).open(encoding="utf-8") as lines:
            return tuple(_entries(lines, sources))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DamagedError(f"{folder / FILE} is garbled ({error!r})") from None


def _row(entry: Entry) -> list[object]:
    passage = entry.passage
    spans = [place for span in passage.sentences for place in (span.start, span.end)]
    place = [passage.source, passage.start, passage.end, spans]
    return [*place, passage.heading, passage.paragraph, passage.page, entry.inputs_hash]


def _entries(lines: Iterable[str], sources: Mapping[str, Source]) -> Iterator[Entry]:
    for line in lines:
        source, start, end, spans, heading, paragraph, page, inputs_hash = json.loads(line)
        passage = Passage(
            source=source,
            start=start,
            end=end,
            text=sources[source].text[start:end],
            sentences=tuple(map(Span, spans[::2], spans[1::2])),
            heading=heading,
            paragraph=paragraph,
            page=page,
        )
        yield Entry(passage, inputs_hash)
