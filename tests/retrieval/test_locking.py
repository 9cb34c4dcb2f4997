"""One process at a time, and the second one learns who is first."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pytest

from retrieval.locking import Lock, LockHeldError, Owner

HOLD = """
import sys
from pathlib import Path
from retrieval.locking import Lock
with Lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that has the lock."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == b"held"
        try:
            yield process
        finally:
            process.kill()


def test_the_second_process_fails_at_once_and_names_the_first(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "deep" / "writer.lock")
    with holder(tmp_path / "deep" / "writer.lock") as process:
        took = []
        for _ in range(3):  # whatever else the machine has to do now and then
            started = time.monotonic()
            with pytest.raises(LockHeldError, match=f"process {process.pid} \\(python") as caught:
                lock.acquire()
            took.append(time.monotonic() - started)
        assert median(took) < 1
    assert caught.value.owner
    assert caught.value.owner.pid == process.pid


def test_a_lock_dies_with_its_process(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    with holder(path) as process:
        os.kill(process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        process.wait()
        with Lock(path) as lock:
            owner = lock.owner()
            assert owner
            assert owner.pid == os.getpid()


def test_two_locks_in_one_process_exclude_each_other_too(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    with Lock(path), pytest.raises(LockHeldError, match=str(os.getpid())), Lock(path):
        pass
    with Lock(path):
        pass


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"pid": 1}', "\udcff"])
def test_a_lock_holds_and_says_so_without_a_readable_owner(
    tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "writer.lock"
    with holder(path):
        owner = tmp_path / "writer.lock.owner"
        if content is None:
            owner.unlink()
        else:
            owner.write_bytes(content.encode("utf-8", "surrogateescape"))
        with pytest.raises(LockHeldError, match="another process"):
            Lock(path).acquire()


def test_the_name_of_a_dead_owner_does_not_keep_anyone_out(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    with holder(path) as process:
        process.kill()
        process.wait()
    assert (tmp_path / "writer.lock.owner").exists()
    with Lock(path):
        pass
    assert not (tmp_path / "writer.lock.owner").exists()


def test_releasing_what_is_not_held_does_nothing_to_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    with Lock(path) as lock:
        Lock(path).release()
        assert lock.owner()
        with pytest.raises(LockHeldError):
            Lock(path).acquire()


def test_an_owner_names_its_host_only_where_it_is_another() -> None:
    here = Owner.this_process()
    assert str(here.pid) in str(here)
    assert here.host not in str(here).partition("(")[0]
    there = Owner(7, "elsewhere", "python -m bot", "2026-01-01T00:00:00+00:00")
    assert str(there) == ("process 7 on elsewhere (python -m bot, since 2026-01-01T00:00:00+00:00)")


def test_the_error_crosses_processes_whole() -> None:
    error = LockHeldError(Path("x"), Owner.this_process())
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.path, copy.owner, str(copy)) == (error.path, error.owner, str(error))
