"""Learns small networks with NumPy alone: term weights and scores listwise, confidence pointwise.

Listwise means that the sentences of one question compete: what is learned is the probability that
a sentence is among those that answer (softmax over the candidates; Cao et al., "Learning to Rank",
ICML 2007). Optimised with Adam (Kingma and Ba, ICLR 2015) at a falling rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.weighting import TERM_NAMES
from retrieval.words import FUNCTION_WORDS

Array = NDArray[Any]

_BATCH = 32  # questions


@dataclass(frozen=True)
class Terms:
    """A question's terms against its sentences, as term weights are learned from them.

    ``described`` (terms, features), ``rarity`` (terms), ``grammar`` the number of each term among
    the words of grammar or -1; ``alike`` and ``met`` (terms, sentences) and the same of their
    passages; ``cosines`` (2, sentences) of sentence and passage; ``answers`` (sentences).
    """

    described: Array
    rarity: Array
    grammar: Array
    alike: Array
    met: Array
    passage_alike: Array
    passage_met: Array
    cosines: Array
    answers: Array
    weight: float


GRAMMAR = tuple(sorted(FUNCTION_WORDS))


class Adam:
    """Adam with decoupled decay; ``rate`` falls to nothing over ``steps``."""

    def __init__(
        self, values: list[Array], decay: Sequence[float], *, rate: float, steps: int
    ) -> None:
        self._values, self._decay, self._rate, self._steps = values, decay, rate, steps
        self._mean = [np.zeros_like(value) for value in values]
        self._square = [np.zeros_like(value) for value in values]
        self._step = 0

    def step(self, slopes: Sequence[Array]) -> None:
        """Change the values, in place, against their slopes."""
        self._step += 1
        rate = self._rate * (1 - self._step / self._steps) + 1e-5
        for i, slope in enumerate(slopes):
            self._mean[i] += 0.1 * (slope - self._mean[i])
            self._square[i] += 0.001 * (slope**2 - self._square[i])
            size = np.sqrt(self._square[i] / (1 - 0.999**self._step)) + 1e-8
            step = self._mean[i] / (1 - 0.9**self._step) / size
            self._values[i] -= rate * (step + self._decay[i] * self._values[i])


def learn_terms(questions: Sequence[Terms], *, units: int = 24, rounds: int = 12) -> dict[str, Any]:
    """Learn what each word of a question counts, so that plain sums rank as well as they can."""
    chance = np.random.default_rng(0)
    hidden = chance.standard_normal((len(TERM_NAMES), units)) * 0.4
    bias, output = np.zeros(units), np.zeros((units, 2))
    own, scales = np.zeros((len(GRAMMAR) + 1, 2)), np.full(6, 4.0)
    known = [q for q in questions if q.answers.any()]
    steps = rounds * (-(-len(known) // _BATCH))
    adam = Adam([hidden, bias, output, own, scales], (0, 0, 0, 0.3, 0), rate=2e-2, steps=steps)
    for _ in range(rounds):
        order = chance.permutation(len(known))
        for start in range(0, len(order), _BATCH):
            slopes = [np.zeros_like(value) for value in (hidden, bias, output, own, scales)]
            for number in order[start : start + _BATCH]:
                q = known[number]
                units_on = np.tanh(q.described @ hidden + bias)
                odds = units_on @ output + own[q.grammar]
                weights = q.rarity[:, np.newaxis] * np.exp(odds - odds.max(axis=0))
                weights /= weights.sum(axis=0)
                rows = (q.alike, q.met, q.passage_alike, q.passage_met)
                sums = np.stack([weights[:, i // 2] @ row for i, row in enumerate(rows)])
                slope = q.weight * _listwise(
                    2 * scales[:4] @ sums + scales[4:] @ q.cosines, q.answers
                )
                slopes[4][:4] += 2 * (sums @ slope)
                slopes[4][4:] += q.cosines @ slope
                by_weight = np.zeros_like(weights)
                for i, row in enumerate(rows):
                    by_weight[:, i // 2] += 2 * scales[i] * (row @ slope)
                by_odds = (by_weight - (by_weight * weights).sum(axis=0)) * weights
                slopes[2] += units_on.T @ by_odds
                np.add.at(slopes[3], q.grammar, by_odds)
                by_unit = (by_odds @ output.T) * (1 - units_on**2)
                slopes[0] += q.described.T @ by_unit
                slopes[1] += by_unit.sum(axis=0)
            slopes[3][-1] = 0  # words of content have nothing of their own
            adam.step([slope / _BATCH for slope in slopes])
    return {
        "features": list(TERM_NAMES),
        "hidden": plain(hidden),
        "hidden_bias": plain(bias),
        "output": plain(output),
        "words": {
            word: plain(row)
            for word, row in zip(GRAMMAR, own[:-1], strict=True)
            if np.abs(row).max() >= 0.01
        },
    }


def learn_scores(
    tables: Sequence[Array],
    answers: Sequence[Array],
    weights: Sequence[float],
    names: tuple[str, ...],
    *,
    members: int,
    units: int = 32,
    rounds: int = 12,
) -> dict[str, Any]:
    """Learn to score sentences, those of a question (one table) against each other."""
    mean, scale = _standard(np.vstack(tables))
    groups = [
        ((table - mean) / scale, answer.astype(np.float32), weight)
        for table, answer, weight in zip(tables, answers, weights, strict=True)
        if answer.any()
    ]
    networks = []
    for seed in range(members):
        network = _Hidden((len(names), units), seed, rounds * -(-len(groups) // _BATCH), decay=1e-2)
        for _ in range(rounds):
            order = network.chance.permutation(len(groups))
            for start in range(0, len(order), _BATCH):
                batch = [groups[number] for number in order[start : start + _BATCH]]
                bounds = np.cumsum([0, *(len(table) for table, _, _ in batch)])
                scores = network.forward(np.vstack([table for table, _, _ in batch]))
                slope = np.zeros_like(scores)
                for (_, answer, weight), (first, last) in zip(batch, pairwise(bounds), strict=True):
                    slope[first:last] = weight * _listwise(scores[first:last], answer)
                network.learn(slope / len(batch))
        networks.append(network)
    return _average(networks, names, mean, scale)


def learn_confidence(
    table: Array,
    labels: Array,
    weights: Array,
    names: tuple[str, ...],
    *,
    members: int,
    units: int = 16,
    rounds: int = 30,
) -> dict[str, Any]:
    """Learn the probability of a label, row by row."""
    mean, scale = _standard(table)
    rows = (table - mean) / scale
    size = 256
    networks = []
    for seed in range(members):
        network = _Hidden((len(names), units), seed, rounds * -(-len(rows) // size), decay=1e-1)
        for _ in range(rounds):
            order = network.chance.permutation(len(rows))
            for start in range(0, len(order), size):
                chosen = order[start : start + size]
                odds = network.forward(rows[chosen])
                slope = weights[chosen] * (1 / (1 + np.exp(-odds)) - labels[chosen])
                network.learn(slope.astype(np.float32) / len(chosen))
        networks.append(network)
    return _average(networks, names, mean, scale)


def learn_scaling(confidence: Array, labels: Array) -> tuple[float, float]:
    """Learn how to stretch and shift log odds so that they fit labels (Platt, 1999)."""
    odds = np.log(np.clip(confidence, 1e-6, 1 - 1e-6) / (1 - np.clip(confidence, 1e-6, 1 - 1e-6)))
    inputs = np.stack([odds, np.ones_like(odds)], axis=1)
    values = np.array([1.0, 0.0])
    for _ in range(25):  # Newton's method
        chance = 1 / (1 + np.exp(-inputs @ values))
        slope = inputs.T @ (chance - labels)
        bend = (inputs * (chance * (1 - chance))[:, np.newaxis]).T @ inputs
        values = values - np.linalg.solve(bend + 1e-6 * np.eye(2), slope)
    return float(values[0]), float(values[1])


def scaled(network: dict[str, Any], stretch: float, shift: float) -> dict[str, Any]:
    """Stretch and shift what a network gives."""
    return network | {
        "output": plain(np.array(network["output"]) * stretch),
        "output_bias": network["output_bias"] * stretch + shift,
    }


def joined(networks: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Join networks that learned from different parts: the mean of what they give is one network.

    Each has its own idea of what is usual; all are brought to the last one's.
    """
    last = {key: np.array(networks[-1][key]) for key in ("mean", "scale")}
    hidden, bias = [], []
    for network in networks:
        own, scale = np.array(network["hidden"]), np.array(network["scale"])
        hidden.append(own * (last["scale"] / scale)[:, np.newaxis])
        moved = (last["mean"] - np.array(network["mean"])) / scale
        bias.append(np.array(network["hidden_bias"]) + moved @ own)
    output = np.hstack([network["output"] for network in networks]) / len(networks)
    return networks[-1] | {
        "hidden": plain(np.hstack(hidden)),
        "hidden_bias": plain(np.hstack(bias)),
        "output": plain(output),
        "output_bias": float(np.mean([network["output_bias"] for network in networks])),
    }


