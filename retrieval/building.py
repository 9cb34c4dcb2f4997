"""Fills the store of a new generation, and checks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retrieval.changes import OnProgress, Progress, Step
from retrieval.entry import Entry, in_order
from retrieval.errors import StoreError
from retrieval.generations import CHROMA, Generation
from retrieval.store import Store, Vectors
from retrieval.types import Passage
from retrieval.vectors import VectorWriter, read_vectors

if TYPE_CHECKING:
    from retrieval.embedding import Embedder

_BATCH = 64  # passages embedded at a time
_WRITTEN = 1_024  # and written at a time, while others are embedded: for few, Chroma takes twice


def fill(
    folder: Path,
    entries: Sequence[Entry],
    donor: Generation | None,
    embedder: Embedder,
    on_progress: OnProgress,
) -> int:
    """Write passages with their vectors to a new generation, taking what ``donor`` has from it.

    Returns how many passages were embedded anew.
    """
    known = _Known(donor)
    entries = in_order(entries)
    total = sum(entry.inputs_hash not in known for entry in entries)
    slow_first = sorted(enumerate(entries), key=lambda item: item[1].inputs_hash in known)
    pending: Future[None] | None = None
    on_progress(Progress(Step.EMBEDDING, 0, total))
    store = Store.create(folder / CHROMA, len(entries))
    passages = [entry.passage for entry in entries]
    try:
        with (
            VectorWriter(folder, passages) as vectors,
            ThreadPoolExecutor(1, thread_name_prefix="store") as writer,
        ):

            def write(batch: Sequence[tuple[int, Entry]], rows: Sequence[Vectors]) -> None:
                for (number, _), own in zip(batch, rows, strict=True):
                    vectors.write(number, own)
                store.add([entry for _, entry in batch], np.stack([own[0] for own in rows]))

            rows: list[Vectors] = []
            for start in range(0, len(entries), _BATCH):
                batch = slow_first[start : start + _BATCH]
                rows += _rows([entry for _, entry in batch], known, embedder)
                done = start + len(batch)
                if start < total:
                    on_progress(Progress(Step.EMBEDDING, min(done, total), total))
                else:
                    on_progress(Progress(Step.WRITING, start, len(entries)))
                if len(rows) >= _WRITTEN or done == len(entries):
                    if pending:
                        pending.result()
                    pending = writer.submit(write, slow_first[done - len(rows) : done], rows)
                    rows = []
            if pending:
                pending.result()
            on_progress(Progress(Step.WRITING, len(entries), len(entries)))
    finally:
        store.close()
    return total


def check(folder: Path, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Hold what a generation holds against what was meant, to the letter.

    Returns the ids of the passages that a search may miss.

    Raises:
        StoreError: something is missing or different, or a search misses too much.
    """
    entries = in_order(entries)
    passages = [entry.passage for entry in entries]
    vectors = read_vectors(folder, passages)
    store = Store.open(folder / CHROMA)
    try:
        if store.entries() != entries or store.count() != len(entries):
            raise StoreError("the new generation does not hold what was written: try again")
        strays = store.unreachable([passage.id for passage in passages], vectors.passages)
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
        self._vectors = generation.vectors if generation else None
        self._numbers = generation.inputs() if generation else {}

    def __contains__(self, inputs_hash: str) -> bool:
        return inputs_hash in self._numbers

    def vectors(self, inputs_hash: str) -> Vectors | None:
        """Give the rows of a passage, ``None`` where they are not there."""
        if self._vectors is None or inputs_hash not in self._numbers:
            return None
        return self._vectors.of(self._numbers[inputs_hash])


def _rows(entries: Sequence[Entry], known: _Known, embedder: Embedder) -> list[Vectors]:
    """Find the vectors of passages: take those that are known, embed the others."""
    reused = [known.vectors(entry.inputs_hash) for entry in entries]
    new = [e.passage for e, rows in zip(entries, reused, strict=True) if rows is None]
    made = _embed(new, embedder)
    return [
        made[entry.passage.id] if rows is None else rows
        for entry, rows in zip(entries, reused, strict=True)
    ]


def _embed(passages: Sequence[Passage], embedder: Embedder) -> Mapping[str, Vectors]:
    """Embed passages and their sentences, each text once. By passage id."""
    from retrieval.embedding import inputs

    wanted = {passage.id: inputs(passage) for passage in passages}
    texts = list(dict.fromkeys(text for all_inputs in wanted.values() for text in all_inputs))
    if not texts:
        return {}
    # As they are kept, so that the graph is the same whether they are made or taken over.
    rows = embedder.encode(texts).astype(np.float16).astype(np.float32)
    number = {text: index for index, text in enumerate(texts)}
    return {name: rows[[number[text] for text in wanted[name]]] for name in wanted}
