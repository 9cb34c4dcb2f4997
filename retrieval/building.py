"""Fills the store of a new generation, and checks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.changes import OnProgress, Progress, Step
from retrieval.entry import Entry
from retrieval.errors import StoreError
from retrieval.generations import Generation
from retrieval.store import Store, Vectors
from retrieval.types import Passage

if TYPE_CHECKING:
    from retrieval.embedding import Embedder

_BATCH = 64  # passages embedded at a time, while the batch before them is written


def fill(
    folder: Path,
    entries: Sequence[Entry],
    donor: Generation | None,
    embedder: Embedder,
    on_progress: OnProgress,
) -> int:
    """Write passages with their vectors to a new store, taking those that ``donor`` has from it.

    Returns how many passages were embedded anew.
    """
    known = _Known(donor)
    sentences = sum(len(entry.passage.sentences) for entry in entries)
    entries = sorted(entries, key=lambda entry: entry.inputs_hash in known)  # the slow ones first
    total = sum(entry.inputs_hash not in known for entry in entries)
    store = Store.create(folder, len(entries), sentences)
    pending: Future[None] | None = None
    on_progress(Progress(Step.EMBEDDING, 0, total))
    try:
        with ThreadPoolExecutor(1, thread_name_prefix="store") as writer:
            for start in range(0, len(entries), _BATCH):
                batch = entries[start : start + _BATCH]
                reused = known.vectors([entry.inputs_hash for entry in batch])
                new = [entry.passage for entry in batch if entry.inputs_hash not in reused]
                made = _embed(new, embedder)
                if start < total:
                    done = min(start + _BATCH, total)
                    on_progress(Progress(Step.EMBEDDING, done, total))
                else:
                    on_progress(Progress(Step.WRITING, start, len(entries)))
                vectors = [
                    reused[entry.inputs_hash]
                    if entry.inputs_hash in reused
                    else made[entry.passage.id]
                    for entry in batch
                ]
                if pending:
                    pending.result()
                pending = writer.submit(store.add, batch, vectors)
            if pending:
                pending.result()
            on_progress(Progress(Step.WRITING, len(entries), len(entries)))
    finally:
        store.close()
    return total


def check(folder: Path, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Hold what a store holds against what was meant, to the letter.

    Returns the ids of the passages that a search may miss.

    Raises:
        StoreError: something is missing or different, or a search misses too much.
    """
    store = Store.open(folder)
    try:
        expected = sorted(entries, key=lambda entry: (entry.passage.source, entry.passage.start))
        sentences = sum(len(entry.passage.sentences) for entry in entries)
        if store.entries() != tuple(expected) or store.count() != (len(entries), sentences):
            raise StoreError("the new generation does not hold what was written: try again")
        strays = store.unreachable()
    finally:
        store.close()
    if len(strays) > 10 + len(entries) // 20:
        raise StoreError(
            f"a search in the new generation misses {len(strays)} of {len(entries)} passages: "
            "try again"
        )
    return strays


class _Known:
    """The vectors of a generation, by what they were made from."""

    def __init__(self, generation: Generation | None) -> None:
        self._generation = generation
        self._passages = generation.inputs() if generation else {}

    def __contains__(self, inputs_hash: str) -> bool:
        return inputs_hash in self._passages

    def vectors(self, hashes: Sequence[str]) -> Mapping[str, Vectors]:
        """Fetch those that are there, by hash."""
        wanted = {name: self._passages[name] for name in hashes if name in self._passages}
        if not self._generation or not wanted:
            return {}
        found = self._generation.vectors(wanted.values())
        return {name: found[passage] for name, passage in wanted.items()}


def _embed(passages: Sequence[Passage], embedder: Embedder) -> Mapping[str, Vectors]:
    """Embed passages and their sentences, each text once. By passage id."""
    from retrieval.embedding import inputs

    wanted = {passage.id: inputs(passage) for passage in passages}
    texts = list(dict.fromkeys(text for all_inputs in wanted.values() for text in all_inputs))
    if not texts:
        return {}
    rows = embedder.encode(texts)
    number = {text: index for index, text in enumerate(texts)}
    return {name: rows[[number[text] for text in wanted[name]]] for name in wanted}
