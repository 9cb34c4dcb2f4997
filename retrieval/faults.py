"""What is wrong with a document, a link or the store: a code, its values, and plain English.

The English is for terminals and logs, and may say what a library or the system says. Who speaks to
people words the code in their language.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

VALUES: Mapping[str, frozenset[str]] = {
    code: frozenset(names)
    for code, *names in (
        # What a file is
        ("empty",),
        ("kind", "kinds"),
        ("old-kind", "newer"),
        ("too-large", "megabytes"),
        ("too-long", "millions"),
        ("encoding",),
        ("binary",),
        ("damaged",),
        ("password",),
        ("password-or-old",),
        ("copy-protected",),
        ("unpacks",),
        ("scan",),
        ("no-text",),
        ("no-page-text",),
        ("no-table",),
        ("not-installed", "suffix"),
        # What became of reading it
        ("slow",),
        ("memory",),
        ("broke",),
        # Where it lies, or should
        ("unreadable",),
        ("unwritable",),
        ("disk-full",),
        ("linked-folder",),
        ("leads-out",),
        ("not-regular",),
        ("file-name",),
        ("same-name", "other"),
        ("name",),
        ("name-leads-out",),
        ("name-is-folder",),
        ("no-document", "name"),
        # All documents, and the owner's questions
        ("no-folder",),
        ("unreadable-folder",),
        ("vanished", "name"),
        ("no-documents", "kinds"),
        ("none-readable", "name", "cause"),
        ("none-fetched",),
        ("no-sentence",),
        ("questions",),
        ("question", "line"),
        # What a link is, and where it is written
        ("not-a-link",),
        ("link-long", "most"),
        ("scheme",),
        ("link-password",),
        ("port", "port"),
        ("internal",),
        ("known-link", "place"),
        ("many-links", "most"),
        ("no-link",),
        ("other-list", "place"),
        ("list-unreadable", "name"),
        ("same-page", "place"),
        ("surplus", "most"),
        # What a server says, or doesn't
        ("leads-on", "cause"),
        ("circles",),
        ("slow-server",),
        ("unreachable",),
        ("breaks-off",),
        ("not-there", "status"),
        ("not-let-in", "status"),
        ("left-alone",),
        ("fails", "status"),
        ("media",),
        ("garbled",),
        ("large-page", "megabytes"),
        ("robots",),
        ("no-entries",),
        ("entry", "title", "cause"),
        ("entries",),
        ("no-time",),
        ("unexpected",),
        ("kept", "cause", "day"),
        # The store, and what becomes of a reload
        ("busy",),
        ("store",),
        ("cut-short",),
        ("store-damaged",),
        ("misfit",),
        ("model",),
        ("regression", "count", "before"),
        ("wipe", "share"),
        ("failed",),
    )
}
"""All codes, and what the words for each are given."""

_LONGEST = 1_000  # characters of what somebody says whom nobody vouches for
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True, init=False)
class Fault:
    """One thing that is wrong. ``values`` are those that its code has in :data:`VALUES`.

    A value may be a fault that led to this one.
    """

    code: str
    english: str
    values: tuple[tuple[str, str | int | float | Fault], ...]

    def __init__(self, code: str, english: str, **values: str | float | Fault) -> None:
        """Make a fault, with its values by name."""
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "english", english)
        object.__setattr__(self, "values", tuple(values.items()))

    def __str__(self) -> str:
        """Plain English, for an operator's terminal."""
        return self.english

    def reworded(self, english: str) -> Fault:
        """The same fault, in other English."""
        return Fault(self.code, english, **dict(self.values))

    def to_dict(self) -> dict[str, Any]:
        """The fault as JSON, if nothing led to it."""
        return {"code": self.code, "english": self.english, "values": dict(self.values)}

    @classmethod
    def from_dict(cls, said: Any) -> Fault:
        """Read what :meth:`to_dict` gave, from somebody whom nobody vouches for.

        Raises:
            ValueError: it is no fault.
        """
        if not isinstance(said, dict):
            raise ValueError("not a fault")
        code, values = str(said.get("code")), said.get("values")
        if not isinstance(values, dict) or VALUES.get(code) != values.keys():
            raise ValueError("not a fault")
        told = {
            name: value if type(value) is int and 0 <= value < _LARGEST else str(value)[:_LONGEST]
            for name, value in values.items()
        }
        return cls(code, str(said.get("english"))[:_LONGEST], **told)


class FaultError(ValueError):
    """A document or a link can't be read; ``fault`` says why, and so does the message."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def unreadable(error: ValueError | OSError) -> Fault:
    """What kept a file from being read."""
    if isinstance(error, FaultError):
        return error.fault
    if isinstance(error, OSError):
        return Fault("unreadable", f"it cannot be read: {reason_of(error)}")
    return Fault("damaged", str(error))


def unwritable(error: OSError, english: str) -> Fault:
    """What kept a disk from being written to: mostly that there is no room left."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return Fault("disk-full" if full else "unwritable", english)


def reason_of(error: Exception) -> str:
    """What a system says is wrong, without the path that a message names already."""
    return (getattr(error, "strerror", None) or str(error)).lower()
