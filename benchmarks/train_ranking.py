"""Learn the weights of the ranking from questions whose answers are known.

    python -m benchmarks.train_ranking DATA [--output FILE]

DATA is a folder with ``sources/`` (one paragraph a ``.txt`` file), ``questions*.jsonl`` on them,
and optionally ``left-out.txt`` with ``questions_left_out.jsonl`` (questions whose paragraph is
taken away, so that an answer is never found). The format is that of `python -m retrieval evaluate`.

Four things are learned, one from the other: what each word of a question counts; from features
made with those weights, which sentence answers; how sure that is; and what is on topic at all.
Each is learned five times with the articles of a fold left out, which is what the report and the
next step look at, and then from all. Sentences are learned from all paragraphs together and from a
few neighbouring ones at a time, as in a small set of documents; the confidence also from questions
that belong to other articles, to paragraphs and sentences that were taken away, or to everyday
life (off-topic ones).
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.learning import (
    GRAMMAR,
    Terms,
    learn_confidence,
    learn_scaling,
    learn_scores,
    learn_terms,
    scaled,
)
from benchmarks.training_report import Judged, show
from retrieval.chunking import chunk
from retrieval.embedding import LocalEmbedder, Vectors, inputs
from retrieval.evaluation import TestQuestion, contains_answer, read_questions
from retrieval.features import NAMES, features
from retrieval.meeting import Meeting
from retrieval.question import parse
from retrieval.ranking import CONFIDENCE_NAMES, Network, Ranker, confidence_features
from retrieval.retriever import Retriever
from retrieval.sources import read_folder
from retrieval.types import Passage, Source, SourceSummary
from retrieval.vectors import PassageVectors, first_sentences
from retrieval.vocabulary import WordVectors, embed_words, words_with_meaning
from retrieval.weighting import TermWeights, describe_terms

OFF_TOPIC = Path(__file__).parent / "questions" / "off-topic-training.jsonl"
FOLDS = 5
MEMBERS = 5  # networks whose log odds are averaged: one alone is at the mercy of its seed
ARTICLE = 51  # neighbouring paragraphs that stay in one fold: about an article
SMALL = 12  # paragraphs of a small store
OTHER_SIZES = (5, 30)  # more small stores, for the questions in another language
OFF = "off-topic"
OFF_TOPIC_WEIGHT = 10.0  # of an everyday question to all sources; they are few
FAR = 40  # questions of an article, asked where all of it is taken away
NEAR_MISS_WEIGHT = 1.5  # they are few and the hardest to tell
OTHER_LANGUAGE_WEIGHT = 4.0  # questions in another language than the sources are few, too

Table = NDArray[np.float32]


class MemoryGeneration:
    """As much of a generation as a retriever needs, with exact search and nothing on disk."""

    def __init__(
        self,
        passages: Sequence[Passage],
        vectors: Mapping[str, Vectors],
        embedder: CachedEmbedder,
    ) -> None:
        self.passages = tuple(passages)
        self._embedder = embedder
        self._matrix = np.vstack([vectors[passage.id][0] for passage in passages])
        self.vectors = PassageVectors(
            self._matrix.astype(np.float16),
            np.vstack([vectors[passage.id][1:] for passage in passages]).astype(np.float16),
            first_sentences(passages),
        )

    def summaries(self) -> tuple[SourceSummary, ...]:
        """No titles: these paragraphs have none."""
        return ()

    def nearest(self, vector: Vectors, count: int) -> list[tuple[str, float]]:
        """Find the nearest passages."""
        cosines = self._matrix @ vector
        return [(self.passages[i].id, float(cosines[i])) for i in np.argsort(-cosines)[:count]]

    def word_vectors(self) -> WordVectors:
        """Give the vectors of words."""
        known = words_with_meaning(passage.text for passage in self.passages)
        return embed_words(known, WordVectors(), self._embedder)


class CachedEmbedder(LocalEmbedder):
    """Embeds a text once."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed what is new, recall the rest."""
        new = sorted({text for text in texts if text not in self._known}, key=len)
        for start in range(0, len(new), 64):
            batch = new[start : start + 64]
            self._known.update(zip(batch, super().encode(batch), strict=True))
        return np.vstack([self._known[text] for text in texts])


