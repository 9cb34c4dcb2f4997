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
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.curriculum import examples
from benchmarks.examples import FOLDS, OFF, Data, Example, Table, Weigh
from benchmarks.learning import (
    Terms,
    learn_confidence,
    learn_scaling,
    learn_scores,
    learn_terms,
    scaled,
)
from benchmarks.training_report import Judged, show
from retrieval.evaluation import read_questions
from retrieval.features import NAMES
from retrieval.ranking import CONFIDENCE_NAMES, Network, Ranker, confidence_features
from retrieval.weighting import TermWeights

OFF_TOPIC = Path(__file__).parent / "questions" / "off-topic-training.jsonl"
MEMBERS = 5  # networks whose log odds are averaged: one alone is at the mercy of its seed


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
    asked = list(examples(data, read_questions(arguments.off_topic), held_out_weights(met)))
    print(f"{len(asked)} examples, {sum(len(e.table) for e in asked)} sentences", flush=True)
    scores = held_out_scores(asked, _learned_sentences)
    confidence = _held_out_confidence(asked, scores)
    scaling = _scaling(asked, scores, confidence)
    show(judge(asked, scores, [_scaled(sure, scaling) for sure in confidence]))
    values = {
        "terms": learn_terms([terms for _, terms in met]),
        "sentences": _learn_sentences(asked),
        "confidence": scaled(_learn_confidence(asked, scores), *scaling),
        "topic": _learn_topic(asked, scores),
    }
    arguments.output.write_text(json.dumps(values) + "\n", "utf-8")
    print(f"wrote {arguments.output}")


def held_out_weights(met: Sequence[tuple[int, Terms]]) -> Weigh:
    """Learn to weigh words for each fold, from nothing of its articles."""
    weights = [
        TermWeights.from_json(learn_terms([terms for a, terms in met if a % FOLDS != fold]))
        for fold in range(FOLDS)
    ]
    return lambda article: weights[article % FOLDS]


def held_out_scores(
    examples: Sequence[Example], learn: Callable[[Sequence[Example]], Network]
) -> list[Table]:
    """Score every example by a network that saw nothing of its article."""
    scores: list[Table] = [np.zeros(0, np.float32)] * len(examples)
    for fold in range(FOLDS):
        network = learn([example for example in examples if example.fold != fold])
        for number, example in enumerate(examples):
            if example.fold == fold:
                scores[number] = network(example.table)
    return scores


def _learn_sentences(examples: Sequence[Example]) -> dict[str, Any]:
    chosen = [example for example in examples if example.trains_sentences]
    return learn_scores(
        [example.table for example in chosen],
        [example.answers for example in chosen],
        [example.weight for example in chosen],
        NAMES,
        members=MEMBERS,
    )


def _learned_sentences(examples: Sequence[Example]) -> Network:
    network = Network.from_json(_learn_sentences(examples), NAMES)
    print("a fold done", flush=True)
    return network


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
