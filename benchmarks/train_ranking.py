"""Learn the weights of the ranking from questions whose answers are known.

    pip install scikit-learn
    python -m benchmarks.train_ranking DATA [--output FILE]

DATA is a folder with ``sources/`` (one paragraph a ``.txt`` file), ``questions*.jsonl`` on them,
and optionally ``left-out.txt`` with ``questions_left_out.jsonl`` (questions whose paragraph is
taken away, so that an answer is never found). The format is that of `python -m retrieval evaluate`.

Sentences are learned from two kinds of stores: all paragraphs together, and a dozen neighbouring
ones at a time, which is what a small set of documents looks like. The confidence is learned from
scores that the sentence network gave to articles it was not trained on, together with questions
that belong to other articles, and to paragraphs and sentences that were taken away.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier

from retrieval.chunking import chunk
from retrieval.embedding import LocalEmbedder, Vectors, inputs
from retrieval.evaluation import TestQuestion, contains_answer, read_questions
from retrieval.features import NAMES
from retrieval.question import parse
from retrieval.ranking import CONFIDENCE_NAMES, Network, Ranker, confidence_features
from retrieval.retriever import Retriever
from retrieval.sources import read_folder
from retrieval.types import Passage, Source, SourceSummary
from retrieval.vocabulary import embed_words, words_with_meaning

FOLDS = 5
MEMBERS = 5  # networks whose log odds are averaged: one alone is at the mercy of its seed
ARTICLE = 51  # neighbouring paragraphs that stay in one fold: about an article
SMALL = 12  # paragraphs of a small store
OTHER_SIZES = (5, 30)  # more small stores, for the questions in another language
NEAR_MISS_WEIGHT = 3.0  # they are few and the hardest to tell
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
        self._vectors = vectors
        self._matrix = np.vstack([vectors[passage.id][0] for passage in passages])

    def summaries(self) -> tuple[SourceSummary, ...]:
        """No titles: these paragraphs have none."""
        return ()

    def nearest(self, vector: Vectors, count: int) -> list[tuple[str, float]]:
        """Find the nearest passages."""
        cosines = self._matrix @ vector
        return [(self.passages[i].id, float(cosines[i])) for i in np.argsort(-cosines)[:count]]

    def word_vectors(self) -> Mapping[str, Vectors]:
        """Give the vectors of words."""
        known = words_with_meaning(passage.text for passage in self.passages)
        return embed_words(known, {}, self._embedder)

    def vectors(self, passage_ids: Sequence[str]) -> Mapping[str, Vectors]:
        """Give the vectors of passages."""
        return {id_: self._vectors[id_] for id_ in passage_ids}


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
    answerable: bool
    weight: float
    trains_sentences: bool
    table: Table
    owner: NDArray[np.int32]
    right: NDArray[np.bool_]  # the sentence is of the source that answers
    holds: NDArray[np.bool_]  # it holds an answer, of whichever source it is
    store: int  # how many sources there were to choose from
    language: str

    @property
    def answers(self) -> NDArray[np.bool_]:
        """Tell which sentences answer: of the right source, and with an answer in them."""
        return self.right & self.holds


def main() -> None:
    """Read the data, train, report, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("data", type=Path)
    default = Path(__file__).parent.parent / "retrieval" / "weights" / "ranking.json"
    parser.add_argument("--output", type=Path, default=default)
    arguments = parser.parse_args()

    examples = list(_examples(arguments.data))
    print(f"{len(examples)} questions, {sum(len(e.table) for e in examples)} sentences")
    held_out = _held_out_scores(examples)
    _report(examples, held_out)
    confidence = _train_confidence(examples, held_out)
    sentences = _train_sentences([e for e in examples if e.trains_sentences], MEMBERS)
    values = {"sentences": sentences, "confidence": confidence}
    arguments.output.write_text(json.dumps(values) + "\n", "utf-8")
    print(f"wrote {arguments.output}")


