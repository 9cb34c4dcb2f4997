"""Long work in a thread of its own."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.threads import in_own_thread
from tests.bot.waiting import until


async def test_results_and_errors_come_back() -> None:
    def fail() -> None:
        raise KeyError("gone")

    assert await in_own_thread(lambda: 5) == 5
    with pytest.raises(KeyError, match="gone"):
        await in_own_thread(fail)


async def test_nobody_waits_for_what_was_given_up() -> None:
    begun, release, over = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert release.wait(10)
        over.set()

    waiting = asyncio.create_task(in_own_thread(work))
    await until(begun.is_set)
    assert all(t.daemon for t in threading.enumerate() if t.name == "work")
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    release.set()
    await until(over.is_set)
