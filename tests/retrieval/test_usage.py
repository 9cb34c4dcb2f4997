"""Usage adds up, and where nobody sets limits there are none."""

from __future__ import annotations

from retrieval.usage import Unlimited, Usage


def test_usage_adds_up() -> None:
    assert sum([Usage(1, 10, 2), Usage(1), Usage(0, 0, 5)], Usage()) == Usage(2, 10, 7)


def test_the_largest_call_is_one_call() -> None:
    assert Usage.largest_call().calls == 1
    assert Usage.largest_call().input_tokens > Usage.largest_call().output_tokens > 0


async def test_unlimited_allows_everything() -> None:
    spend = Unlimited()
    for _ in range(3):
        assert await spend.reserve()
        await spend.record(Usage(1, 1_000_000, 1_000_000))
