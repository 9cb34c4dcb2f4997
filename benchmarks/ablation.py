"""What each part of the ranking is worth: learned again without it, on articles left out.

    python -m benchmarks.ablation DATA

DATA is the folder that ``benchmarks.train_ranking`` learns from. Only all paragraphs together are
looked at, with one network instead of five and none for passages, so figures are a little below
those of the training.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.examples import FOLDS, Data, Example, Reading, Table
from benchmarks.learning import learn_confidence, learn_scores
from benchmarks.ranked import ranking
from benchmarks.train_ranking import fold_adapters, fold_terms, reader
from retrieval.adapter import QuestionAdapter
from retrieval.features import NAMES
from retrieval.meeting import Meeting
from retrieval.ranking import Network

_AIM = ("aimed",)
_MEANING = (*_AIM, "cosine", "meaning", "subject", "predicate", "least_met", "answer_named_met")
_ORDER = ("pairs", "run", "closeness")
_KINDS = ("asked", "offered", "missing", "near")
_WITHOUT: dict[str, Callable[[str], bool]] = {
    "meaning": lambda name: any(part in name for part in _MEANING),
    "where the question aims": lambda name: any(part in name for part in _AIM),
    "order and nearness": lambda name: any(part in name for part in _ORDER),
    "what is asked and offered": lambda name: name.rsplit("_", 1)[-1] in _KINDS,
    "ranks": lambda name: name.endswith("_rank"),
    "the passage around": lambda name: name.startswith("passage") or "previous" in name,
}


def main() -> None:
    """Learn and report, part by part."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("data", type=Path)
    data = Data(parser.parse_args().data)
    adapters = fold_adapters(data.aims())
    adapt = [QuestionAdapter.from_json(values) for values in adapters]
    read = reader(adapters, fold_terms(list(data.terms())))
    whole = list(data.look(data.sources, data.questions, read, trains=True))
    _show("everything", whole, NAMES, _listwise)
    _show("sentence by sentence, not against each other", whole, NAMES, _pointwise)
    for part, drops in _WITHOUT.items():
        _show(f"without {part}", whole, tuple(n for n in NAMES if not drops(n)), _listwise)
    rarity = [Reading(adapter, _by_rarity) for adapter in adapt]
    plain = data.look(
        data.sources, data.questions, lambda article: rarity[article % FOLDS], trains=True
    )
    _show("words weighed by rarity alone", list(plain), NAMES, _listwise)


Learn = Callable[[Sequence[Example], tuple[str, ...]], Network]


def _show(title: str, examples: Sequence[Example], names: tuple[str, ...], learn: Learn) -> None:
    columns = [NAMES.index(name) for name in names]
    chosen = [replace(example, table=example.table[:, columns]) for example in examples]
    networks = [learn([e for e in chosen if e.fold != fold], names) for fold in range(FOLDS)]
    scores = [networks[example.fold](example.table) for example in chosen]
    for language in ("it", "en"):
        if here := [n for n, example in enumerate(chosen) if example.language == language]:
            said = ranking([chosen[n] for n in here], [scores[n] for n in here])
            print(f"{title}, {language}: {said}", flush=True)


def _listwise(examples: Sequence[Example], names: tuple[str, ...]) -> Network:
    tables, answers = [e.table for e in examples], [e.answers for e in examples]
    learned = learn_scores(tables, answers, [e.weight for e in examples], names, members=1)
    return Network.from_json(learned, names)


def _pointwise(examples: Sequence[Example], names: tuple[str, ...]) -> Network:
    table = np.vstack([e.table for e in examples])
    labels = np.concatenate([e.answers for e in examples]).astype(np.float32)
    weights = np.concatenate([np.full(len(e.table), e.weight, np.float32) for e in examples])
    learned = learn_confidence(table, labels, weights, names, members=1, units=32, rounds=6)
    return Network.from_json(learned, names)


def _by_rarity(meeting: Meeting) -> tuple[Table, Table]:
    weights = meeting.weights / meeting.weights.sum()
    return weights, weights


if __name__ == "__main__":
    main()
