"""Gives up, for the rest of a process, what reading files needs nothing of.

The network, other processes, writing, and more than so much memory and so many open files. What
the system offers is used where it is there; the audit hook of the interpreter is everywhere.
"""

from __future__ import annotations

import ctypes
import os
import signal
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES = 1, 38  # of prctl
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # of Landlock, on every architecture
_FILES, _TCP = (1 << 13) - 1, 0b11  # whatever is done to files; to bind and to connect
_READ = (1 << 0) | (1 << 2) | (1 << 3)  # run, read, list

_REFUSED = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system",
    "os.startfile", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink",
    "os.truncate", "os.chmod", "os.chown", "os.kill", "os.utime", "shutil.", "tempfile.",
    "ctypes.dlopen", "ctypes.call_function", "urllib.", "http.", "ftplib.", "smtplib.", "sqlite3.",
    "webbrowser.", "winreg.",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(*, memory: int, files: int) -> None:
    """Confine this process for good: ``memory`` in bytes, ``files`` open at once."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            _confine_linux()
    if sys.platform != "win32":
        _limit(memory, files)
    sys.addaudithook(_audit)


def _limit(memory: int, files: int) -> None:
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing fails instead
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, files),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):  # macOS knows no limit of memory
            resource.setrlimit(what, (most, most))


def _confine_linux() -> None:
    libc: Any = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    # A network of its own, with nothing in it. Some containers don't allow that.
    libc.unshare(_NEW_USER | _NEW_NETWORK)
    _allow_reading(libc, _needed())


def _needed() -> set[Path]:
    """Where Python, its libraries and this package are."""
    own = Path(__file__).resolve().parent.parent
    libraries = (Path(entry) for entry in sys.path if entry.endswith("-packages"))
    places = (sys.prefix, sys.base_prefix, "/usr", "/lib", "/lib64", "/etc/ld.so.cache")
    return {own, *libraries, *map(Path, places)}


def _allow_reading(libc: Any, places: Iterable[Path]) -> None:
    """Let nothing else be read, and nothing written, as far as Landlock is there."""
    version = libc.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return
    handled = struct.pack("=Q", _FILES)
    if version >= 4:
        handled = struct.pack("=QQ", _FILES, _TCP)
    ruleset = libc.syscall(_CREATE_RULESET, handled, len(handled), 0)
    if ruleset < 0:
        return
    for place in places:
        with suppress(OSError):
            allowed = _READ if place.is_dir() else 1 << 2
            folder = os.open(place, os.O_PATH | os.O_CLOEXEC)
            libc.syscall(_ADD_RULE, ruleset, 1, struct.pack("=Qi", allowed, folder), 0)
            os.close(folder)
    libc.syscall(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        _, mode, flags = arguments
        if not (set(mode or "") & set("wax+") or int(flags or 0) & _WRITING):
            return
    elif not event.startswith(_REFUSED):
        return
    raise PermissionError(f"a file that is read may not cause {event}")
