"""One writer at a time: an exclusive lock between processes that dies with its process."""

from __future__ import annotations

import json
import os
import platform
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from retrieval.errors import RetrievalError


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds a lock. ``since`` is UTC, in ISO 8601."""

    pid: int
    host: str
    command: str
    since: str

    @classmethod
    def this_process(cls) -> Owner:
        """Describe the running process."""
        program, *arguments = sys.orig_argv or ["python"]
        # The first words tell which program it is; later ones may be a person's question.
        command = " ".join([Path(program).name, *arguments[:3]])
        since = datetime.now(UTC).isoformat(timespec="seconds")
        return cls(os.getpid(), platform.node(), command, since)

    def __str__(self) -> str:
        where = "" if self.host == platform.node() else f" on {self.host}"
        return f"process {self.pid}{where} ({self.command}, since {self.since})"


class LockHeldError(RetrievalError):
    """Another process holds the lock: ``owner``, or ``None`` where it left no name."""

    def __init__(self, path: Path, owner: Owner | None) -> None:
        super().__init__(f"{path} is held by {owner or 'another process'}")
        self.path = path
        self.owner = owner

    def __reduce__(self) -> tuple[type[LockHeldError], tuple[Path, Owner | None]]:
        return type(self), (self.path, self.owner)


class Lock:
    """An exclusive lock on a file, for ``with``. Never waits.

    The operating system holds it, so that it dies with its process however that ends; the file
    next to it, ``<name>.owner``, only says who that is, for people.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._owner_path = path.with_name(f"{path.name}.owner")
        self._lock = FileLock(path, blocking=False, thread_local=False)

    def acquire(self) -> None:
        """Take the lock at once, creating its folder where needed.

        Raises:
            LockHeldError: somebody has it.
            OSError: the file cannot be written.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire()
        except Timeout:
            raise LockHeldError(self._path, self.owner()) from None
        # A lock without a name still holds.
        with suppress(OSError):
            content = json.dumps(asdict(Owner.this_process()), ensure_ascii=False)
            self._owner_path.write_text(content, encoding="utf-8")

    def owner(self) -> Owner | None:
        """Read who took the lock last, or ``None`` where that cannot be told."""
        try:
            return Owner(**json.loads(self._owner_path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def release(self) -> None:
        """Give the lock back. Does nothing without it."""
        if self._lock.is_locked:
            self._owner_path.unlink(missing_ok=True)
            self._lock.release()

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.release()