@dataclass(frozen=True)
class Example:
    """A question on a store: features of candidate sentences, and which of them answer."""

    article: int
    kind: str
    answerable: bool
    weight: float
    trains_sentences: bool
    table: Table
    owner: NDArray[np.int32]
    right: NDArray[np.bool_]  # the sentence is of the source that answers
    holds: NDArray[np.bool_]  # it holds an answer, of whichever source it is
    topic_weight: float  # how much it counts for what is on topic
    store: int  # how many sources there were to choose from
    language: str

    @property
    def answers(self) -> NDArray[np.bool_]:
        """Tell which sentences answer: of the right source, and with an answer in them."""
        return self.right & self.holds

    @property
    def fold(self) -> int:
        """The fold it is left out with."""
        return self.article % FOLDS


Weigh = Callable[[int], Callable[[Meeting], tuple[Table, Table]]]


def main() -> None:
    """Read the data, train, report, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("data", type=Path)
    default = Path(__file__).parent.parent / "retrieval" / "weights" / "ranking.json"
    parser.add_argument("--output", type=Path, default=default)
    parser.add_argument("--off-topic", type=Path, default=OFF_TOPIC, metavar="FILE")
    arguments = parser.parse_args()

    data = Data(arguments.data)
    met = list(data.terms())
    print(f"{len(met)} questions on {len(data.sources)} sources", flush=True)
    term_weights = [
        TermWeights.from_json(
            learn_terms([terms for article, terms in met if article % FOLDS != n])
        )
        for n in range(FOLDS)
    ]
    off_topic = read_questions(arguments.off_topic)
    examples = list(_examples(data, off_topic, lambda article: term_weights[article % FOLDS]))
    print(f"{len(examples)} examples, {sum(len(e.table) for e in examples)} sentences", flush=True)
    scores = _held_out_scores(examples)
    confidence = _held_out_confidence(examples, scores)
    scaling = _scaling(examples, scores, confidence)
    show(judge(examples, scores, [_scaled(sure, scaling) for sure in confidence]))
    values = {
        "terms": learn_terms([terms for _, terms in met]),
        "sentences": _learn_sentences([e for e in examples if e.trains_sentences]),
        "confidence": scaled(_learn_confidence(examples, scores), *scaling),
        "topic": _learn_topic(examples, scores),
    }
    arguments.output.write_text(json.dumps(values) + "\n", "utf-8")
    print(f"wrote {arguments.output}")


class Data:
    """The sources and questions of a folder, and the stores that can be made of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sources = read_folder(folder / "sources").sources
        self.place = {source.id: number for number, source in enumerate(self.sources)}
        self.left_out = folder / "questions_left_out.jsonl"
        self.questions = [
            question
            for file in sorted(folder.glob("questions*.jsonl"))
            if file != self.left_out
            for question in read_questions(file)
            if question.source in self.place
        ]
        self._embedder = CachedEmbedder()

    def article(self, question: TestQuestion) -> int:
        """Number the article a question belongs to, or any where it belongs to none."""
        anywhere = sum(question.id.encode()) * ARTICLE
        return self.place.get(question.source, anywhere) // ARTICLE

    def terms(self) -> Iterator[tuple[int, Terms]]:
        """Ask all questions of all sources: each with its article, as words are weighed from."""
        numbers = {word: number for number, word in enumerate(GRAMMAR)}
        retriever, passages = self._store(self.sources)
        for question in self.questions:
            meeting = retriever.meet(parse(question.question))
            right, holds = _answers(question, meeting, passages)
            owner, candidates = meeting.candidates.owner, meeting.candidates
            yield (
                self.article(question),
                Terms(
                    described=describe_terms(meeting),
                    rarity=meeting.weights,
                    grammar=np.array([numbers.get(t.folded, -1) for t in meeting.question.terms]),
                    alike=meeting.alike,
                    met=meeting.met,
                    passage_alike=meeting.by_passage(meeting.alike)[:, owner],
                    passage_met=meeting.by_passage(meeting.met)[:, owner],
                    cosines=np.stack([candidates.sentence_cosine, candidates.cosine[owner]]),
                    answers=(right & holds).astype(np.float32),
                    weight=OTHER_LANGUAGE_WEIGHT if question.lang != "it" else 1.0,
                ),
            )

    def look(
        self,
        part: Sequence[Source],
        asked: Sequence[TestQuestion],
        weigh: Weigh,
        *,
        trains: bool,
        topic_weight: float = 1.0,
    ) -> Iterator[Example]:
        """Ask questions of a store that holds just these sources."""
        retriever, passages = self._store(part)
        here = {source.id for source in part}
        for question in asked:
            meeting = retriever.meet(parse(question.question))
            article = self.article(question)
            right, holds = _answers(question, meeting, passages)
            answerable = question.kind == "answerable" and question.source in here
            foreign = question.lang != "it"
            weight = NEAR_MISS_WEIGHT if question.kind == "near-miss" else 1.0
            yield Example(
                article=article,
                kind=question.kind,
                answerable=answerable,
                weight=weight * (OTHER_LANGUAGE_WEIGHT if foreign else 1.0),
                trains_sentences=trains and answerable,
                table=features(meeting, *weigh(article)(meeting), retriever.kinds),
                owner=meeting.candidates.owner,
                right=right,
                holds=holds,
                topic_weight=topic_weight * (2.0 if foreign and question.kind != OFF else 1.0),
                store=len(part),
                language=question.lang,
            )

    def _store(self, part: Sequence[Source]) -> tuple[Retriever, Sequence[Passage]]:
        passages = [passage for source in part for passage in chunk(source)]
        self._embedder.encode([text for passage in passages for text in inputs(passage)])
        vectors = {passage.id: self._embedder.encode(inputs(passage)) for passage in passages}
        generation: Any = MemoryGeneration(passages, vectors, self._embedder)
        nobody: Any = None
        return Retriever(
            generation, self._embedder, Ranker(nobody, nobody, nobody, nobody)
        ), passages


