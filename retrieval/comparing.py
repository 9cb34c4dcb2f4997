"""What differs between the documents and the generation that answers."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from retrieval.changes import Changes, Progress
from retrieval.collecting import collect
from retrieval.duplicates import stand_ins
from retrieval.entry import Entry
from retrieval.errors import DamagedError, StoreError
from retrieval.generations import Generations
from retrieval.manifest import Manifest
from retrieval.settings import Settings
from retrieval.sources import Reading
from retrieval.types import Source, SourceSummary, content_hash

_COMPARED = ("path", "title", "origin", "date", "author", "link", "kind", "content_hash")


def unchanged(generations: Generations, settings: Settings, fingerprint: str) -> Changes | None:
    """Say so if a reload would have nothing to do. Cheap: needs no model, Chroma or network.

    ``fingerprint`` is the embedder's. Links are taken as they were last fetched. Needs no lock.

    Raises:
        SourcesError: the folder is gone, unreadable, or holds nothing to index.
    """
    started = time.perf_counter()
    changes, up_to_date = compare(generations, collect(settings, _silent, fetch=False), fingerprint)
    return replace(changes, seconds=time.perf_counter() - started) if up_to_date else None


def compare(generations: Generations, reading: Reading, fingerprint: str) -> tuple[Changes, bool]:
    """Compare the documents with the live generation: what differs, and is it good as it is?"""
    live, manifest = baseline(generations)
    changes = differences(manifest, reading)
    fits = manifest is not None and manifest.id == live and not manifest.misfit(fingerprint)
    is_same = fits and not (changes.added or changes.changed or changes.removed)
    return changes, is_same and generations.is_whole(changes.generation)


def differences(manifest: Manifest | None, reading: Reading) -> Changes:
    """Tell what differs between the documents and a generation."""
    changes = _from_to(manifest.sources if manifest else (), reading.sources)
    return replace(
        changes,
        generation=manifest.id if manifest else "",
        skipped=reading.skipped,
        stale=reading.stale,
        passages=manifest.passages if manifest else 0,
    )


def going_back(current: Manifest, previous: Manifest) -> Changes:
    """Tell what the generation before has otherwise than the one that answers."""
    changes = _from_to(current.sources, previous.sources)
    return replace(changes, generation=previous.id, passages=previous.passages)


def _from_to(
    sources: Sequence[Source | SourceSummary], others: Sequence[Source | SourceSummary]
) -> Changes:
    before = {source.id: source for source in sources}
    after = {source.id: source for source in others}
    same = [name for name in after if name in before and _is_same(after[name], before[name])]
    return Changes(
        generation="",
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted((after.keys() & before.keys()) - set(same))),
        removed=tuple(sorted(before.keys() - after.keys())),
        unchanged=len(same),
        swapped=False,
        names=names_of((*sources, *others)),
    )


def version_of(sources: Sequence[Source]) -> str:
    """Name these very documents: any that is added, gone or changed makes another name."""
    told = (f"{source.id}\0{source.content_hash}" for source in sources)
    return content_hash("\n".join(sorted(told)))


def names_of(sources: Iterable[Source | SourceSummary]) -> dict[str, str]:
    """What to call each document, by its id: its title, with the id where others have it too.

    Of two with the same id, the later one counts.
    """
    titles = {source.id: source.title for source in sources}
    times = Counter(titles.values())
    return {
        id_: title if times[title] == 1 else f"{title} ({id_})" for id_, title in titles.items()
    }


def baseline(generations: Generations) -> tuple[str | None, Manifest | None]:
    """Give the name of the current generation, and the newest manifest that can be read."""
    live = None
    with suppress(DamagedError):
        live = generations.current()
    for name in generations.answering():
        with suppress(StoreError):
            return live, generations.manifest(name)
    return live, None


def summaries(sources: Sequence[Source], entries: Iterable[Entry]) -> tuple[SourceSummary, ...]:
    """Say of each document what a manifest does."""
    counts = Counter(entry.passage.source for entry in entries)
    same_as = stand_ins(sources)

    return tuple(
        SourceSummary(
            id=source.id,
            path=source.path,
            title=source.title,
            content_hash=source.content_hash,
            origin=source.origin,
            date=source.date,
            passages=counts[same_as.get(source.id, source.id)],
            characters=len(source.text),
            author=source.author,
            link=source.link,
            kind=source.kind,
            same_as=same_as.get(source.id, ""),
        )
        for source in sources
    )


def _is_same(source: Source | SourceSummary, before: Source | SourceSummary) -> bool:
    return all(getattr(source, name) == getattr(before, name) for name in _COMPARED)


def _silent(_: Progress) -> None:
    """Nobody is watching."""
