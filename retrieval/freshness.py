"""When each document was last there, and when it last changed.

Kept beside the generations, which are never written again: a document that is still the same was
seen all the same.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from retrieval.files import write_whole
from retrieval.source import Source, SourceSummary

logger = logging.getLogger(__name__)

_FILE = "freshness.json"

_Known = Mapping[str, Mapping[str, str]]


def note(
    store: Path,
    found: Iterable[Source | SourceSummary],
    seen: Mapping[str, str] | None = None,
    *,
    now: datetime | None = None,
) -> None:
    """Write down that documents were found as they are: now, or when ``seen`` says, by id.

    The store's lock has to be held. Where the disk refuses, nothing is noted: that is no reason for
    a reload to fail.
    """
    before = _read(store)
    time = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    noted = {}
    for source in found:
        known = before.get(source.id, {})
        version = source.content_hash
        changed = known.get("changed", time) if known.get("version") == version else time
        when = (seen or {}).get(source.id, time)
        noted[source.id] = {"version": version, "seen": when, "changed": min(changed, when)}
    try:
        write_whole(store / _FILE, json.dumps(noted, ensure_ascii=False, indent=0))
    except OSError as error:
        logger.warning("when documents were last seen can't be noted: %s", error)


def dated(store: Path, summaries: Iterable[SourceSummary]) -> tuple[SourceSummary, ...]:
    """Say of documents when they were last seen and last changed, as far as it was noted."""
    noted = _read(store)
    return tuple(
        replace(summary, seen=known.get("seen", ""), changed=known.get("changed", ""))
        if (known := noted.get(summary.id, {})).get("version") == summary.content_hash
        else summary
        for summary in summaries
    )


def _read(store: Path) -> _Known:
    with suppress(OSError, ValueError, TypeError, KeyError):
        values = json.loads((store / _FILE).read_text("utf-8"))
        return {
            str(name): {key: str(known[key]) for key in ("version", "seen", "changed")}
            for name, known in dict(values).items()
        }
    return {}
