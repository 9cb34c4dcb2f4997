"""Whether a model's bad claims are held back and its good ones shown, said over HTTP one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from benchmarks.rows import Row
from benchmarks.workshop import Workshop
from tests.retrieval.outputs import write_all
from tests.retrieval.verification.claims import bad, cases, good


def outputs(_: Workshop) -> Iterator[Row]:
    """Have each claim of the tests' material said by a scripted model, and count what is shown."""
    shown = asyncio.run(write_all(bad()))
    yield Row(f"{len(shown)} bad outputs: shown", sum(s.as_it_was for s in shown), "", at_most=0)
    shown = asyncio.run(write_all(good()))
    passed = sum(s.as_it_was and s.written for s in shown) / len(shown)
    yield Row(f"{len(shown)} good outputs: shown", passed, "", at_least=0.95)
    # Claims about kinds of text that the checks were not made with, to know how far they reach.
    others = [case for case in cases("genres") if not case.is_good]
    shown = asyncio.run(write_all(others))
    held = 1 - sum(s.as_it_was for s in shown) / len(shown)
    yield Row(f"{len(shown)} bad outputs of other genres: held back", held, "")
    others = [case for case in cases("genres") if case.is_good]
    shown = asyncio.run(write_all(others))
    passed = sum(s.as_it_was and s.written for s in shown) / len(shown)
    yield Row(f"{len(shown)} good outputs of other genres: shown", passed, "")
