"""Which questions are asked of which stores in a training.

Of all sources together, and of a few neighbours, as in a small set of documents; each also what it
does not answer: questions about other articles, to what was taken away, or for a little more.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks.examples import ARTICLE, OFF, Data, Example, Read
from benchmarks.variations import Text, about, finer, hurried, of_another
from retrieval.chunking import chunk
from retrieval.evaluation import TestQuestion, contains_answer, read_questions
from retrieval.types import Language, Source

SMALL = 12  # paragraphs of a small store
OTHER_SIZES = (5, 30)  # more small stores, for the questions in another language
OFF_TOPIC_WEIGHT = 20.0  # of an everyday question to all sources; they are few
HURRIED, FINER, OF_ANOTHER = 0.2, 0.3, 0.15  # shares of questions that are varied so
LANGUAGES: tuple[Language, ...] = ("it", "it", "en")  # of questions about a name
FAR = 40  # questions of an article, asked where all of it is taken away


def examples(data: Data, off_topic: Sequence[TestQuestion], read: Read) -> Iterator[Example]:
    """Ask all that is learned from; ``off_topic`` are everyday questions of one's own."""
    yield from data.look(data.sources, data.questions, read, trains=True)
    yield from _small_examples(data, read)
    chance = random.Random(2)
    foreign = [question for question in data.questions if question.lang != "it"]
    for size in OTHER_SIZES:
        for part, own in small_stores(data.sources, foreign, size):
            yield from data.look(part, own, read, trains=True)
            yield from _varied_examples(data, part, own, read, chance)
    yield from _far_examples(data, read)
    whole = data.sources
    yield from data.look(whole, off_topic, read, trains=False, topic_weight=OFF_TOPIC_WEIGHT)
    stores = list(small_stores(data.sources, data.questions, SMALL))
    for number, (part, _) in enumerate(stores):
        yield from data.look(part, off_topic[number :: len(stores)], read, trains=False)
    if rest := data.remaining():
        yield from data.look(rest, read_questions(data.left_out), read, trains=False)


def _far_examples(data: Data, read: Read) -> Iterator[Example]:
    """Ask the questions of each article where the whole of it is taken away."""
    chance = random.Random(1)
    for article in range(-(-len(data.sources) // ARTICLE)):
        rest = [source for source in data.sources if data.place[source.id] // ARTICLE != article]
        own = [question for question in data.questions if data.article(question) == article]
        asked = chance.sample(own, min(FAR, len(own)))
        far = [replace(question, kind=OFF) for question in asked]
        if rest:
            # Its neighbours may be of the same article, so they say nothing about the topic.
            yield from data.look(rest, far, read, trains=False, topic_weight=0.0)


def _small_examples(data: Data, read: Read) -> Iterator[Example]:
    """Ask small stores their own questions, those of others, and those they no longer answer."""
    chance = random.Random(0)
    for part, own in small_stores(data.sources, data.questions, SMALL):
        yield from data.look(part, own, read, trains=True)
        kept = [source for source in part if data.place[source.id] % 4]
        gone = {source.id for source in part} - {source.id for source in kept}
        if kept:
            missed = [replace(q, kind="near-miss") for q in own if q.source in gone]
            yield from data.look(kept, missed, read, trains=False)
        start = data.place[part[0].id]
        far = [q for q in data.questions if abs(data.place[q.source] - start) > ARTICLE + SMALL]
        off = [replace(q, kind=OFF) for q in chance.sample(far, min(len(far), len(own)))]
        yield from data.look(part, off, read, trains=False)
        yield from _varied_examples(data, part, own, read, chance)
        for question in own:
            if sum(question.id.encode()) % 3 == 0 and (rest := _without_answer(part, question)):
                nearest = [replace(question, kind="near-miss")]
                yield from data.look(rest, nearest, read, trains=False)


def _varied_examples(
    data: Data,
    part: Sequence[Source],
    own: Sequence[TestQuestion],
    read: Read,
    chance: random.Random,
) -> Iterator[Example]:
    """Ask as people type, and for a little more than the sources say."""
    texts = {source.id: Text.of([source.text]) for source in part}
    several = Text.of([source.text for source in part])
    typed = [hurried(question, chance) for question in own if chance.random() < HURRIED]
    yield from data.look(part, typed, read, trains=True)
    missed = []
    for question in own:
        if chance.random() < FINER:
            missed.append(finer(question, texts[question.source], chance))
        if chance.random() < OF_ANOTHER:
            missed.append(of_another(question, several, chance))
    for source in part:
        if names := texts[source.id].names:
            language = chance.choice(LANGUAGES)
            asked = about(chance.choice(names), language, texts[source.id], chance)
            missed.append(replace(asked, source=source.id) if asked else None)
    misses = [question for question in missed if question]
    # They are many already, and would make all questions in another language look like misses.
    yield from data.look(part, misses, read, trains=False, foreign_weight=1.0)


def small_stores(
    sources: Sequence[Source], questions: Sequence[TestQuestion], size: int
) -> Iterator[tuple[Sequence[Source], list[TestQuestion]]]:
    """Cut the sources into stores of neighbours, each with the questions on it."""
    for start in range(0, len(sources), size):
        part = sources[start : start + size]
        here = {source.id for source in part}
        if own := [question for question in questions if question.source in here]:
            yield part, own


def _without_answer(part: Sequence[Source], question: TestQuestion) -> list[Source]:
    """Take the sentences that answer out of their source: the nearest miss there is."""
    changed = []
    for source in part:
        texts = [text for passage in chunk(source) for text in passage.sentence_texts()]
        if source.id != question.source:
            changed.append(source)
        elif left := [text for text in texts if not contains_answer(text, question.answers)]:
            changed.append(replace(source, id=f"{source.id}/{question.id}", text=" ".join(left)))
    return changed
