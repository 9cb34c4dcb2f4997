"""Whether quotes stand in their files to the letter, whatever the letters are."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.rows import Row
from benchmarks.texts import odd_documents
from benchmarks.workshop import Workshop, quotes_of, stands_in_file

_DOCUMENTS = 300
_QUESTIONS = 600


def verbatim(workshop: Workshop) -> Iterator[Row]:
    """Ask of documents full of odd characters, and read every quote once more in its file."""
    sources = workshop.folder / "odd"
    words = []
    for name, content in odd_documents(_DOCUMENTS):
        (sources / name).parent.mkdir(parents=True, exist_ok=True)
        (sources / name).write_bytes(content)
        words.append(content.decode().split())
    chance = random.Random(2)
    quotes, answered = [], 0
    with workshop.library(sources) as library:
        for _ in range(_QUESTIONS):
            of_one = chance.choice(words)
            question = " ".join(chance.choices(of_one, k=chance.randint(1, 12)))
            answer = library.ask(question)
            answered += bool(answer.claims)
            quotes += quotes_of(answer.to_dict())
        documents = len(library.sources())
    share = sum(stands_in_file(quote, sources) for quote in quotes) / max(len(quotes), 1)
    yield Row("odd documents read", documents, f"of {_DOCUMENTS}", at_least=_DOCUMENTS * 0.9)
    yield Row("odd questions answered", answered, f"of {_QUESTIONS}")
    yield Row(f"odd documents: verbatim of {len(quotes)} quotes", share, at_least=1.0)
