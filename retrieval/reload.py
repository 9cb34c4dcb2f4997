"""Brings a store up to date with its folder of documents.

Read, compare, build a new generation beside the live one, check it, test it with the owner's
questions, swap. Vectors of passages that the live generation has already are taken from there.
Nothing that ends a reload early, an error or ``kill -9``, touches the generation that answers.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from retrieval.building import check, fill
from retrieval.changes import Changes, OnProgress, Progress, Step
from retrieval.chunking import FINGERPRINT, chunk
from retrieval.entry import Entry
from retrieval.errors import SourcesError, StoreBusyError, StoreError
from retrieval.files import hash_files
from retrieval.generations import Generation, Generations, write_sources
from retrieval.locking import Lock, LockHeldError
from retrieval.manifest import Manifest
from retrieval.settings import Settings
from retrieval.sources import Reading, read_folder
from retrieval.types import Passage, Source, SourceSummary, content_hash
from retrieval.vocabulary import WordVectors, embed_words, words_with_meaning, write_words

if TYPE_CHECKING:
    from retrieval.embedding import Embedder

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
        reading = read_folder(settings.sources, told)
        changes, up_to_date = compare(generations, reading, embedder.fingerprint)
        if rebuild or not up_to_date:
            changes = _replace(
                settings, generations, reading, changes, embedder=embedder, told=told
            )
    return replace(changes, seconds=time.perf_counter() - started)


def unchanged(generations: Generations, sources: Path, fingerprint: str) -> Changes | None:
    """Say so if a reload would have nothing to do. Cheap: needs neither model nor Chroma.

    ``fingerprint`` is the embedder's. Needs no lock.

    Raises:
        SourcesError: the folder is gone, unreadable, or holds nothing to index.
    """
    started = time.perf_counter()
    changes, up_to_date = compare(generations, read_folder(sources), fingerprint)
    return replace(changes, seconds=time.perf_counter() - started) if up_to_date else None


def compare(generations: Generations, reading: Reading, fingerprint: str) -> tuple[Changes, bool]:
    """Compare the documents with the live generation: what differs, and is it good as it is?"""
    try:
        live = generations.current()
        manifest = generations.manifest(live) if live else None
    except StoreError:
        manifest = None
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
        passages=manifest.passages if manifest else 0,
        swapped=False,
    )
    fits = manifest is not None and manifest.misfit(fingerprint) is None
    return changes, fits and len(same) == len(before) == len(after)


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
) -> Changes:
    from retrieval.embedding import inputs
    from retrieval.regression import require
    from retrieval.trial import assess, read

    name = generations.new_id()
    folder = generations.building(name)
    chunks = {source.id: chunk(source) for source in reading.sources}
    entries = [
        Entry(passage, content_hash("\0".join(inputs(passage))))
        for passages in chunks.values()
        for passage in passages
    ]
    if not entries:
        raise SourcesError("there is not one sentence in the documents: write something in them")
    folder.mkdir(parents=True)
    try:
        with _live(generations, embedder.fingerprint) as live:
            embedded = fill(folder, entries, live, embedder, told)
            words = words_with_meaning(entry.passage.text for entry in entries)
            known = live.word_vectors() if live else WordVectors()
            write_words(folder, embed_words(words, known, embedder))
            told(Progress(Step.CHECKING, 0, len(entries)))
            strays = check(folder, entries)
            told(Progress(Step.CHECKING, len(entries), len(entries)))
            write_sources(folder, reading.sources)
            manifest = Manifest(
                id=name,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                embedder=embedder.fingerprint,
                chunking=FINGERPRINT,
                passages=len(entries),
                sentences=sum(len(entry.passage.sentences) for entry in entries),
                sources=tuple(_summary(source, chunks[source.id]) for source in reading.sources),
                strays=strays,
                files=hash_files(folder),
            )
            generations.finish(manifest)
            questions, skipped = read(settings.questions)
            regression = None
            if questions:
                with closing(generations.open(name)) as new:
                    regression = assess(new, live, questions, embedder, told)
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


@contextmanager
def _live(generations: Generations, fingerprint: str) -> Iterator[Generation | None]:
    """Open the live generation if its vectors are of any use."""
    generation = None
    # One that is damaged has nothing to give.
    with suppress(StoreError):
        generation = generations.open_current()
    try:
        of_use = generation and generation.manifest.embedder == fingerprint
        yield generation if of_use else None
    finally:
        if generation:
            generation.close()


def _is_same(source: Source, before: SourceSummary) -> bool:
    return all(getattr(source, name) == getattr(before, name) for name in _COMPARED)


def _summary(source: Source, passages: Sequence[Passage]) -> SourceSummary:
    return SourceSummary(
        id=source.id,
        path=source.path,
        title=source.title,
        content_hash=source.content_hash,
        origin=source.origin,
        date=source.date,
        passages=len(passages),
        characters=len(source.text),
        author=source.author,
        link=source.link,
        kind=source.kind,
    )


def _silent(_: Progress) -> None:
    """Nobody is watching."""
