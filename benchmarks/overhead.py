"""How long a written answer takes beside its model: search, prompt, stream, gate, and all between.

The model is a server on loopback that answers at once, with a claim from each passage it got: half
of them in other words, so that the gate has to compare all of them.
"""

from __future__ import annotations

import asyncio
import importlib
import random
import re
import time
from collections.abc import Iterator

from benchmarks.rows import Row, percentile
from benchmarks.workshop import Workshop
from retrieval.library import Library
from tests.model_server import Reply, Request, claims, saying
from tests.retrieval.writers import desk

_PASSAGE = re.compile(r"PASSAGE (\d+) ---\n[^\n]*\n(.*?)\n\n--- ", re.DOTALL)


def overhead(workshop: Workshop) -> Iterator[Row]:
    """Ask of about a thousand paragraphs, one at a time, in one process."""
    name = workshop.large()
    questions = list(workshop.questions(name))
    chosen = random.Random(2).sample(questions, min(workshop.size.questions, len(questions)))
    with workshop.library(workshop.sources(name)) as library:
        times = asyncio.run(_times(library, [question.question for question in chosen]))
    yield Row(f"beside the model, p50 of {len(times)}", percentile(times, 0.5), "ms")
    yield Row(f"beside the model, p95 of {len(times)}", percentile(times, 0.95), "ms", at_most=100)


async def _times(library: Library, questions: list[str]) -> list[float]:
    importlib.import_module("langchain_openai")
    times = []
    async with desk(library) as at:
        at.server.otherwise = _answer
        await at.ask("What is said here of the first document?")  # all that loads at first use
        for question in questions:
            began, calls = time.perf_counter(), at.server.calls
            await at.ask(question)
            if at.server.calls > calls:  # others are answered without a model
                times.append((time.perf_counter() - began) * 1e3)
    return times


def _answer(request: Request) -> Reply:
    said = []
    for number, text in _PASSAGE.findall(request.data):
        quote = re.split(r"(?<=[.!?])\s", text.strip())[0]
        words = quote.split()
        claim = (
            quote if int(number) % 2 else " ".join((*words[: len(words) // 2 * 2 - 1], "infine"))
        )
        said.append((claim, [(int(number), quote)]))
    return saying(claims(*said), 64)
