"""What passages and their sentences mean: the vectors of a generation, in one file.

The file holds a row for each passage, in order, and then one for each sentence, in order. It is
NumPy's own (`.npy`), so that it can be mapped into memory: a question touches the rows of its
candidates alone. Rows are kept at half precision, which halves the file and moves a cosine in its
fifth digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import DamagedError

if TYPE_CHECKING:
    from types import TracebackType

    from retrieval.embedding import Vectors
    from retrieval.types import Passage

FILE = "vectors.npy"

_TAKEN = 2_048  # passages copied at a time

_SIGN_AND_HALF = np.int32(0x0FFFE000 - 2**31)  # the bits of a single that a half can set
_LIFT = np.float32(2.0**112)  # the difference of their exponents' biases

Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """Vectors of length one: a row for each of ``passages``, and for each of ``sentences``.

    ``firsts`` is the number of each passage's first sentence, as :func:`first_sentences` gives it.
    """

    passages: Halves
    sentences: Halves
    firsts: NDArray[np.int64]

    def of(self, passage: int) -> Vectors:
        """Give the rows of a passage, by its number: one of the whole, then one a sentence."""
        own = self.sentences[self.firsts[passage] : self.firsts[passage + 1]]
        return widen(np.vstack([self.passages[passage][np.newaxis], own]))


class VectorWriter:
    """Writes the vectors of a new generation: those of each passage once, in any order.

    It writes without a memory map, so that a full disk is an error and not the end of the process.
    """

    def __init__(self, folder: Path, passages: Sequence[Passage]) -> None:
        self._firsts = first_sentences(passages)
        self._dimensions = 0  # an embedder elsewhere shows how long its vectors are with the first
        self._start = 0
        self._file = (folder / FILE).open("xb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, passage: int, rows: Vectors) -> None:
        """Write the rows of a passage, by its number: one of the whole, then one a sentence."""
        first, end = int(self._firsts[passage]), int(self._firsts[passage + 1])
        if not self._dimensions:
            self._begin(rows.shape[1])
        if rows.shape != (1 + end - first, self._dimensions):
            raise ValueError(f"vectors of shape {rows.shape} for passage {passage}")
        halves = rows.astype(np.float16)
        self._put(passage, halves[:1])
        self._put(len(self._firsts) - 1 + first, halves[1:])

    def take(self, others: PassageVectors, numbers: NDArray[np.int64]) -> None:
        """Copy what another generation has: for each passage its number there, or -1 for none."""
        known = np.flatnonzero(numbers >= 0)
        if not len(known):
            return
        if not self._dimensions:
            self._begin(others.passages.shape[1])
        # In stretches without a gap, so that each is written in one piece.
        for stretch in np.split(known, np.flatnonzero(np.diff(known) > 1) + 1):
            for start in range(0, len(stretch), _TAKEN):
                self._take(others, stretch[start : start + _TAKEN], numbers)

    def _take(
        self, others: PassageVectors, places: NDArray[np.intp], numbers: NDArray[np.int64]
    ) -> None:
        chosen = numbers[places]
        counts = others.firsts[chosen + 1] - others.firsts[chosen]
        if not np.array_equal(counts, self._firsts[places + 1] - self._firsts[places]):
            raise ValueError("the passages have other sentences than those they are taken from")
        ends = np.cumsum(counts)
        within = np.arange(int(ends[-1])) - np.repeat(ends - counts, counts)
        sentences = np.repeat(others.firsts[chosen], counts) + within
        self._put(int(places[0]), others.passages[chosen])
        first = len(self._firsts) - 1 + int(self._firsts[places[0]])
        self._put(first, others.sentences[sentences])

    def _put(self, row: int, halves: Halves) -> None:
        self._file.seek(self._start + row * self._dimensions * halves.itemsize)
        self._file.write(halves.astype("<f2", copy=False).tobytes())

    def _begin(self, dimensions: int) -> None:
        count = len(self._firsts) - 1 + int(self._firsts[-1])
        shape = {"descr": "<f2", "fortran_order": False, "shape": (count, dimensions)}
        np.lib.format.write_array_header_1_0(self._file, shape)
        self._start, self._dimensions = self._file.tell(), dimensions


def read_vectors(folder: Path, passages: Sequence[Passage]) -> PassageVectors:
    """Map the vectors of these passages into memory. Nobody may write to the file any more.

    Raises:
        DamagedError: the file is missing, garbled, or of other passages.
    """
    firsts = first_sentences(passages)
    count = len(passages)
    rows = map_rows(folder / FILE, count + int(firsts[-1]))
    return PassageVectors(rows[:count], rows[count:], firsts)


def map_rows(file: Path, count: int) -> Halves:
    """Map a file of so many rows at half precision into memory.

    Raises:
        DamagedError: it is missing or garbled, or holds something else.
    """
    try:
        rows: Halves = np.asarray(np.load(file, mmap_mode="r", allow_pickle=False))
    except (OSError, EOFError, ValueError) as error:
        raise DamagedError(f"{file} is damaged ({error})") from None
    if rows.dtype != np.float16 or rows.ndim != 2 or len(rows) != count:
        raise DamagedError(f"{file} holds {rows.dtype} {rows.shape}, not {count} rows")
    return rows


def widen(halves: Halves) -> Vectors:
    """Turn finite numbers of half precision into single precision: six times as quick as NumPy.

    A half's bits, moved to where a single has them, mean a number 2 ** 112 times too small.
    """
    bits = halves.view(np.int16).astype(np.int32)  # copies the sign into all bits above
    bits <<= 13
    bits &= _SIGN_AND_HALF
    wide = bits.view(np.float32)
    wide *= _LIFT
    return wide


def first_sentences(passages: Sequence[Passage]) -> NDArray[np.int64]:
    """Number the sentences through: that of each passage's first, and at the end their count."""
    return np.cumsum([0, *(len(passage.sentences) for passage in passages)], dtype=np.int64)
