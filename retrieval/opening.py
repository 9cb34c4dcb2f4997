"""Opening a place of a source again: the passage around it, or why there is none."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from retrieval.chunking import chunk
from retrieval.generation import Generation
from retrieval.generations import SOURCES
from retrieval.places import Opening, Place, Standing
from retrieval.types import Passage, Source
from retrieval.verification.quotes import find


def open_place(
    place: Place,
    today: Source | None,
    passages: Sequence[Passage],
    earlier: Callable[[], Source | None],
) -> Opening:
    """Open a place in ``today``'s version of its source, cut into ``passages``, in order.

    ``earlier`` gives the version that the place names, where that is another and still kept.
    """
    if today is None:
        return Opening(Standing.GONE, place)
    if today.content_hash == place.content_hash:
        return _opened(Standing.CURRENT, place, today, passages)
    if before := earlier():
        return _opened(Standing.EARLIER, place, before, chunk(before))
    if now := _today(place, today):
        return _opened(Standing.MOVED, now, today, passages)
    return Opening(Standing.CHANGED, place, today)


def open_in(generation: Generation | None, place: Place, folder: Path) -> Opening:
    """Open a place in a generation, or in another that is still kept in ``folder``."""
    today: Source | None = None
    if generation:
        with suppress(KeyError):
            today = generation.source(place.source)
    passages = passages_of(place.source, generation.passages) if generation else ()
    kept = folder.glob(f"[!.]*/{SOURCES}")
    return open_place(
        place, today, passages, lambda: kept_version(place, sorted(kept, reverse=True))
    )


def passages_of(source: str, passages: Sequence[Passage]) -> Sequence[Passage]:
    """Those of one source, among those of all, which are in the order of their sources."""
    first = bisect_left(passages, source, key=lambda passage: passage.source)
    last = bisect_right(passages, source, key=lambda passage: passage.source)
    return passages[first:last]


def kept_version(place: Place, files: Sequence[Path]) -> Source | None:
    """Look for the version of a source that a place names, in files with a source a line."""
    # Most lines needn't be read as JSON, which takes its time with large documents.
    beginning = json.dumps({"id": place.source})[:-1]
    for file in files:
        # Another process may be tidying up, and another version may have written otherwise.
        with suppress(OSError, ValueError, TypeError), file.open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith(beginning):
                    values = json.loads(line)
                    source = Source(
                        **{**values, "pages": tuple(values.get("pages", ())), "also": ()}
                    )
                    if source.id == place.source and source.content_hash == place.content_hash:
                        return source
    return None


def _opened(
    standing: Standing, place: Place, source: Source, passages: Sequence[Passage]
) -> Opening:
    if not passages:
        return Opening(Standing.CHANGED, place, source)
    # A place may reach over several passages where they are cut otherwise than they were.
    first = max(bisect_right(passages, place.start, key=lambda each: each.start) - 1, 0)
    last = max(bisect_left(passages, place.end, key=lambda each: each.start) - 1, first)
    return Opening(
        standing=standing,
        place=place,
        source=source,
        passage=_joined(source, passages[first : last + 1]),
        number=first + 1,
        count=len(passages),
        before=_place(source, passages[first - 1]) if first else None,
        after=_place(source, passages[last + 1]) if last + 1 < len(passages) else None,
    )


def _joined(source: Source, passages: Sequence[Passage]) -> Passage:
    if len(passages) == 1:
        return passages[0]
    start, end = passages[0].start, passages[-1].end
    return Passage(
        source=source.id,
        start=start,
        end=end,
        text=source.text[start:end],
        sentences=tuple(sentence for passage in passages for sentence in passage.sentences),
        heading=passages[0].heading,
        paragraph=passages[0].paragraph,
    )


def _place(source: Source, passage: Passage) -> Place:
    return Place(source.id, source.content_hash, passage.start, passage.end, passage.text)


def _today(place: Place, today: Source) -> Place | None:
    """Where the words of a place stand in another version of its source, nearest to where they did.

    Exactly, or but for kinds of white space, quotation marks and dashes, and capitals.
    """
    if not place.words.strip():
        return None
    starts = list[int]()
    at = today.text.find(place.words)
    while at >= 0:
        starts.append(at)
        at = today.text.find(place.words, at + 1)
    if starts:
        start = min(starts, key=lambda start: abs(start - place.start))
        end = start + len(place.words)
    elif found := find(place.words, today.text):
        start, end = found
    else:
        return None
    return Place(today.id, today.content_hash, start, end, today.text[start:end])
