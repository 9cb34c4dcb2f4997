"""One bot a state: two would answer every question twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.errors import StateBusyError, StateError
from bot.state import sqlite_file
from retrieval import Lock, LockHeldError


def lock_file(url: str) -> Path:
    """Where the lock on a state is: beside a SQLite file, otherwise below ``var``.

    A SQLite file has one lock whichever way it is named. Other databases are guarded only among
    bots started in the same folder; beyond that, Telegram lets one alone ask for a bot's updates.
    """
    file = sqlite_file(url)
    if file:
        file = file.resolve()
        return file.with_name(f"{file.name}.lock")
    name = hashlib.sha256(url.encode()).hexdigest()[:16]
    return Path("var") / f"state-{name}.lock"


@contextmanager
def owning(url: str) -> Iterator[None]:
    """Be the only bot on the state at ``url``, until the process ends in whatever way.

    Raises:
        StateBusyError: Another bot is; the message names its process.
        StateError: The lock cannot be written.
    """
    shown = make_url(url).render_as_string(hide_password=True)
    lock = Lock(lock_file(url))
    try:
        lock.acquire()
    except LockHeldError as error:
        owner = error.owner or "another process"
        raise StateBusyError(
            f"The state {shown} is in use by {owner}. Stop that bot first, or give this one "
            "another STATE_URL."
        ) from error
    except OSError as error:
        raise StateError(
            f"Cannot write {lock_file(url)}: {error.strerror or error}. Point STATE_URL at a "
            "place this user may write to."
        ) from error
    try:
        yield
    finally:
        lock.release()
