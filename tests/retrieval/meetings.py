"""A question that meets every sentence of some passages, with no model to say what words mean."""

from __future__ import annotations

import numpy as np

from retrieval.lexical import Lexicon
from retrieval.meeting import Candidates, Meeting, meet
from retrieval.question import parse
from retrieval.types import Passage


def meeting_of(asked: str, *passages: Passage) -> Meeting:
    """Let a question meet all sentences of passages, each as near in meaning as the others."""
    question, lexicon = parse(asked), Lexicon(passages, {})
    counts = np.diff(lexicon.firsts)
    halves = np.full(len(passages), 0.5, dtype=np.float32)
    candidates = Candidates(
        passages=np.arange(len(passages), dtype=np.int32),
        bm25=halves,
        cosine=halves,
        aimed=halves,
        sentences=np.arange(counts.sum(), dtype=np.int32),
        owner=np.repeat(np.arange(len(passages)), counts).astype(np.int32),
        sentence_cosine=np.full(counts.sum(), 0.5, dtype=np.float32),
        sentence_aimed=np.full(counts.sum(), 0.5, dtype=np.float32),
    )
    vectors = np.zeros((len(question.terms), 8), dtype=np.float32)
    return meet(question, vectors, lexicon, candidates)
