"""What is written of a passage is read back of it, at half precision, in whatever order it came."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.embedding import Vectors, inputs
from retrieval.errors import StoreError
from retrieval.types import Passage, Span
from retrieval.vectors import FILE, VectorWriter, read_vectors, widen
from tests.retrieval.embedders import HashEmbedder

EMBEDDER = HashEmbedder()


def passages(*counts: int) -> list[Passage]:
    """One passage for each count, of so many sentences."""
    text = " ".join(f"Frase {n}." for n in range(10))
    spans = tuple(Span(n * 9, n * 9 + 8) for n in range(10))
    return [Passage(f"s{n}", 0, len(text), text, spans[:count]) for n, count in enumerate(counts)]


def rows_of(passage: Passage) -> Vectors:
    return EMBEDDER.encode([f"{passage.source} {text}" for text in inputs(passage)])


def write(folder: Path, some: list[Passage], order: list[int] | None = None) -> None:
    with VectorWriter(folder, some) as writer:
        for number in order or range(len(some)):
            writer.write(number, rows_of(some[number]))


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(0, 10), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_any_passages_come_back_in_their_places(
    tmp_path: Path, counts: list[int], chance: Random
) -> None:
    folder = tmp_path / "any"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    some = passages(*counts)
    order = sorted(range(len(some)), key=lambda _: chance.random())
    write(folder, some, order)
    found = read_vectors(folder, some)
    assert found.passages.shape == (len(some), EMBEDDER.dimensions)
    assert found.sentences.shape == (sum(counts), EMBEDDER.dimensions)
    for number, passage in enumerate(some):
        np.testing.assert_allclose(found.of(number), rows_of(passage), atol=1e-3)
        first = found.firsts[number]
        for index in range(counts[number]):
            np.testing.assert_array_equal(
                found.sentences[first + index], found.of(number)[index + 1]
            )


def test_half_precision_is_kept_as_it_is_however_often_it_is_copied(tmp_path: Path) -> None:
    some = passages(3, 2)
    write(tmp_path, some)
    before = read_vectors(tmp_path, some)
    (tmp_path / "copy").mkdir()
    with VectorWriter(tmp_path / "copy", some) as writer:
        for number in range(2):
            writer.write(number, before.of(number))
    assert (tmp_path / "copy" / FILE).read_bytes() == (tmp_path / FILE).read_bytes()


def test_it_is_mapped_and_not_read(tmp_path: Path) -> None:
    write(tmp_path, passages(3))
    found = read_vectors(tmp_path, passages(3))
    assert not found.sentences.flags.owndata
    assert not found.sentences.flags.writeable


def test_a_wrong_number_of_vectors_is_refused(tmp_path: Path) -> None:
    some = passages(3, 2)
    with (
        VectorWriter(tmp_path, some) as writer,
        pytest.raises(ValueError, match=r"vectors of shape \(3, 32\) for passage 0"),
    ):
        writer.write(0, rows_of(some[1]))


@pytest.mark.parametrize("damage", ["missing", "empty", "garbled", "cut", "other passages"])
def test_a_damaged_file_is_named(tmp_path: Path, damage: str) -> None:
    write(tmp_path, passages(3, 2) if damage != "other passages" else passages(3, 3))
    file = tmp_path / FILE
    if damage == "missing":
        file.unlink()
    elif damage != "other passages":
        whole = file.read_bytes()
        file.write_bytes({"empty": b"", "garbled": b"x" * 99, "cut": whole[:-40]}[damage])
    with pytest.raises(StoreError, match=FILE):
        read_vectors(tmp_path, passages(3, 2))


def test_every_finite_half_is_widened_to_the_same_number() -> None:
    halves = np.arange(2**16, dtype=np.uint16).view(np.float16)
    halves = halves[np.isfinite(halves)]
    np.testing.assert_array_equal(widen(halves), halves.astype(np.float32))
