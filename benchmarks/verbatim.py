"""Whether quotes stand in their files to the letter, whatever the letters are."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.rows import Row
from benchmarks.texts import odd_documents
from benchmarks.workshop import Workshop, quotes_of, stands_in_file


def verbatim(workshop: Workshop) -> Iterator[Row]:
    """Ask of documents full of odd characters, and read every quote once more in its file."""
    documents, asked = workshop.size.documents, 2 * workshop.size.documents
    sources = workshop.folder / "odd"
    words = []
    for name, content in odd_documents(documents):
        (sources / name).parent.mkdir(parents=True, exist_ok=True)
        (sources / name).write_bytes(content)
        words.append(content.decode().split())
    chance = random.Random(2)
    quotes, answered = [], 0
    with workshop.library(sources) as library:
        for _ in range(asked):
            of_one = chance.choice(words)
            question = " ".join(chance.choices(of_one, k=chance.randint(1, 12)))
            answer = library.ask(question)
            answered += bool(answer.claims)
            quotes += quotes_of(answer.to_dict())
        read = len(library.sources())
    share = sum(stands_in_file(quote, sources) for quote in quotes) / max(len(quotes), 1)
    yield Row("odd documents read", read, f"of {documents}", at_least=0.9 * documents)
    yield Row("odd questions answered", answered, f"of {asked}")
    yield Row(f"odd documents: verbatim of {len(quotes)} quotes", share, at_least=1.0)
