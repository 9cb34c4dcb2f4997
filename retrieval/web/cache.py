"""What was found on the web, kept in the store: a page that is gone keeps its last good text.

::

    <store>/fetched/
    └── <hash of the link>.json   one link's sources, and what its server said of them
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from retrieval.files import write_whole
from retrieval.manifest import FORMAT
from retrieval.source import content_hash
from retrieval.sources.document import Document
from retrieval.web.fetched import Validators

FOLDER = "fetched"
"""Below the store."""

_FORMAT = f"2.{FORMAT}"  # changes with what readers make of a page, too


@dataclass(frozen=True, slots=True)
class Kept:
    """One source as last read. ``id`` is "" for the page itself, a slug for a feed's entry.

    ``link`` is where it was found, ``stamp`` what an entry was made from. ``seen`` is when it was
    last there: UTC, in ISO 8601.
    """

    id: str
    link: str
    document: Document
    seen: str
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What a link led to. ``body`` is the hash of what was read; ``feed`` the name of a feed."""

    url: str
    seen: str
    kept: tuple[Kept, ...]
    body: str = ""
    feed: str = ""
    validators: Validators = field(default_factory=Validators)

    def to_json(self) -> str:
        """Write it down, for :meth:`from_json`."""
        return json.dumps({"format": _FORMAT, **asdict(self)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Record:
        """Read what :meth:`to_json` wrote. What was read otherwise than today is read again.

        Raises:
            ValueError, TypeError, KeyError: it is garbled.
        """
        values: dict[str, Any] = json.loads(text)
        as_today = values.pop("format") == _FORMAT
        kept = tuple(_kept(each) for each in values["kept"])
        record = cls(**{**values, "kept": kept, "validators": Validators(**values["validators"])})
        if as_today:
            return record
        kept = tuple(replace(each, stamp="") for each in kept)
        return replace(record, body="", validators=Validators(), kept=kept)


class Cache:
    """The records in a store. One process writes at a time: the one that holds its lock."""

    def __init__(self, store: Path) -> None:
        self._folder = store / FOLDER

    def get(self, url: str) -> Record | None:
        """Give what is known of a link. What is garbled is not known."""
        try:
            record = Record.from_json(self._path(url).read_text("utf-8"))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        return record if record.url == url and record.kept else None

    def put(self, record: Record) -> None:
        """Keep a record, whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        write_whole(self._path(record.url), record.to_json())

    def prune(self, urls: Collection[str]) -> None:
        """Forget all but these links, and what a crash left."""
        wanted = {self._path(url).name for url in urls}
        for path in self._folder.glob("*"):
            if path.name not in wanted:
                path.unlink(missing_ok=True)

    def _path(self, url: str) -> Path:
        return self._folder / f"{content_hash(url)[:32]}.json"


def _kept(values: Mapping[str, Any]) -> Kept:
    document = dict(values["document"])
    document["pages"] = tuple(document["pages"])
    return Kept(**{**values, "document": Document(**document)})
