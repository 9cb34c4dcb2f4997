"""Bounds on what a ZIP archive may hold: DOCX, XLSX and EPUB are such archives. Pure.

Nothing of an archive is ever written to disk; its names only name parts.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from retrieval.faults import Fault, FaultError

LARGEST = 100_000_000
"""In bytes, unpacked; a part is never unpacked further than it said it would."""

MOST_PARTS = 10_000

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = 0x1


def check(data: bytes, kind: str) -> None:
    """Look at an archive's list of contents before anything of it is unpacked.

    Raises:
        FaultError: it is no archive, protected, or holds too much.
    """
    if data.startswith(_OLD_OFFICE):
        raise FaultError(
            Fault(
                "password-or-old",
                f"it is protected with a password, or not {kind} but one of the old kind: "
                "save it anew, without a password",
            )
        )
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        english = f"it is damaged, or not {kind}: open it and save it again"
        raise FaultError(Fault("damaged", english)) from None
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise FaultError(Fault("password", "it is protected with a password: save it without one"))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
        limit = LARGEST // 1_000_000
        english = f"it unpacks to more than {limit} MB or {MOST_PARTS} parts: split it"
        raise FaultError(Fault("unpacks", english))
