"""What is said of a ranking of sentences."""

from __future__ import annotations

import numpy as np

from benchmarks.examples import Example
from benchmarks.ranked import ranking


def example() -> Example:
    """A question on two sources of a sentence each: the second answers."""
    return Example(
        article=0,
        kind="answerable",
        answerable=True,
        weight=1.0,
        trains_sentences=True,
        table=np.zeros((2, 1), np.float32),
        owner=np.array([0, 1], np.int32),
        right=np.array([False, True]),
        holds=np.array([False, True]),
        topic_weight=1.0,
        store=2,
        language="it",
    )


def test_the_right_source_counts_by_its_rank() -> None:
    first, second = np.array([0.0, 1.0], np.float32), np.array([1.0, 0.0], np.float32)
    said = ranking([example(), example()], [first, second])
    assert said == "nDCG@10 0.815, R@1 0.500, best sentence answers 0.500, of three 1.000"


def test_a_source_that_was_not_found_counts_for_nothing() -> None:
    lost = Example(**{**vars(example()), "right": np.array([False, False])})
    assert ranking([lost], [np.array([0.0, 1.0], np.float32)]).startswith("nDCG@10 0.000, R@1 0.0")
