"""Learn the weights of the ranking from questions whose answers are known.

    python -m benchmarks.train_ranking DATA [--output FILE]

DATA is a folder with ``sources/`` (one paragraph a ``.txt`` file), ``questions*.jsonl`` on them,
and optionally ``left-out.txt`` with ``questions_left_out.jsonl`` (questions whose paragraph is
taken away, so that an answer is never found). The format is that of `python -m retrieval evaluate`.

One from the other are learned: where a question aims; what each of its words counts; from features
made with both, which sentence answers, and which passage; how sure that is; what is on topic.
Each is learned five times with the articles of a fold left out, which is what the report and the
next step look at, and then from all. Sentences are learned from all paragraphs together and from a
few neighbouring ones at a time, as in a small set of documents; the confidence also from questions
that belong to other articles, to paragraphs and sentences that were taken away, to everyday life
(off-topic ones), or that ask for a little more than is there.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.adapting import Aims, learn_adapter
from benchmarks.curriculum import examples
from benchmarks.examples import FOLDS, OFF, Data, Example, Read, Reading, Table
from benchmarks.held_out import reports
from benchmarks.learning import (
    Terms,
    joined,
    learn_confidence,
    learn_scaling,
    learn_scores,
    learn_terms,
    scaled,
)
from retrieval.adapter import QuestionAdapter
from retrieval.evaluation import read_questions, table
from retrieval.features import NAMES
from retrieval.ranking import (
    CONFIDENCE_NAMES,
    PASSAGE_NAMES,
    Network,
    Ranker,
    confidence_features,
    passage_features,
    score,
)
from retrieval.weighting import TermWeights

_QUESTIONS = Path(__file__).parent / "questions"
MEMBERS = 5  # networks whose log odds are averaged: one alone is at the mercy of its seed

Json = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """What the confidence is learned from: an example, and a row about its best sentence."""

    example: Example
    row: Table
    answers: bool


def main() -> None:
    """Read the data, train, report, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("data", type=Path)
    default = Path(__file__).parent.parent / "retrieval" / "weights" / "ranking.json"
    parser.add_argument("--output", type=Path, default=default)
    off_topic = _QUESTIONS / "off-topic-training.jsonl"
    parser.add_argument("--off-topic", type=Path, default=off_topic, metavar="FILE")
    arguments = parser.parse_args()

    data = Data(arguments.data)
    aims = data.aims()
    adapters = fold_adapters(aims)
    met = list(data.terms())
    print(f"{len(met)} questions on {len(data.sources)} sources", flush=True)
    terms = fold_terms(met)
    asked = list(examples(data, read_questions(arguments.off_topic), reader(adapters, terms)))
    print(f"{len(asked)} examples, {sum(len(e.table) for e in asked)} sentences", flush=True)
    sentences = [_learn_sentences([e for e in asked if e.fold != n]) for n in range(FOLDS)]
    passages = [_learn_passages([e for e in asked if e.fold != n]) for n in range(FOLDS)]
    scorers = [_scorer(*both) for both in zip(sentences, passages, strict=True)]
    told = _told(asked, held_out_scores(asked, scorers))
    confidence = [_learn_confidence([t for t in told if _fold(t) != n]) for n in range(FOLDS)]
    topic = [_learn_topic([t for t in told if _fold(t) != n]) for n in range(FOLDS)]
    scaling = _scaling(told, [_confidence(each) for each in confidence])
    rankers = [
        Ranker.from_json(
            {
                "adapter": adapters[n],
                "terms": terms[n],
                "sentences": sentences[n],
                "passages": passages[n],
                "confidence": scaled(confidence[n], *scaling),
                "topic": topic[n],
            }
        )
        for n in range(FOLDS)
    ]
    everyday = read_questions(_QUESTIONS / "off-topic.jsonl")
    for name, report in reports(data, rankers, everyday):
        print(f"\n## {name}, each by a ranking that saw nothing of its article\n{table(report)}")
    values = {
        "adapter": learn_adapter(aims),
        "terms": learn_terms([terms for _, terms in met]),
        "sentences": _learn_sentences(asked),
        "passages": _learn_passages(asked),
        # Learned from few questions on small stores, one judge alone may be far off about another.
        "confidence": scaled(joined([*confidence, _learn_confidence(told)]), *scaling),
        "topic": joined([*topic, _learn_topic(told)]),
    }
    arguments.output.write_text(json.dumps(values) + "\n", "utf-8")
    print(f"wrote {arguments.output}")


