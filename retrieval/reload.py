"""Brings a store up to date with its folder of documents.

Read, compare, build a new generation beside the live one, check it, test it with the owner's
questions, swap. Vectors of passages that the live generation has already are taken from there.
Nothing that ends a reload early, an error or ``kill -9``, touches the generation that answers.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from retrieval.backup import recover
from retrieval.building import check, fill, fill_words, is_alike, try_graph
from retrieval.changes import Changes, OnProgress, Progress, Step
from retrieval.chunking import FINGERPRINT, chunk
from retrieval.collecting import collect, forget_removed
from retrieval.comparing import baseline, compare, summaries, version_of
from retrieval.duplicates import Alike, alike, stand_ins
from retrieval.entry import Entry, in_order
from retrieval.errors import DamagedError, RefusedError, SourcesError, StoreBusyError, StoreError
from retrieval.faults import Fault, unwritable
from retrieval.files import hash_files
from retrieval.freshness import note
from retrieval.garbage import uncollected
from retrieval.generations import Generations, write_sources
from retrieval.locking import Lock, LockHeldError
from retrieval.manifest import Manifest
from retrieval.rollback import staying
from retrieval.settings import Settings
from retrieval.sources import Reading
from retrieval.types import Source, content_hash
from retrieval.vectors import widen
from retrieval.wipe import compare as wiped
from retrieval.wipe import require as require_rest

if TYPE_CHECKING:
    from retrieval.embedding import Embedder
    from retrieval.generation import Generation


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
        RefusedError: the new generation loses more of the test questions, or of what there is,
            than it may.
        StoreError: the new generation could not be built, or did not pass its checks.
        ModelError: vectors should come from a server, which fails.
    """
    started = time.perf_counter()
    told = on_progress or _silent
    with writing(settings.store) as generations:
        generations.tidy()
        reading = collect(settings, told)
        changes, up_to_date = compare(generations, reading, embedder.fingerprint)
        if not settings.asked and (kept := staying(generations, reading)):
            changes, up_to_date = kept, True
        if rebuild or not up_to_date:
            documents = version_of(reading.sources)
            try:
                changes = _replace(
                    settings.forced() if settings.accepted == documents else settings,
                    generations,
                    reading,
                    changes,
                    before=baseline(generations)[1],
                    embedder=embedder,
                    told=told,
                    afresh=rebuild,
                )
            except RefusedError as error:
                error.documents, error.changes = documents, changes
                raise
        note(settings.store, reading.sources, reading.seen)
        forget_removed(settings)
    return replace(changes, seconds=time.perf_counter() - started)


@contextmanager
def writing(store: Path) -> Iterator[Generations]:
    """Hold a store's lock, or fail at once; turn what the disk refuses into our own errors.

    Raises:
        StoreBusyError: another process is writing to this store.
        StoreError: the disk refuses.
    """
    try:
        with Lock(store / "writer.lock"):
            recover(store)
            yield Generations(store)
    except LockHeldError as error:
        owner = error.owner or "another process"
        raise StoreBusyError(
            f"the store {store} is being written by {owner}: try again when it is done"
        ) from None
    except OSError as error:
        english = f"the store {store} cannot be written: {error}: check its disk and permissions"
        raise StoreError(unwritable(error, english)) from error


def _replace(
    settings: Settings,
    generations: Generations,
    reading: Reading,
    changes: Changes,
    *,
    before: Manifest | None,
    embedder: Embedder,
    told: OnProgress,
    afresh: bool,
) -> Changes:
    from retrieval.regression import require
    from retrieval.trial import assess, read

    name = generations.new_id()
    folder = generations.building(name)
    folder.mkdir(parents=True)
    damaged: list[str] = []
    try:
        with uncollected(), _donor(generations, embedder.fingerprint, damaged) as donor:
            entries = cut(reading.sources, donor)
            if before:
                passages = (before.passages, len(entries))
                require_rest(wiped(before.sources, reading.sources, *passages), settings.max_wipe)
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
                sources=summaries(reading.sources, entries),
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
    generations.tidy(damaged)
    told(Progress(Step.SWAPPING, 2, 2))
    return replace(
        changes,
        generation=name,
        skipped=changes.skipped + skipped,
        passages=len(entries),
        embedded=embedded,
        swapped=True,
        alike=_alike(reading.sources, entries, {*changes.added, *changes.changed}),
        regression=regression,
    )


def cut(sources: Sequence[Source], donor: Generation | None) -> tuple[Entry, ...]:
    """Cut documents into passages, in order; those that a generation has already it need not.

    A document with the text of another has the passages of that one.

    Raises:
        SourcesError: there is not one passage.
    """
    from retrieval.embedding import inputs

    known: dict[str, list[Entry]] = {}
    if donor and donor.manifest.chunking == FINGERPRINT:
        for entry in donor.entries:
            known.setdefault(entry.passage.source, []).append(entry)
    entries: list[Entry] = []
    same_as = stand_ins(sources)
    for source in sources:
        if source.id in same_as:
            continue
        if donor and source.id in known and donor.source(source.id) == source:
            entries += known[source.id]
            continue
        for passage in chunk(source):
            entries.append(Entry(passage, content_hash("\0".join(inputs(passage)))))
    if not entries:
        english = "there is not one sentence in the documents: write something in them"
        raise SourcesError(Fault("no-sentence", english))
    return in_order(entries)


def _alike(
    sources: Sequence[Source], entries: Sequence[Entry], fresh: set[str]
) -> tuple[Alike, ...]:
    same = [
        Alike(first, second, 1.0)
        for second, first in stand_ins(sources).items()
        if not fresh.isdisjoint((first, second))
    ]
    return (*same, *alike((entry.passage for entry in entries), fresh))


@contextmanager
def _donor(
    generations: Generations, fingerprint: str, damaged: list[str]
) -> Iterator[Generation | None]:
    """Open the newest generation that is whole, if its vectors are of any use.

    Those that are ``damaged`` are added to the list: they have nothing to give.
    """
    for name in generations.answering():
        try:
            generation = generations.open(name)
        except DamagedError:
            damaged.append(name)
        except StoreError:
            continue
        else:
            break
    else:
        yield None
        return
    with closing(generation):
        yield generation if generation.manifest.embedder == fingerprint else None


def _silent(_: Progress) -> None:
    """Nobody is watching."""
