"""One bot a state."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.errors import StateBusyError, StateError
from bot.ownership import lock_file, owning


def test_a_second_bot_is_told_who_the_first_is(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/state.sqlite3"
    told = pytest.raises(StateBusyError, match=f"process {os.getpid()}.*STATE_URL")
    with owning(url), told, owning(url):
        raise AssertionError("two owners")
    with owning(url):
        pass


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    url = f"sqlite+aiosqlite:///{tmp_path}/file/state.sqlite3"
    with pytest.raises(StateError, match="STATE_URL"), owning(url):
        raise AssertionError("owned")


def test_the_lock_of_a_server_is_named_without_its_password() -> None:
    url = "postgresql+asyncpg://me:sesame@host/db"
    assert "sesame" not in str(lock_file(url))
    assert lock_file(url) != lock_file(url + "2")
    assert lock_file(url).parent == Path("var")


def test_a_file_has_one_lock_by_whatever_name(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "state.sqlite3").touch()
    (tmp_path / "link.sqlite3").symlink_to(tmp_path / "data" / "state.sqlite3")
    real, link = (
        lock_file(f"sqlite+aiosqlite:///{tmp_path}/{name}")
        for name in ("data/../data/state.sqlite3", "link.sqlite3")
    )
    assert real == link == (tmp_path / "data" / "state.sqlite3.lock").resolve()
