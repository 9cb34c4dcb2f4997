"""How long a question takes, and how long documents do."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from benchmarks.rows import Row, percentile
from benchmarks.workshop import Workshop


def speed(workshop: Workshop) -> Iterator[Row]:
    """Index about a thousand paragraphs, one a file, and ask of them in one process."""
    name = workshop.large()
    sources = workshop.sources(name)
    _, changes = workshop.built(sources)
    paragraphs = len(changes.added)
    rate = paragraphs / changes.seconds
    yield Row(f"indexing {paragraphs} paragraphs ({name})", rate, "a second", at_least=30)
    questions = list(workshop.questions(name))
    chosen = random.Random(1).sample(questions, min(workshop.size.questions, len(questions)))
    times = []
    with workshop.library(sources) as library:
        for question in chosen:
            began = time.perf_counter()
            library.ask(question.question, language=question.lang)
            times.append((time.perf_counter() - began) * 1e3)
    yield Row(f"a question, p50 of {len(times)}", percentile(times, 0.5), "ms", at_most=25)
    yield Row(f"a question, p95 of {len(times)}", percentile(times, 0.95), "ms", at_most=60)
