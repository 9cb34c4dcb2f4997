"""What a reload costs, and what those notice who ask meanwhile."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median

from benchmarks.rows import Row, percentile
from benchmarks.workshop import Workshop, opened
from retrieval.library import Library
from retrieval.settings import Settings

_QUESTION = "Qual è la parola d'ordine della rocca di Valdombra?"
_NUMBER = re.compile(r"falco-(\d+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's time, the generation that answered, and the number in what it quoted."""

    ms: float
    generation: str
    number: str = ""


def reloading(workshop: Workshop) -> Iterator[Row]:
    """Reload about a thousand passages with nothing and with one file changed, asking all along."""
    settings = workshop.copy(workshop.sources(workshop.large()), "reload")
    repeats = workshop.size.repeats
    _write(settings, 0)
    questions = [
        q.question for q in workshop.questions(workshop.large())[: workshop.size.questions]
    ]
    with opened(settings) as library:
        passages = library.reload().passages
        times = [_seconds(library) for _ in range(repeats)]
        name = f"nothing changed, {passages} passages, median of {repeats}"
        yield Row(name, median(times), "s", at_most=1)

        idle = [asked.ms for asked in ask(library, questions, threading.Event(), once=True)]
        numbers, embedded = {library.generation: "0"}, 0
        took: list[float] = []
        during: list[Asked] = []
        for number in range(1, repeats + 1):
            _write(settings, number)
            done = threading.Event()
            with ThreadPoolExecutor(1) as asker:
                asking = asker.submit(list[Asked], ask(library, questions, done))
                try:
                    changes = library.reload()
                finally:
                    done.set()
                asked = asking.result()
            numbers[changes.generation] = str(number)
            embedded += changes.embedded
            took.append(changes.seconds)
            during += asked
    yield from _rows(idle, during, numbers, repeats)
    yield Row("one file changed: passages embedded", embedded / repeats, at_most=1, at_least=1)
    yield Row(f"one file changed, median of {repeats}", median(took), "s")


def _rows(
    idle: Sequence[float], during: Sequence[Asked], numbers: dict[str, str], repeats: int
) -> Iterator[Row]:
    times = [asked.ms for asked in during]
    limit = max(2 * percentile(idle, 0.95), 60)
    yield Row(f"idle, p50 of {len(idle)} questions", percentile(idle, 0.5), "ms")
    yield Row(f"idle, p95 of {len(idle)} questions", percentile(idle, 0.95), "ms")
    yield Row(f"in a reload, p50 of {len(times)} questions", percentile(times, 0.5), "ms")
    yield Row(
        f"in a reload, p95 of {len(times)} questions", percentile(times, 0.95), "ms", at_most=limit
    )
    yield Row("in a reload, the slowest", max(times), "ms")
    told = [asked for asked in during if asked.number]
    mixed = sum(asked.number != numbers.get(asked.generation) for asked in told)
    seen = len({asked.generation for asked in told})
    yield Row(f"answers of two generations at once (of {len(told)})", mixed, at_most=0)
    yield Row("generations that answered", seen, at_least=repeats)


def ask(
    library: Library, questions: Sequence[str], end: threading.Event, *, once: bool = False
) -> Iterator[Asked]:
    """Ask one question after the other, every fifth the one whose answer changes."""
    turn = 0
    while not end.is_set() and not (once and turn == len(questions)):
        changing = turn % 5 == 0
        question = _QUESTION if changing else questions[turn % len(questions)]
        began = time.perf_counter()
        answer = library.ask(question)
        ms = (time.perf_counter() - began) * 1e3
        number = ""
        if changing:
            found = _NUMBER.search(answer.quotes[0].text) if answer.quotes else None
            number = found[1] if found else "none"
        yield Asked(ms, answer.generation, number)
        turn += 1


def _seconds(library: Library) -> float:
    began = time.perf_counter()
    library.reload()
    return time.perf_counter() - began


def _write(settings: Settings, number: int) -> None:
    text = f"La parola d'ordine della rocca di Valdombra è falco-{number}.\n"
    (settings.sources / "rocca.txt").write_text(text, "utf-8")
