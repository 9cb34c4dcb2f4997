"""What a model says wrongly is not shown, and what it says rightly is: over HTTP, end to end.

A part of the claims that ``verification`` is tested with; ``python -m benchmarks.measure --only
outputs`` has all of them said.
"""

from __future__ import annotations

from tests.retrieval.outputs import write_all
from tests.retrieval.verification.claims import bad, good


async def test_no_bad_output_is_shown() -> None:
    shown = await write_all(bad()[::16], size=7)
    assert len(shown) >= 30
    assert [each.case.claim for each in shown if each.as_it_was] == []


async def test_good_outputs_are_shown() -> None:
    shown = await write_all(good()[::5], size=7)
    assert len(shown) >= 30
    assert sum(each.as_it_was and each.written for each in shown) >= 0.95 * len(shown)
