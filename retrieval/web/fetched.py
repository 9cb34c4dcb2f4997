"""What a request comes to."""

from __future__ import annotations

from dataclasses import dataclass, field

from retrieval.web.links import Link


class FetchError(ValueError):
    """A page can't be had. The message is the reason and the way out, without the link.

    ``status`` is what its server answered, 0 where it didn't.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
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
