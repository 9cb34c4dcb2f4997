"""Brings a store up to date with its folder of documents.

Read, compare, build a new generation beside the live one, check it, test it with the owner's
questions, swap. Vectors of passages that the live generation has already are taken from there.
Nothing that ends a reload early, an error or ``kill -9``, touches the generation that answers.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from retrieval.building import check, fill, fill_words, is_alike, try_graph
from retrieval.changes import Changes, OnProgress, Progress, Step
from retrieval.chunking import FINGERPRINT, chunk
from retrieval.collecting import collect
from retrieval.entry import Entry, in_order
from retrieval.errors import DamagedError, SourcesError, StoreBusyError, StoreError
from retrieval.files import hash_files
from retrieval.freshness import note
from retrieval.garbage import uncollected
from retrieval.generations import Generations, write_sources
from retrieval.locking import Lock, LockHeldError
from retrieval.manifest import Manifest
from retrieval.settings import Settings
from retrieval.sources import Reading
from retrieval.types import Source, SourceSummary, content_hash
from retrieval.vectors import widen

if TYPE_CHECKING:
    from retrieval.embedding import Embedder
    from retrieval.generation import Generation

_COMPARED = ("path", "title", "origin", "date", "author", "link", "kind", "content_hash")


def reload(
    settings: Settings,
    embedder: Embedder,
    on_progress: OnProgress | None = None,
    *,
    rebuild: bool = False,
) -> Changes:
    """Build and swap in a new generation, in this process, if the documents have changed.

    Also where the live one does not fit ``embedder`` or today's chunking, or is damaged; with
    ``rebuild``, always (for one that looks whole but does not open). A questions file that can't
    be read is reported as skipped, and tests nothing.

    Raises:
        StoreBusyError: another process is writing to this store. Raised at once.
        SourcesError: the folder is gone, unreadable, or holds nothing to index.
        RegressionError: the new generation loses more of the test questions than it may.
        StoreError: the new generation could not be built, or did not pass its checks.
        ModelError: vectors should come from a server, which fails.
    """
    started = time.perf_counter()
    told = on_progress or _silent
    with writing(settings.store) as generations:
        generations.tidy()
        reading = collect(settings, told)
        changes, up_to_date = compare(generations, reading, embedder.fingerprint)
        if rebuild or not up_to_date:
            changes = _replace(
                settings,
                generations,
                reading,
                changes,
                embedder=embedder,
                told=told,
                afresh=rebuild,
            )
        note(settings.store, reading.sources, reading.seen)
    return replace(changes, seconds=time.perf_counter() - started)


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
    before = {} if manifest is None else {source.id: source for source in manifest.sources}
    after = {source.id: source for source in reading.sources}
    same = [name for name in after if name in before and _is_same(after[name], before[name])]
    changes = Changes(
        generation=manifest.id if manifest else "",
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted((after.keys() & before.keys()) - set(same))),
        removed=tuple(sorted(before.keys() - after.keys())),
        unchanged=len(same),
        skipped=reading.skipped,
        stale=reading.stale,
        passages=manifest.passages if manifest else 0,
        swapped=False,
    )
    fits = manifest is not None and manifest.id == live and not manifest.misfit(fingerprint)
    is_same = fits and len(same) == len(before) == len(after)
    return changes, is_same and generations.is_whole(changes.generation)


def baseline(generations: Generations) -> tuple[str | None, Manifest | None]:
    """Give the name of the current generation, and the newest manifest that can be read."""
    live = None
    with suppress(DamagedError):
        live = generations.current()
    for name in generations.answering():
        with suppress(StoreError):
            return live, generations.manifest(name)
    return live, None


@contextmanager
def writing(store: Path) -> Iterator[Generations]:
    """Hold a store's lock, or fail at once; turn what the disk refuses into our own errors.

    Raises:
        StoreBusyError: another process is writing to this store.
        StoreError: the disk refuses.
    """
    try:
        with Lock(store / "writer.lock"):
            yield Generations(store)
    except LockHeldError as error:
        owner = error.owner or "another process"
        raise StoreBusyError(
            f"the store {store} is being written by {owner}: try again when it is done"
        ) from None
    except OSError as error:
        raise StoreError(
            f"the store {store} cannot be written: {error}: check its disk and permissions"
        ) from error


def _replace(
    settings: Settings,
    generations: Generations,
    reading: Reading,
    changes: Changes,
    *,
    embedder: Embedder,
    told: OnProgress,
    afresh: bool,
) -> Changes:
    from retrieval.regression import require
    from retrieval.trial import assess, read

    name = generations.new_id()
    folder = generations.building(name)
    folder.mkdir(parents=True)
    try:
        with uncollected(), _donor(generations, embedder.fingerprint) as donor:
            entries = cut(reading.sources, donor)
            takes_graph = (
                donor is not None
                and not afresh
                and is_alike(donor, {entry.inputs_hash for entry in entries})
            )
            embedded = fill(folder, entries, donor, embedder, told, takes_graph=takes_graph)
            fill_words(folder, entries, donor, embedder, keeps_old=takes_graph)
            write_sources(folder, reading.sources)
            told(Progress(Step.CHECKING, 0, len(entries)))
            if donor and takes_graph:
                # All that it finds was found when it was built.
                strays, indexed = donor.manifest.strays, donor.manifest.indexed
                try_graph(folder, donor.held, widen(donor.vectors.passages[:1])[0])
            else:
                strays = check(folder, entries, reading.sources)
                indexed = len({entry.inputs_hash for entry in entries})
            manifest = Manifest(
                id=name,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                embedder=embedder.fingerprint,
                chunking=FINGERPRINT,
                passages=len(entries),
                sentences=sum(len(entry.passage.sentences) for entry in entries),
                indexed=indexed,
                sources=_summaries(reading.sources, entries),
                strays=strays,
                files=hash_files(folder),
            )
            told(Progress(Step.CHECKING, len(entries), len(entries)))
            generations.finish(manifest)
            questions, skipped = read(settings.questions)
            regression = None
            if questions:
                with closing(generations.open(name)) as new:
                    regression = assess(new, donor, questions, embedder, told)
                require(regression, settings.max_loss, settings.questions)
        told(Progress(Step.SWAPPING, 0, 2))
    except BaseException:
        for left in (folder, generations.folder / name):
            rmtree(left, ignore_errors=True)
        raise
    generations.swap(name)
    told(Progress(Step.SWAPPING, 1, 2))
    generations.tidy()
    told(Progress(Step.SWAPPING, 2, 2))
    return replace(
        changes,
        generation=name,
        skipped=changes.skipped + skipped,
        passages=len(entries),
        embedded=embedded,
        swapped=True,
        regression=regression,
    )


def cut(sources: Sequence[Source], donor: Generation | None) -> tuple[Entry, ...]:
    """Cut documents into passages, in order; those that a generation has already it need not.

    Raises:
        SourcesError: there is not one passage.
    """
    from retrieval.embedding import inputs

    known: dict[str, list[Entry]] = {}
    if donor and donor.manifest.chunking == FINGERPRINT:
        for entry in donor.entries:
            known.setdefault(entry.passage.source, []).append(entry)
    entries: list[Entry] = []
    for source in sources:
        if donor and source.id in known and donor.source(source.id) == source:
            entries += known[source.id]
            continue
        for passage in chunk(source):
            entries.append(Entry(passage, content_hash("\0".join(inputs(passage)))))
    if not entries:
        raise SourcesError("there is not one sentence in the documents: write something in them")
    return in_order(entries)


@contextmanager
def _donor(generations: Generations, fingerprint: str) -> Iterator[Generation | None]:
    """Open the newest generation that is whole, if its vectors are of any use."""
    for name in generations.answering():
        # One that is damaged has nothing to give.
        with suppress(StoreError):
            generation = generations.open(name)
            break
    else:
        yield None
        return
    with closing(generation):
        yield generation if generation.manifest.embedder == fingerprint else None


def _is_same(source: Source, before: SourceSummary) -> bool:
    return all(getattr(source, name) == getattr(before, name) for name in _COMPARED)


def _summaries(sources: Iterable[Source], entries: Iterable[Entry]) -> tuple[SourceSummary, ...]:
    counts = Counter(entry.passage.source for entry in entries)
    return tuple(
        SourceSummary(
            id=source.id,
            path=source.path,
            title=source.title,
            content_hash=source.content_hash,
            origin=source.origin,
            date=source.date,
            passages=counts[source.id],
            characters=len(source.text),
            author=source.author,
            link=source.link,
            kind=source.kind,
        )
        for source in sources
    )


def _silent(_: Progress) -> None:
    """Nobody is watching."""
