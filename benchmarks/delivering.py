"""Whether odd texts arrive whole: through rendering, delivery and a strict Telegram."""

from __future__ import annotations

import time
from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings

from benchmarks.rows import Row
from benchmarks.workshop import Workshop
from tests.bot.odd_texts import Way, texts

_TEXTS = 5_000


def delivering(_workshop: Workshop) -> Iterator[Row]:
    """Send texts made by Hypothesis; each that is refused, changed or cut short is a failure."""
    way, failures, sent = Way(), list[str](), 0

    @settings(
        max_examples=_TEXTS,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(texts)
    def send(text: str) -> None:
        nonlocal sent
        sent += 1
        try:
            way.arrives(text)
        except AssertionError as error:
            failures.append(str(error))

    began = time.perf_counter()
    send()
    yield Row("odd texts sent", sent, f"in {time.perf_counter() - began:.0f} s", at_least=_TEXTS)
    yield Row("odd texts refused, changed or lost", len(failures), at_most=0)