class _Data:
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

    def look(
        self,
        part: Sequence[Source],
        asked: Sequence[TestQuestion],
        *,
        trains: bool,
        near_miss: float = NEAR_MISS_WEIGHT,
    ) -> Iterator[Example]:
        """Ask questions of a store that holds just these sources."""
        passages = [passage for source in part for passage in chunk(source)]
        self._embedder.encode([text for passage in passages for text in inputs(passage)])
        vectors = {passage.id: self._embedder.encode(inputs(passage)) for passage in passages}
        generation: Any = MemoryGeneration(passages, vectors, self._embedder)
        retriever = Retriever(generation, self._embedder, _no_ranker())
        here = {source.id for source in part}
        weights = {"answerable": 1.0, "off-topic": 1.0, "near-miss": near_miss}
        for question in asked:
            candidates, table = retriever.describe(parse(question.question))
            texts = [
                (passages[n].source, text)
                for n in candidates.passages
                for text in passages[n].sentence_texts()
            ]
            holds = np.array([contains_answer(text, question.answers) for _, text in texts])
            right = np.array([source == question.source for source, _ in texts])
            answerable = question.kind == "answerable" and question.source in here
            foreign = question.lang != "it"
            yield Example(
                article=self.place.get(question.source, 0) // ARTICLE,
                answerable=answerable,
                weight=weights[question.kind] * (OTHER_LANGUAGE_WEIGHT if foreign else 1.0),
                trains_sentences=trains and answerable,
                table=table,
                owner=candidates.owner,
                right=right,
                holds=holds,
                store=len(part),
                language=question.lang,
            )


def _examples(folder: Path) -> Iterator[Example]:
    data = _Data(folder)
    yield from data.look(data.sources, data.questions, trains=True)
    yield from _small_examples(data)
    foreign = [question for question in data.questions if question.lang != "it"]
    for size in OTHER_SIZES:
        for part, own in _small_stores(data.sources, foreign, size):
            yield from data.look(part, own, trains=True)
    if data.left_out.exists():
        away = set((folder / "left-out.txt").read_text("utf-8").replace(".txt", "").split())
        rest = [source for source in data.sources if source.id not in away]
        yield from data.look(rest, read_questions(data.left_out), trains=False)