class _Hidden:
    """A network with one hidden layer of rectified units, learning."""

    def __init__(self, shape: tuple[int, int], seed: int, steps: int, *, decay: float) -> None:
        self.chance = np.random.default_rng(seed)
        self.hidden = self.chance.standard_normal(shape).astype(np.float32)
        self.hidden *= np.float32(np.sqrt(1 / shape[0]))
        self.bias = np.zeros(shape[1], np.float32)
        self.output = self.chance.standard_normal(shape[1]).astype(np.float32)
        self.output *= np.float32(np.sqrt(1 / shape[1]))
        self.output_bias = np.zeros(1, np.float32)
        values = [self.hidden, self.bias, self.output, self.output_bias]
        self._adam = Adam(values, (decay, 0, decay, 0), rate=2e-3, steps=steps)

    def forward(self, rows: Array) -> Array:
        self._rows = rows
        self._units = np.maximum(rows @ self.hidden + self.bias, 0)
        return np.asarray(self._units @ self.output + self.output_bias[0])

    def learn(self, slope: Array) -> None:
        by_unit = np.outer(slope, self.output) * (self._units > 0)
        self._adam.step(
            [
                self._rows.T @ by_unit,
                by_unit.sum(axis=0),
                self._units.T @ slope,
                np.array([slope.sum()], np.float32),
            ]
        )


