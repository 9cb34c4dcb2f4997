"""Claims that somebody asks about («è vero?»): how often "the sources say so" is right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.rows import Row
from benchmarks.workshop import ROOT, Workshop
from retrieval.reasons import Verdict

_CLAIMS = ROOT / "benchmarks" / "questions" / "claims.jsonl"
_CONFIRMED = (Verdict.SAID, Verdict.REPORTED)


def claims(workshop: Workshop) -> Iterator[Row]:
    """Check claims about the sample that were written for it, true ones and others."""
    yield from _checked("sample", workshop.sources("sample"), _CLAIMS, workshop)


def _checked(name: str, sources: Path, written: Path, workshop: Workshop) -> Iterator[Row]:
    asked = [json.loads(line) for line in written.read_text("utf-8").splitlines()]
    with workshop.library(sources) as library:
        verdicts = [library.check(each["claim"]).verdict for each in asked]
    for said, text in ((False, "not theirs, confirmed"), (True, "theirs, confirmed")):
        some = [
            verdict for each, verdict in zip(asked, verdicts, strict=True) if each["said"] is said
        ]
        confirmed = sum(verdict in _CONFIRMED for verdict in some)
        least, most = (0.8 * len(some), None) if said else (None, 0.0)
        yield Row(f"{name}: claims {text} of {len(some)}", confirmed, at_least=least, at_most=most)
        if said:
            denied = sum(verdict is Verdict.OTHERWISE for verdict in some)
            yield Row(f"{name}: claims theirs, denied of {len(some)}", denied, at_most=0.0)
