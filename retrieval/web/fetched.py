"""What a request comes to."""

from __future__ import annotations

from dataclasses import dataclass, field

from retrieval.faults import Fault, FaultError
from retrieval.web.links import Link


class FetchError(FaultError):
    """A page can't be had. The fault doesn't name the link.

    ``status`` is what its server answered, 0 where it didn't.
    """

    def __init__(self, fault: Fault, status: int = 0) -> None:
        super().__init__(fault)
        self.status = status


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server told of a page at ``url``, to ask later whether that still holds."""

    url: str = ""
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page, at the end of all redirects.

    ``body`` is ``None`` where it is the one that is known. ``suffix`` is that of a file of its
    kind.
    """

    link: Link
    body: bytes | None
    suffix: str = ""
    validators: Validators = field(default_factory=Validators)
