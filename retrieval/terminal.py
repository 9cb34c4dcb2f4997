"""What a terminal shows: answers laid out as text, and bars while something takes its time."""

from __future__ import annotations

import sys
from typing import Any

from retrieval.changes import Progress, Step
from retrieval.days import day_in_words
from retrieval.types import Answer, Language, Quote


def answer_text(answer: Answer, *, bold: bool) -> str:
    """Lay an answer out; ``bold`` marks the words that answer, with ANSI codes."""
    from retrieval.wording import wording

    words = wording(answer.language)
    text = answer.text
    for span in reversed(answer.highlights if bold else ()):
        marked = f"\033[1m{text[span.start : span.end]}\033[0m"
        text = text[: span.start] + marked + text[span.end :]
    places = [
        _place(f"[{number}]", quote, answer.language)
        for number, quote in enumerate(answer.quotes, start=1)
    ]
    if closest := answer.closest_shown:
        places += [words.closest, closest.text, _place("—", closest, answer.language)]
    suggestion = f"{words.try_asking} {answer.suggestion}" if answer.suggestion else ""
    return "\n\n".join(filter(None, (text, "\n".join(places), suggestion)))


def _place(marker: str, quote: Quote, language: Language) -> str:
    dated = f", {day_in_words(quote.date, language)}" if quote.date else ""
    page = f", p. {quote.page}" if quote.page else ""
    also = "".join(f"; also in {twin.title} ({twin.id})" for twin in quote.also)
    return f"{marker} {quote.title}{page}{dated} ({quote.source}, {quote.start}–{quote.end}){also}"


def bar(total: int | None, unit: str) -> Any:
    """Make a tqdm bar that only a terminal shows."""
    from tqdm import tqdm

    return tqdm(total=total, unit=f" {unit}", disable=not sys.stderr.isatty(), leave=False)


class ProgressBar:
    """Shows a reload on the terminal, one bar a step; elsewhere it says nothing."""

    def __init__(self) -> None:
        self._step: Step | None = None
        self._bar: Any = None

    def __enter__(self) -> ProgressBar:
        return self

    def __call__(self, progress: Progress) -> None:
        """Show how far a step is."""
        if progress.step is not self._step:
            self.__exit__()
            self._step = progress.step
            self._bar = bar(progress.total, "")
            self._bar.set_description(str(progress.step))
        self._bar.total = progress.total
        self._bar.update(progress.done - self._bar.n)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()
