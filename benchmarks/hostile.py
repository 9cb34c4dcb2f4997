"""What those notice who ask while a reload reads files that were made to harm."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from benchmarks.reloading import Asked, ask
from benchmarks.rows import Row, percentile
from benchmarks.workshop import Workshop, opened
from tests.retrieval.sources import made
from tests.retrieval.sources.bombs import all_bombs, slow_bombs

_KINDS = ("pdf", "docx", "epub", "html", "csv", "xlsx")


def hostile(workshop: Workshop) -> Iterator[Row]:
    """Put bombs among a thousand documents, with good ones of each kind between, and reload."""
    settings = workshop.copy(workshop.sources(workshop.large()), "hostile")
    questions = [
        q.question for q in workshop.questions(workshop.large())[: workshop.size.questions]
    ]
    bombs = [*all_bombs(), *slow_bombs()]
    with opened(settings) as library:
        library.reload()
        idle = [asked.ms for asked in ask(library, questions, threading.Event(), once=True)]
        folder = settings.sources / "strangers"
        folder.mkdir()
        for name, data, _ in bombs:
            (folder / name).write_bytes(data)
        for kind in _KINDS:
            data = getattr(made, kind)()
            (folder / f"good-{kind}.{kind}").write_bytes(data)
        done = threading.Event()
        with ThreadPoolExecutor(1) as asker:
            asking = asker.submit(list[Asked], ask(library, questions, done))
            try:
                changes = library.reload()
            finally:
                done.set()
            times = [asked.ms for asked in asking.result()]
    limit = max(2 * percentile(idle, 0.95), 60)
    yield Row(f"hostile files, named (of {len(bombs)})", len(changes.skipped), at_least=len(bombs))
    yield Row("good ones among them, read", len(changes.added), at_least=len(_KINDS))
    yield Row("reading them all, and building anew", changes.seconds, "s")
    yield Row(f"idle, p95 of {len(idle)} questions", percentile(idle, 0.95), "ms")
    yield Row(
        f"among hostile files, p95 of {len(times)} questions",
        percentile(times, 0.95),
        "ms",
        at_most=limit,
    )