def _small_examples(data: _Data) -> Iterator[Example]:
    """Ask small stores their own questions, those of others, and those they no longer answer."""
    chance = random.Random(0)
    for part, own in _small_stores(data.sources, data.questions, SMALL):
        yield from data.look(part, own, trains=True)
        kept = [source for source in part if data.place[source.id] % 4]
        gone = {source.id for source in part} - {source.id for source in kept}
        if kept:
            missed = [replace(q, kind="near-miss") for q in own if q.source in gone]
            yield from data.look(kept, missed, trains=False)
        start = data.place[part[0].id]
        far = [q for q in data.questions if abs(data.place[q.source] - start) > ARTICLE + SMALL]
        yield from data.look(part, chance.sample(far, len(own) // 2), trains=False)
        for question in own:
            if sum(question.id.encode()) % 3 == 0 and (rest := _without_answer(part, question)):
                nearest = [replace(question, kind="near-miss")]
                yield from data.look(rest, nearest, trains=False, near_miss=1.5)


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


def _no_ranker() -> Ranker:
    empty: Any = None
    return Ranker(empty, empty)


def _fold(example: Example) -> int:
    return example.article % FOLDS


def _train_sentences(examples: Sequence[Example], members: int) -> dict[str, Any]:
    table = np.vstack([example.table for example in examples])
    labels = np.concatenate([example.answers for example in examples])
    weights = np.concatenate([np.full(len(e.table), e.weight) for e in examples])
    return _fit(
        table, labels, NAMES, units=32, rounds=12, penalty=1e-3, members=members, weights=weights
    )


def _held_out_scores(examples: Sequence[Example]) -> list[Table]:
    """Score every example by a network that saw nothing of its article."""
    scores: list[Table] = [np.zeros(0, np.float32)] * len(examples)
    for fold in range(FOLDS):
        training = [e for e in examples if e.trains_sentences and _fold(e) != fold]
        network = Network.from_json(_train_sentences(training, members=2), NAMES)
        for number, example in enumerate(examples):
            if _fold(example) == fold:
                scores[number] = network(example.table)
        print(f"fold {fold + 1} of {FOLDS} done", flush=True)
    return scores


def _train_confidence(examples: Sequence[Example], scores: Sequence[Table]) -> dict[str, Any]:
    table = np.vstack(
        [confidence_features(s, e.table, e.owner) for e, s in zip(examples, scores, strict=True)]
    )
    labels = np.array(
        [
            example.answerable and bool(example.holds[int(score.argmax())])
            for example, score in zip(examples, scores, strict=True)
        ]
    )
    weights = np.array([example.weight for example in examples])
    return _fit(
        table,
        labels,
        CONFIDENCE_NAMES,
        units=16,
        rounds=30,
        penalty=1e-2,
        members=MEMBERS,
        weights=weights,
    )


def _fit(
    table: Table,
    labels: NDArray[np.bool_],
    names: tuple[str, ...],
    *,
    units: int,
    rounds: int,
    penalty: float,
    members: int,
    weights: NDArray[np.float64] | None = None,
) -> dict[str, Any]:
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-6
    standard = (table - mean) / scale
    models = [
        MLPClassifier(
            (units,),
            alpha=penalty,
            max_iter=rounds,
            batch_size=512,
            learning_rate_init=2e-3,
            random_state=seed,
        ).fit(standard, labels, sample_weight=weights)
        for seed in range(members)
    ]

    def plain(values: Any) -> Any:
        return np.asarray(values, dtype=np.float64).round(4).tolist()

    # The mean of the members' log odds is one network with all their hidden units.
    return {
        "features": list(names),
        "mean": plain(mean),
        "scale": plain(scale),
        "hidden": plain(np.hstack([model.coefs_[0] for model in models])),
        "hidden_bias": plain(np.hstack([model.intercepts_[0] for model in models])),
        "output": plain(np.hstack([model.coefs_[1][:, 0] for model in models]) / members),
        "output_bias": plain(np.mean([model.intercepts_[1][0] for model in models])),
    }


def _report(examples: Sequence[Example], scores: Sequence[Table]) -> None:
    print("on articles not trained on:")
    largest = max(example.store for example in examples)
    for language in ("it", "en"):
        for small in (False, True):
            chosen = [
                (example, score)
                for example, score in zip(examples, scores, strict=True)
                if example.trains_sentences
                and example.language == language
                and (example.store < largest) is small
            ]
            if chosen:
                store = "small stores" if small else f"{largest} paragraphs"
                print(f"  {language}, {store}, {len(chosen)} questions: {_summary(chosen)}")


def _summary(chosen: Sequence[tuple[Example, Table]]) -> str:
    ranks, first, three = [], [], []
    for example, score in chosen:
        # Sentences are sorted by passage here, so a passage's rank stands for its source's.
        best = np.full(example.owner.max() + 1, -np.inf)
        np.maximum.at(best, example.owner, score)
        right = best[np.unique(example.owner[example.right])]
        ranks.append(int((best > right.max()).sum()) if len(right) else len(best))
        order = np.argsort(-score)
        first.append(example.holds[order[0]])
        three.append(example.holds[order[:3]].any())
    gains = [1 / np.log2(rank + 2) if rank < 10 else 0.0 for rank in ranks]
    return (
        f"nDCG@10 {np.mean(gains):.3f}, R@1 {np.mean(np.array(ranks) == 0):.3f}, "
        f"answer in the best sentence {np.mean(first):.3f}, in the best three {np.mean(three):.3f}"
    )


if __name__ == "__main__":
    main()