def _listwise(scores: Array, answers: Array) -> Array:
    """Give the slope of minus the log of the probability that falls on the answers."""
    share = np.exp(scores - scores.max())
    share /= share.sum()
    right = share * answers
    return np.asarray(share - right / max(float(right.sum()), 1e-9))


def _standard(table: Array) -> tuple[Array, Array]:
    """Give mean and scale of each column; one that never varies has nothing to be scaled by."""
    spread = table.std(axis=0) + np.float32(1e-6)
    return table.mean(axis=0), np.where(spread < 1e-3, np.float32(1), spread)


def _average(
    networks: Sequence[_Hidden], names: tuple[str, ...], mean: Array, scale: Array
) -> dict[str, Any]:
    """Join networks: the mean of their scores is one network with all their hidden units."""
    return {
        "features": list(names),
        "mean": plain(mean),
        "scale": plain(scale),
        "hidden": plain(np.hstack([network.hidden for network in networks])),
        "hidden_bias": plain(np.hstack([network.bias for network in networks])),
        "output": plain(np.hstack([network.output for network in networks]) / len(networks)),
        "output_bias": float(np.mean([network.output_bias[0] for network in networks])),
    }


def plain(values: Array) -> Any:
    """Round an array to what JSON should hold."""
    return np.asarray(values, dtype=np.float64).round(4).tolist()
