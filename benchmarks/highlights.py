"""How often the words marked in a first quote are the answer, by kind of question.

    python -m benchmarks.highlights DATA

DATA is a folder that may hold ``squad-it/`` and ``article/``, as for :mod:`benchmarks.measure`;
without it the sample is asked. Counted are the questions whose first quote holds an answer: the
share of these quotes with a highlight, and of those, the share whose highlights touch an answer,
and hold one whole. ``elsewhere`` is the share of highlighted quotes among those without an answer,
where any mark is wrong.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.workshop import Workshop
from retrieval.evaluation import TestQuestion, contains_answer, read_questions
from retrieval.question import parse
from retrieval.types import Quote


@dataclass(frozen=True, slots=True)
class Marked:
    """A first quote: the kind of its question, and what its highlights hold."""

    kind: str
    holds_answer: bool
    highlighted: bool
    touches: bool
    contains: bool


def judged(question: TestQuestion, quote: Quote) -> Marked:
    """Compare a quote's highlights with the known answers."""
    texts = [quote.text[s.start - quote.start : s.end - quote.start] for s in quote.highlights]
    return Marked(
        kind=str(parse(question.question, question.lang).kind),
        holds_answer=contains_answer(quote.text, question.answers),
        highlighted=bool(texts),
        touches=any(_touches(quote, answer) for answer in question.answers),
        contains=any(contains_answer(text, question.answers) for text in texts),
    )


def _touches(quote: Quote, answer: str) -> bool:
    """Tell whether a highlight and an answer overlap."""
    text, wanted = quote.text.casefold(), answer.casefold()
    if len(text) != len(quote.text) or not wanted:
        return False  # offsets wouldn't hold
    start = text.find(wanted)
    while start >= 0:
        place, end = quote.start + start, quote.start + start + len(wanted)
        if any(span.start < end and place < span.end for span in quote.highlights):
            return True
        start = text.find(wanted, start + 1)
    return False


def table(marked: Sequence[Marked]) -> str:
    """Lay the shares out, a line a kind."""
    lines = [f"{'kind':8} {'quotes':>6} {'marked':>7} {'touch':>7} {'whole':>7} {'elsewhere':>9}"]
    for kind in (*sorted({one.kind for one in marked}), "all"):
        chosen = [one for one in marked if kind in (one.kind, "all")]
        right = [one for one in chosen if one.holds_answer]
        wrong = [one for one in chosen if not one.holds_answer]
        with_marks = [one for one in right if one.highlighted]
        shares = (
            _share([one.highlighted for one in right]),
            _share([one.touches for one in with_marks]),
            _share([one.contains for one in with_marks]),
        )
        elsewhere = _share([one.highlighted for one in wrong])
        cells = " ".join(f"{share:>7}" for share in shares)
        lines.append(f"{kind:8} {len(right):6} {cells} {elsewhere:>9}")
    return "\n".join(lines)


def _share(values: Sequence[bool]) -> str:
    return f"{sum(values) / len(values):.2f}" if values else "–"


def _asked(workshop: Workshop, name: str, questions: Sequence[TestQuestion]) -> Iterator[Marked]:
    with workshop.library(workshop.sources(name)) as library:
        for question in questions:
            answer = library.ask(question.question, language=question.lang)
            if answer.quotes and question.kind == "answerable":
                yield judged(question, answer.quotes[0])


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, and print a table for every set of questions."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.highlights")
    parser.add_argument("data", type=Path, nargs="?", metavar="DATA", help="your own questions")
    data = parser.parse_args(arguments).data
    if data and not data.is_dir():
        print(f"there is no folder {data}", file=sys.stderr)
        return 2
    logging.basicConfig(level=logging.ERROR, format="%(message)s", stream=sys.stderr)
    with TemporaryDirectory(prefix="highlights-") as folder:
        workshop = Workshop(Path(folder), data)
        for name in ("sample", "article", "squad-it"):
            if name != "sample" and not workshop.has(name):
                continue
            sets = {name: workshop.questions(name)}
            if data and (english := data / name / "questions_en.jsonl").is_file():
                sets[f"{name}, English"] = read_questions(english)
            for title, questions in sets.items():
                print(f"{title}\n{table(tuple(_asked(workshop, name, questions)))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