def fold_terms(met: Sequence[tuple[int, Terms]]) -> list[Json]:
    """Learn to weigh words for each fold, from nothing of its articles."""
    return [
        learn_terms([terms for article, terms in met if article % FOLDS != fold])
        for fold in range(FOLDS)
    ]


def fold_adapters(aims: Aims) -> list[Json]:
    """Learn where questions aim for each fold, from nothing of its articles."""
    return [learn_adapter(aims.without(fold, FOLDS)) for fold in range(FOLDS)]


def reader(adapters: Sequence[Json], terms: Sequence[Json]) -> Read:
    """Read questions with what was learned without their articles."""
    readings = [
        Reading(QuestionAdapter.from_json(adapter), TermWeights.from_json(each))
        for adapter, each in zip(adapters, terms, strict=True)
    ]
    return lambda article: readings[article % FOLDS]


def held_out_scores(
    examples: Sequence[Example], scorers: Sequence[Callable[[Example], Table]]
) -> list[Table]:
    """Score the sentences of every example by what was learned for its fold."""
    return [scorers[example.fold](example) for example in examples]


def _learn_sentences(examples: Sequence[Example]) -> Json:
    chosen = [example for example in examples if example.trains_sentences]
    learned = learn_scores(
        [example.table for example in chosen],
        [example.answers for example in chosen],
        [example.weight for example in chosen],
        NAMES,
        members=MEMBERS,
    )
    print(f"sentences learned from {len(chosen)} examples", flush=True)
    return learned


def _learn_passages(examples: Sequence[Example]) -> Json:
    chosen = [example for example in examples if example.trains_sentences]
    learned = learn_scores(
        [passage_features(example.table, example.owner) for example in chosen],
        [example.answering_passages for example in chosen],
        [example.weight for example in chosen],
        PASSAGE_NAMES,
        members=MEMBERS,
    )
    print(f"passages learned from {len(chosen)} examples", flush=True)
    return learned


def _scorer(sentences: Json, passages: Json) -> Callable[[Example], Table]:
    networks = Network.from_json(sentences, NAMES), Network.from_json(passages, PASSAGE_NAMES)
    return lambda example: score(*networks, example.table, example.owner)


def _told(examples: Sequence[Example], scores: Sequence[Table]) -> list[Told]:
    return [
        Told(
            example=e,
            row=confidence_features(s, e.table, e.owner),
            answers=e.answerable and bool(e.holds[int(s.argmax())]),
        )
        for e, s in zip(examples, scores, strict=True)
    ]


def _fold(told: Told) -> int:
    return told.example.fold


def _learn_confidence(told: Sequence[Told]) -> Json:
    labels = np.array([t.answers for t in told], dtype=np.float32)
    weights = np.array([t.example.weight for t in told], dtype=np.float32)
    return _learn_judge(told, labels, weights)


def _learn_topic(told: Sequence[Told]) -> Json:
    chosen = [t for t in told if t.example.topic_weight]
    labels = np.array([t.example.kind != OFF for t in chosen], dtype=np.float32)
    weights = np.array([t.example.topic_weight for t in chosen], dtype=np.float32)
    return _learn_judge(chosen, labels, weights)


def _learn_judge(told: Sequence[Told], labels: Table, weights: Table) -> Json:
    rows = np.stack([t.row for t in told])
    return learn_confidence(rows, labels, weights, CONFIDENCE_NAMES, members=MEMBERS)


def _scaling(told: Sequence[Told], networks: Sequence[Network]) -> tuple[float, float]:
    """Fit the confidence to questions that all have answers, as most that are asked do.

    Learned among so many that have none, it would be too modest about them.
    """
    largest = max(t.example.store for t in told)
    chosen = [t for t in told if t.example.answerable and t.example.store == largest]
    odds = np.array([float(networks[_fold(t)](t.row[np.newaxis])[0]) for t in chosen])
    return learn_scaling(1 / (1 + np.exp(-odds)), np.array([t.answers for t in chosen]))


def _confidence(values: Json) -> Network:
    return Network.from_json(values, CONFIDENCE_NAMES)


if __name__ == "__main__":
    main()
