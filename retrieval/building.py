"""Fills a new generation with passages and their vectors, and checks it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import numpy as np

from retrieval.changes import OnProgress, Progress, Step
from retrieval.entry import Entry, read_entries, write_entries
from retrieval.errors import StoreError
from retrieval.generation import CHROMA
from retrieval.store import Store, Vectors
from retrieval.types import Passage, Source
from retrieval.vectors import VectorWriter, read_vectors, widen
from retrieval.vocabulary import WordVectors, embed_words, words_with_meaning, write_words

if TYPE_CHECKING:
    from retrieval.embedding import Embedder
    from retrieval.generation import Generation

FEW, ONE_IN = 100, 20
"""A graph is taken over as it is while what it lacks and what it has too much are together no more
than ``FEW``, or one in ``ONE_IN`` of the passages. What it lacks is compared one by one."""

_BATCH = 64  # passages embedded at a time
_WRITTEN = 1_024  # and written at a time, while others are embedded: for few, Chroma takes twice

_Rows = Iterator[tuple[str, Vectors]]
"""Names, each with a vector."""


def is_alike(donor: Generation, names: Collection[str]) -> bool:
    """Tell whether the graph of a generation will do for these passages (hashes of inputs)."""
    apart = len(donor.held.symmetric_difference(names))
    return apart <= max(FEW, len(names) // ONE_IN)


def fill(
    folder: Path,
    entries: Sequence[Entry],
    donor: Generation | None,
    embedder: Embedder,
    on_progress: OnProgress,
    *,
    takes_graph: bool,
) -> int:
    """Write passages (in order) with their vectors to a new generation, taking what ``donor`` has.

    With ``takes_graph``, Chroma's graph is the donor's: one passage of a hundred thousand should
    not cost what all of them do. Returns how many passages were embedded anew.
    """
    places: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        places.setdefault(entry.inputs_hash, []).append(number)
    known: Mapping[str, Sequence[int]] = donor.inputs() if donor else {}
    passages = [entry.passage for entry in entries]
    new = {name: passages[own[0]] for name, own in places.items() if name not in known}
    on_progress(Progress(Step.EMBEDDING, 0, len(new)))
    write_entries(folder, entries)
    with VectorWriter(folder, passages) as vectors:
        if donor:
            taken = [known.get(entry.inputs_hash, _NONE)[0] for entry in entries]
            vectors.take(donor.vectors, np.array(taken, dtype=np.int64))

        def embedded() -> _Rows:
            for name, rows in _embedded(new, embedder, on_progress):
                for number in places[name]:
                    vectors.write(number, rows)
                yield name, rows[0]

        if donor and takes_graph:
            for _ in embedded():
                pass
            copytree(donor.folder / CHROMA, folder / CHROMA)
        else:
            old = [name for name in places if name in known]
            _index(folder / CHROMA, len(places), chain(embedded(), _taken(donor, old, on_progress)))
    on_progress(Progress(Step.WRITING, len(places), len(places)))
    return len(new)


def fill_words(
    folder: Path,
    entries: Sequence[Entry],
    donor: Generation | None,
    embedder: Embedder,
    *,
    keeps_old: bool,
) -> None:
    """Write the words of passages with their vectors, taking what ``donor`` has.

    With ``keeps_old`` all words of the donor stay, so that only what is new has to be read.
    """
    known = donor.word_vectors() if donor else WordVectors()
    old = donor.inputs() if donor and keeps_old else {}
    texts = (entry.passage.text for entry in entries if entry.inputs_hash not in old)
    words = words_with_meaning(texts)
    if keeps_old:
        # How a known word is written doesn't matter: it has its vector.
        words = {word: word for word in known.words} | words
        words = {word: words[word] for word in sorted(words)}
    write_words(folder, embed_words(words, known, embedder))


def check(folder: Path, entries: Sequence[Entry], sources: Iterable[Source]) -> tuple[str, ...]:
    """Hold what a generation with a graph of its own holds against what was meant, to the letter.

    Returns the names of the vectors that a search may miss.

    Raises:
        StoreError: something is missing or different, or a search misses too much.
    """
    read = read_entries(folder, {source.id: source for source in sources})
    vectors = read_vectors(folder, [entry.passage for entry in read])
    numbers = {entry.inputs_hash: number for number, entry in enumerate(entries)}
    with closing(Store.open(folder / CHROMA)) as store:
        if read != tuple(entries) or store.names() != numbers.keys():
            raise StoreError("the new generation does not hold what was written: try again")
        rows = vectors.passages[np.fromiter(numbers.values(), np.int64, len(numbers))]
        strays = store.unreachable(list(numbers), rows)
    if len(strays) > 10 + len(numbers) // 20:
        raise StoreError(
            f"a search in the new generation misses {len(strays)} of {len(numbers)} passages: "
            "try again"
        )
    return strays


def try_graph(folder: Path, names: Collection[str], vector: Vectors) -> None:
    """See that a graph that was taken over is whole, and answers to a vector.

    Raises:
        StoreError: it is not, or does not. Chroma may also end the process, if it is damaged.
    """
    with closing(Store.open(folder / CHROMA)) as store:
        if store.names() != names or not store.nearest(vector, 1):
            raise StoreError("the graph that was taken over does not answer: try again")


_NONE = (-1,)


def _embedded(
    passages: Mapping[str, Passage], embedder: Embedder, on_progress: OnProgress
) -> Iterator[tuple[str, Vectors]]:
    """Embed passages by name: all rows of each."""
    names = list(passages)
    for start in range(0, len(names), _BATCH):
        batch = names[start : start + _BATCH]
        rows = _embed([passages[name] for name in batch], embedder)
        yield from ((name, rows[passages[name].id]) for name in batch)
        on_progress(Progress(Step.EMBEDDING, start + len(batch), len(names)))


def _taken(donor: Generation | None, names: Sequence[str], on_progress: OnProgress) -> _Rows:
    if donor:
        for start in range(0, len(names), _WRITTEN):
            on_progress(Progress(Step.WRITING, start, len(names)))
            batch = names[start : start + _WRITTEN]
            yield from zip(batch, widen(donor.rows(batch)), strict=True)


def _index(folder: Path, count: int, rows: _Rows) -> None:
    """Write named vectors to a new store, while others are on their way."""
    pending: Future[None] | None = None
    with (
        closing(Store.create(folder, count)) as store,
        ThreadPoolExecutor(1, thread_name_prefix="store") as writer,
    ):
        batch: list[tuple[str, Vectors]] = []
        for row in rows:
            batch.append(row)
            if len(batch) == _WRITTEN:
                if pending:
                    pending.result()
                pending, batch = writer.submit(_add, store, batch), []
        if pending:
            pending.result()
        if batch:
            _add(store, batch)


def _add(store: Store, rows: Sequence[tuple[str, Vectors]]) -> None:
    store.add([name for name, _ in rows], np.stack([vector for _, vector in rows]))


def _embed(passages: Sequence[Passage], embedder: Embedder) -> Mapping[str, Vectors]:
    """Embed passages and their sentences, each text once. By passage id."""
    from retrieval.embedding import inputs

    wanted = {passage.id: inputs(passage) for passage in passages}
    texts = list(dict.fromkeys(text for all_inputs in wanted.values() for text in all_inputs))
    # As they are kept, so that the graph is the same whether they are made or taken over.
    rows = embedder.encode(texts).astype(np.float16).astype(np.float32)
    number = {text: index for index, text in enumerate(texts)}
    return {name: rows[[number[text] for text in wanted[name]]] for name in wanted}
