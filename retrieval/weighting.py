"""How much each word of a question counts, in a sentence that answers and in the passage around it.

Rarity alone takes names for the most important words. They are, for finding the passage; within
it, the sentence that answers is the one that has the verb. A small network learned both weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from retrieval.errors import StoreError
from retrieval.lexical import Floats
from retrieval.meeting import SAME, Meeting

TERM_NAMES = (
    "rarity", "rarity_squared", "unseen", "function_word", "name", "number", "names_answer",
    "place_in_question", "first", "last", "length", "capital", "found", "best_met",
)  # fmt: skip
"""What the weights are decided by, for each term in order."""

_LONG = 12  # letters


def describe_terms(meeting: Meeting) -> Floats:
    """Describe each term of a question: (terms, len(TERM_NAMES))."""
    terms = meeting.question.terms
    rows = [
        (
            rarity,
            rarity**2,
            unseen,
            term.is_function_word,
            term.is_name,
            term.is_number,
            term.names_answer,
            number / len(terms),
            number == 0,
            number == len(terms) - 1,
            min(len(term.folded), _LONG) / _LONG,
            term.text[0].isupper(),
            alike >= SAME,
            met,
        )
        for number, (term, rarity, unseen, alike, met) in enumerate(
            zip(
                terms,
                meeting.rarities,
                meeting.unseen,
                meeting.alike.max(axis=1),
                meeting.met.max(axis=1),
                strict=True,
            )
        )
    ]
    return np.array(rows, dtype=np.float32).reshape(len(terms), len(TERM_NAMES))


@dataclass(frozen=True, slots=True)
class TermWeights:
    """A network with one hidden layer, and a word of its own for each word of grammar.

    ``hidden`` is (features, units), ``output`` (units, 2); ``words`` adds to the output for folded
    words. Its exponential scales a term's rarity: first column for sentences, second for passages.
    """

    hidden: Floats
    hidden_bias: Floats
    output: Floats
    words: Mapping[str, tuple[float, float]]

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> TermWeights:
        """Read the network.

        Raises:
            StoreError: it was trained on other features.
        """
        if tuple(values["features"]) != TERM_NAMES:
            raise StoreError(
                "the term weights were trained on other features than this version computes: "
                "train them again with benchmarks/train_ranking.py"
            )
        hidden, bias, output = (
            np.asarray(values[key], dtype=np.float32) for key in ("hidden", "hidden_bias", "output")
        )
        words = {word: (float(own[0]), float(own[1])) for word, own in values["words"].items()}
        return cls(hidden, bias, output, words)

    def __call__(self, meeting: Meeting) -> tuple[Floats, Floats]:
        """Weigh a question's terms for sentences and for passages; each adds up to 1."""
        units = np.tanh(describe_terms(meeting) @ self.hidden + self.hidden_bias)
        own = [self.words.get(term.folded, (0.0, 0.0)) for term in meeting.question.terms]
        output = units @ self.output + np.array(own, dtype=np.float32)
        weights = meeting.weights[:, np.newaxis] * np.exp(output - output.max(axis=0))
        weights /= weights.sum(axis=0)
        return weights[:, 0], weights[:, 1]
