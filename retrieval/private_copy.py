"""A copy of a folder for one process: Chroma writes even where it only reads.

Files that it merely reads are linked, which costs nothing and outlives their removal.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Lock

_PREFIX = "passo-store-"

_making = Lock()
_made: set[str] = set()  # by this process


def private_copy(folder: Path, is_written: Callable[[Path], bool]) -> Path:
    """Copy a folder into a temporary one of this process, and return that.

    The files for which ``is_written`` are copied, the others linked where the disk allows. Copies
    that other processes left behind when they were killed are removed.

    Raises:
        OSError: the folder can't be read, or there is no room.
    """
    with _making:
        _tidy(Path(tempfile.gettempdir()))
        copy = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-{_machine()}-"))
        _made.add(copy.name)
    try:
        shutil.copytree(
            folder,
            copy,
            copy_function=lambda source, target: _bring(Path(source), Path(target), is_written),
            dirs_exist_ok=True,
        )
        for path in (copy, *copy.rglob("*")):
            if path.is_dir():
                path.chmod(0o700)  # copied from one that may be read-only
    except BaseException:
        shutil.rmtree(copy, ignore_errors=True)
        raise
    return copy


def _bring(source: Path, target: Path, is_written: Callable[[Path], bool]) -> None:
    if not is_written(source):
        try:
            target.hardlink_to(source)
        except OSError:  # another disk, or another owner
            pass
        else:
            return
    shutil.copyfile(source, target)


def _machine() -> str:
    """What tells containers apart that share a folder: each has processes of its own."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _tidy(folder: Path) -> None:
    for path in folder.glob(f"{_PREFIX}*-{_machine()}-*"):
        process = path.name.removeprefix(_PREFIX).partition("-")[0]
        if process.isdigit() and not _is_used(path.name, int(process)):
            shutil.rmtree(path, ignore_errors=True)


def _is_used(name: str, process: int) -> bool:
    # In a container, the next process has the number of the one that was killed.
    return name in _made if process == os.getpid() else _is_alive(process)


def _is_alive(process: int) -> bool:
    if os.name == "nt":
        return True  # there, asking with os.kill would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