def _answers(
    question: TestQuestion, meeting: Meeting, passages: Sequence[Passage]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which candidate sentences are of the right source, and which hold an answer."""
    texts = [
        (passages[n].source == question.source, text)
        for n in meeting.candidates.passages
        for text in passages[n].sentence_texts()
    ]
    right = np.array([right for right, _ in texts], dtype=np.bool_)
    holds = np.array([contains_answer(text, question.answers) for _, text in texts])
    return right, holds


def _examples(data: Data, off_topic: Sequence[TestQuestion], weigh: Weigh) -> Iterator[Example]:
    yield from data.look(data.sources, data.questions, weigh, trains=True)
    yield from _small_examples(data, weigh)
    foreign = [question for question in data.questions if question.lang != "it"]
    for size in OTHER_SIZES:
        for part, own in _small_stores(data.sources, foreign, size):
            yield from data.look(part, own, weigh, trains=True)
    yield from _far_examples(data, weigh)
    whole = data.sources
    yield from data.look(whole, off_topic, weigh, trains=False, topic_weight=OFF_TOPIC_WEIGHT)
    stores = list(_small_stores(data.sources, data.questions, SMALL))
    for number, (part, _) in enumerate(stores):
        yield from data.look(part, off_topic[number :: len(stores)], weigh, trains=False)
    if data.left_out.exists():
        away = set((data.folder / "left-out.txt").read_text("utf-8").replace(".txt", "").split())
        rest = [source for source in data.sources if source.id not in away]
        yield from data.look(rest, read_questions(data.left_out), weigh, trains=False)


def _far_examples(data: Data, weigh: Weigh) -> Iterator[Example]:
    """Ask the questions of each article where the whole of it is taken away."""
    chance = random.Random(1)
    for article in range(-(-len(data.sources) // ARTICLE)):
        rest = [source for source in data.sources if data.place[source.id] // ARTICLE != article]
        own = [question for question in data.questions if data.article(question) == article]
        asked = chance.sample(own, min(FAR, len(own)))
        far = [replace(question, kind=OFF) for question in asked]
        if rest:
            # Its neighbours may be of the same article, so they say nothing about the topic.
            yield from data.look(rest, far, weigh, trains=False, topic_weight=0.0)


def _small_examples(data: Data, weigh: Weigh) -> Iterator[Example]:
    """Ask small stores their own questions, those of others, and those they no longer answer."""
    chance = random.Random(0)
    for part, own in _small_stores(data.sources, data.questions, SMALL):
        yield from data.look(part, own, weigh, trains=True)
        kept = [source for source in part if data.place[source.id] % 4]
        gone = {source.id for source in part} - {source.id for source in kept}
        if kept:
            missed = [replace(q, kind="near-miss") for q in own if q.source in gone]
            yield from data.look(kept, missed, weigh, trains=False)
        start = data.place[part[0].id]
        far = [q for q in data.questions if abs(data.place[q.source] - start) > ARTICLE + SMALL]
        off = [replace(q, kind=OFF) for q in chance.sample(far, min(len(far), len(own)))]
        yield from data.look(part, off, weigh, trains=False)
        for question in own:
            if sum(question.id.encode()) % 3 == 0 and (rest := _without_answer(part, question)):
                nearest = [replace(question, kind="near-miss")]
                yield from data.look(rest, nearest, weigh, trains=False)


def _small_stores(
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


def _learn_sentences(examples: Sequence[Example], members: int = MEMBERS) -> dict[str, Any]:
    return learn_scores(
        [example.table for example in examples],
        [example.answers for example in examples],
        [example.weight for example in examples],
        NAMES,
        members=members,
    )


def _held_out_scores(examples: Sequence[Example]) -> list[Table]:
    """Score every example by a network that saw nothing of its article."""
    scores: list[Table] = [np.zeros(0, np.float32)] * len(examples)
    for fold in range(FOLDS):
        training = [e for e in examples if e.trains_sentences and e.fold != fold]
        network = Network.from_json(_learn_sentences(training), NAMES)
        for number, example in enumerate(examples):
            if example.fold == fold:
                scores[number] = network(example.table)
        print(f"fold {fold + 1} of {FOLDS} done", flush=True)
    return scores


def _learn_confidence(examples: Sequence[Example], scores: Sequence[Table]) -> dict[str, Any]:
    pairs = list(zip(examples, scores, strict=True))
    table = np.vstack([confidence_features(s, e.table, e.owner) for e, s in pairs])
    labels = [e.answerable and bool(e.holds[int(s.argmax())]) for e, s in pairs]
    weights = np.array([example.weight for example in examples], dtype=np.float32)
    return learn_confidence(
        table, np.array(labels, dtype=np.float32), weights, CONFIDENCE_NAMES, members=MEMBERS
    )


def _learn_topic(examples: Sequence[Example], scores: Sequence[Table]) -> dict[str, Any]:
    pairs = [(e, s) for e, s in zip(examples, scores, strict=True) if e.topic_weight]
    table = np.vstack([confidence_features(s, e.table, e.owner) for e, s in pairs])
    labels = np.array([e.kind != OFF for e, _ in pairs], dtype=np.float32)
    weights = np.array([e.topic_weight for e, _ in pairs], dtype=np.float32)
    return learn_confidence(table, labels, weights, CONFIDENCE_NAMES, members=MEMBERS)


def _held_out_confidence(examples: Sequence[Example], scores: Sequence[Table]) -> list[float]:
    """Tell how sure a network is that saw nothing of the example's article."""
    confidence = [0.0] * len(examples)
    for fold in range(FOLDS):
        chosen = [number for number, e in enumerate(examples) if e.fold != fold]
        learned = _learn_confidence([examples[n] for n in chosen], [scores[n] for n in chosen])
        network: Any = Network.from_json(learned, CONFIDENCE_NAMES)
        ranker = Ranker(network, network, network, network)
        for number, example in enumerate(examples):
            if example.fold == fold:
                sure, _ = ranker.judge(scores[number], example.table, example.owner)
                confidence[number] = sure
    return confidence


def _scaling(
    examples: Sequence[Example], scores: Sequence[Table], confidence: Sequence[float]
) -> tuple[float, float]:
    """Fit the confidence to questions that all have answers, as most that are asked do.

    Learned among so many that have none, it would be too modest about them.
    """
    largest = max(example.store for example in examples)
    chosen = [n for n, e in enumerate(examples) if e.answerable and e.store == largest]
    right = [bool(examples[n].holds[int(scores[n].argmax())]) for n in chosen]
    return learn_scaling(np.array([confidence[n] for n in chosen]), np.array(right))


def _scaled(confidence: float, scaling: tuple[float, float]) -> float:
    odds = scaling[0] * np.log(confidence / (1 - confidence)) + scaling[1]
    return float(1 / (1 + np.exp(-odds)))


def judge(
    examples: Sequence[Example], scores: Sequence[Table], confidence: Sequence[float]
) -> list[Judged]:
    """Put together what the report looks at."""
    largest = max(example.store for example in examples)
    return [
        Judged(
            kind=example.kind,
            store="small stores" if example.store < largest / 2 else f"about {largest} sources",
            complete=example.store == largest,
            language=example.language,
            scores=score,
            owner=example.owner,
            right=example.right,
            holds=example.holds,
            confidence=sure,
        )
        for example, score, sure in zip(examples, scores, confidence, strict=True)
    ]


if __name__ == "__main__":
    main()
