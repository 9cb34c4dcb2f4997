"""What goes into Chroma comes out of it again, and nothing of Chroma comes with it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from retrieval.errors import StoreError
from retrieval.store import Store
from tests.retrieval.embedders import HashEmbedder

EMBEDDER = HashEmbedder()


def names(count: int) -> list[str]:
    return [f"hash {n:04}" for n in range(count)]


def write(folder: Path, some: Sequence[str]) -> None:
    store = Store.create(folder, len(some))
    store.add(some, EMBEDDER.encode(some))
    store.close()


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    write(tmp_path / "chroma", names(30))
    store = Store.open(tmp_path / "chroma")
    yield store
    store.close()


def test_what_was_written_is_there(store: Store) -> None:
    assert store.count() == 30
    assert store.names() == frozenset(names(30))


def test_the_nearest_come_best_first_with_their_cosines(store: Store) -> None:
    rows = EMBEDDER.encode(names(30))
    query = EMBEDDER.encode(["una domanda"])[0]
    found = store.nearest(query, 5)
    best = np.argsort(-(rows @ query))[:5]
    assert [name for name, _ in found] == [names(30)[index] for index in best]
    np.testing.assert_allclose([cosine for _, cosine in found], (rows @ query)[best], atol=1e-5)


def test_asking_for_more_than_there_are_gives_all_of_them(store: Store) -> None:
    query = EMBEDDER.encode(["una domanda"])[0]
    assert len(store.nearest(query, 1_000)) == 30
    assert store.nearest(query, 0) == []


def test_more_than_are_read_at_a_time_are_all_there(tmp_path: Path) -> None:
    count = 5_003
    rows = np.random.default_rng(1).standard_normal((count, 2), dtype=np.float32)
    store = Store.create(tmp_path / "chroma", count, neighbours=2, effort=1)
    try:
        store.add(names(count), rows)
        assert store.names() == frozenset(names(count))
    finally:
        store.close()


def test_everything_is_reachable_even_among_much_that_is_equal(tmp_path: Path) -> None:
    rows = EMBEDDER.encode(["sempre lo stesso"] * 200)
    store = Store.create(tmp_path / "chroma", 200)
    store.add(names(200), rows)
    try:
        assert store.unreachable(names(200), rows) == ()
    finally:
        store.close()


def test_what_a_poor_graph_does_not_lead_to_is_named(tmp_path: Path) -> None:
    some, rows = names(500), EMBEDDER.encode(names(500))
    store = Store.create(tmp_path / "chroma", 500, neighbours=2, effort=1)
    store.add(some, rows)
    try:
        lost = store.unreachable(some, rows)
        assert lost
        for name in lost[:20]:
            assert name not in dict(store.nearest(rows[some.index(name)], 10))
    finally:
        store.close()


def test_a_lost_index_is_noticed_though_chroma_says_nothing(tmp_path: Path) -> None:
    write(tmp_path / "chroma", names(30))
    for index in (tmp_path / "chroma").glob("*/"):
        shutil.rmtree(index)
    store = Store.open(tmp_path / "chroma")
    try:
        assert store.count() == 30
        lost = store.unreachable(names(30), EMBEDDER.encode(names(30)))
        assert len(lost) > 20
        assert len(store.nearest(EMBEDDER.encode(["una domanda"])[0], 30)) < 30
    finally:
        store.close()


@pytest.mark.parametrize("count", [1, 2, 3, 200])
def test_reading_changes_not_a_byte(tmp_path: Path, count: int) -> None:
    folder = tmp_path / "chroma"
    write(folder, names(count))
    before = files(folder)
    store = Store.open(folder)
    store.names()
    store.nearest(EMBEDDER.encode(["una domanda"])[0], 5)
    store.close()
    assert files(folder) == before


def test_what_was_written_takes_no_more_room_than_it_needs(tmp_path: Path) -> None:
    write(tmp_path / "chroma", names(2_000))
    with closing(sqlite3.connect(tmp_path / "chroma" / "chroma.sqlite3")) as database:
        assert database.execute("PRAGMA freelist_count").fetchone() == (0,)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts open files by /proc")
def test_closing_gives_the_files_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    write(tmp_path / "chroma", names(5))

    def is_open() -> bool:
        links = Path("/proc/self/fd").iterdir()
        return any(str(tmp_path) in os.path.realpath(link) for link in links)

    for _ in range(3):
        store = Store.open(tmp_path / "chroma")
        store.nearest(EMBEDDER.encode(["una domanda"])[0], 5)
        assert is_open()
        store.close()
        store.close()
        deadline = time.monotonic() + 10
        while is_open() and time.monotonic() < deadline:  # SQLite's are closed by a thread
            time.sleep(0.01)
        assert not is_open()
        assert [path.name for path in tmp_path.iterdir()] == ["chroma"]


def test_one_folder_may_be_open_twice_in_a_process(tmp_path: Path) -> None:
    write(tmp_path / "chroma", names(5))
    first, second = Store.open(tmp_path / "chroma"), Store.open(tmp_path / "chroma")
    first.close()
    assert second.names() == frozenset(names(5))
    second.close()


def test_a_closed_store_says_so_in_our_own_error(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError, match="is closed: open it again"):
        store.nearest(EMBEDDER.encode(["una domanda"])[0], 5)


def test_what_is_not_a_store_is_not_made_into_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="retrieval index"):
        Store.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_garbled_database_is_our_own_error(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"garbage" * 1000)
    with pytest.raises(StoreError, match="retrieval index") as caught:
        Store.open(tmp_path)
    assert caught.value.fault.code == "store"


def test_what_fails_on_a_full_disk_is_put_down_to_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"garbage" * 1000)
    full = shutil.disk_usage(tmp_path)._replace(free=4096)
    monkeypatch.setattr("retrieval.store.disk_usage", lambda _: full)
    with pytest.raises(StoreError) as caught:
        Store.open(tmp_path)
    assert caught.value.fault.code == "disk-full"


def test_a_query_of_other_dimensions_is_our_own_error(store: Store) -> None:
    with pytest.raises(StoreError, match="dimension"):
        store.nearest(np.ones(7, dtype=np.float32), 5)


def test_settings_of_chroma_are_not_taken_from_our_env_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("CHROMA_API_IMPL=chromadb.api.fastapi.FastAPI\nIS_PERSISTENT=no")
    write(tmp_path / "chroma", names(1))
    assert (tmp_path / "chroma" / "chroma.sqlite3").is_file()
