"""Claims that somebody asks about («è vero?»): how often "the sources say so" is right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.rows import Row
from benchmarks.workshop import ROOT, Workshop
from retrieval.reasons import Verdict

_FOLDER = ROOT / "benchmarks" / "questions" / "claims"
_CONFIRMED = (Verdict.SAID, Verdict.REPORTED)


def claims(workshop: Workshop) -> Iterator[Row]:
    """Check claims about the sample, and about documents written, with theirs, by somebody else.

    The check was made with the first; the second were written by somebody who had not seen it.
    """
    yield from _checked("sample", workshop.sources("sample"), workshop, wrong=0, right=0.8)
    yield from _checked("documents", _FOLDER / "documents", workshop, wrong=0.06, right=0.36)


def _checked(
    name: str, sources: Path, workshop: Workshop, *, wrong: float, right: float
) -> Iterator[Row]:
    """Ask about each line: ``T`` or ``R`` (reported) where the sources say so, ``F`` otherwise."""
    lines = (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    with workshop.library(sources) as library:
        found = [(line[0] != "F", library.check(line[2:]).verdict) for line in lines]
    theirs = [verdict for is_said, verdict in found if is_said]
    others = [verdict for is_said, verdict in found if not is_said]

    def confirmed(of: list[Verdict | None]) -> int:
        return sum(verdict in _CONFIRMED for verdict in of)

    yield Row(
        f"{name}: what the sources don't say, confirmed, of {len(others)}",
        confirmed(others),
        at_most=wrong * len(others),
    )
    yield Row(
        f"{name}: what they say, confirmed, of {len(theirs)}",
        confirmed(theirs),
        at_least=right * len(theirs),
    )
    yield Row(
        f"{name}: what they say, denied, of {len(theirs)}",
        sum(verdict is Verdict.OTHERWISE for verdict in theirs),
        at_most=0.03 * len(theirs),
    )
