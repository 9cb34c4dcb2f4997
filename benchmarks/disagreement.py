"""Where sources disagree: how often that is shown where it is so, and where it isn't."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from benchmarks.rows import Row
from benchmarks.workshop import ROOT, Workshop

_PAIRS = ROOT / "benchmarks" / "questions" / "disagreement.jsonl"


def disagreement(workshop: Workshop) -> Iterator[Row]:
    """Ask about pairs of documents that disagree, or only look so; then what has no such pairs."""
    pairs = [json.loads(line) for line in _PAIRS.read_text("utf-8").splitlines()]
    folder = workshop.folder / "pairs"
    for number, pair in enumerate(pairs):
        # A set for each pair: one store holds them all, and none sees another.
        place = folder / f"pair{number}"
        place.mkdir(parents=True)
        for name, title in zip(("first", "second"), pair["titles"], strict=True):
            text = f"# {title}\n\n{pair[name]}\n" if title else f"{pair[name]}\n"
            (place / f"{name}.md").write_text(text, "utf-8")
    with workshop.library(folder) as library:
        answers = [
            library.ask(pair["question"], language=pair["lang"], within=f"pair{number}")
            for number, pair in enumerate(pairs)
        ]
    told = [bool(answer.disagreement) for answer in answers]
    for so, name in ((True, "true disagreements"), (False, "look-alikes")):
        some = [shown for pair, shown in zip(pairs, told, strict=True) if pair["disagree"] is so]
        least, most = (0.7 * len(some), None) if so else (None, 0.0)
        label = f"{name}, shown as disagreements of {len(some)}"
        yield Row(label, sum(some), at_least=least, at_most=most)
    for name in ("article", "squad-it"):
        if workshop.has(name):
            yield from _alarms(name, workshop)


def _alarms(name: str, workshop: Workshop) -> Iterator[Row]:
    """Count what is claimed of documents that hardly ever disagree."""
    questions = [q for q in workshop.questions(name) if q.kind == "answerable"]
    most = min(2 * workshop.size.questions, len(questions))
    with workshop.library(workshop.sources(name)) as library:
        told = [
            library.ask(question.question, language=question.lang).disagreement
            for question in random.Random(1).sample(questions, most)
        ]
    share = sum(map(bool, told)) / len(told)
    yield Row(f"{name}: a disagreement claimed, of {len(told)}", share, at_most=0.01)
