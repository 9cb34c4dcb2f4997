"""Files that must be as they were written, and survive a power failure."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path


def hash_file(path: Path) -> str:
    """Name a file by its content: its SHA-256, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_files(folder: Path) -> dict[str, str]:
    """Hash the files of a generation being built, which nothing will write again.

    A damaged index makes Chroma lose passages in silence, or the process crash.
    """
    return {
        path.relative_to(folder).as_posix(): hash_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def sync(path: Path) -> None:
    """Make a file, or the names in a folder, survive a power failure."""
    if path.is_dir() and os.name == "nt":
        return  # Windows keeps names without being asked, and opens no folders
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, text: str) -> None:
    """Put a text in the place of a file: all of it or nothing, whatever happens meanwhile."""
    # A name with a dot in front is no document, should a crash leave it behind.
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        sync(temporary)
        temporary.replace(path)
        sync(path.parent)
    finally:
        temporary.unlink(missing_ok=True)
