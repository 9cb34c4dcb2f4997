"""How near each other a question's words stand in a sentence, and whether in their order."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from retrieval.lexical import Floats
from retrieval.meeting import ALIKE, SAME, Meeting

_REACH = 8  # tokens over which closeness fades
_LONGEST_RUN = 6
_NEIGHBOURS = (1, 2, 3)  # tokens between two words that are a pair


def in_order(meeting: Meeting) -> dict[str, Floats]:
    """Tell how far the question's words stand together, and in their order."""
    owner, similarity = meeting.candidates.owner, meeting.matches.similarity
    pairs = _pairs(meeting)
    follows = meeting.follows()
    longest = np.zeros(similarity.shape[1], dtype=np.float32)
    run = longest.copy()
    for alike in similarity >= 0.8:
        before = np.concatenate([[0], run[:-1]]) * follows
        run = np.where(alike, before + 1, 0)
        longest = np.maximum(longest, run)
    runs = np.maximum.reduceat(longest, meeting.matches.starts)
    runs = (np.minimum(runs, _LONGEST_RUN) / _LONGEST_RUN).astype(np.float32)
    return {
        "pairs": pairs.mean(axis=0),
        "passage_pairs": meeting.by_passage(pairs).mean(axis=0)[owner],
        "run": runs,
        "passage_run": meeting.by_passage(runs)[owner],
    }


def closeness(meeting: Meeting, weights: Floats) -> Floats:
    """Tell for each token how much of the question's weight stands around it in its sentence."""
    similarity, meaning = meeting.matches.similarity, meeting.meaning
    here = np.maximum(
        np.where(similarity >= ALIKE, similarity, 0), np.where(meaning > 0.5, meaning, 0)
    )
    weight = (here * weights[:, np.newaxis]).max(axis=0)
    around = weight.copy()
    follows = meeting.follows()
    together = follows.copy()
    for distance in range(1, min(_REACH, len(weight) - 1) + 1):
        if distance > 1:
            together[distance:] &= follows[1 : len(follows) - distance + 1]
        fading = np.float32(np.exp(-distance / 4))
        same = together[distance:]
        around[distance:] += fading * weight[:-distance] * same
        around[:-distance] += fading * weight[distance:] * same
    return np.asarray(around)


def _pairs(meeting: Meeting) -> Floats:
    """Tell which neighbouring words of content are near each other: (pairs, sentences), 0 or 1."""
    terms, starts = meeting.question.terms, meeting.matches.starts
    content = [i for i, term in enumerate(terms) if not term.is_function_word]
    hits = meeting.matches.similarity >= SAME
    sentence = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, hits.shape[1])))
    found = [np.zeros(len(starts), dtype=np.float32)] if len(content) < 2 else []
    for left, right in pairwise(content):
        together = np.zeros(hits.shape[1], dtype=np.bool_)
        for distance in _NEIGHBOURS:
            if hits.shape[1] > distance:
                same = sentence[:-distance] == sentence[distance:]
                together[:-distance] |= hits[left, :-distance] & hits[right, distance:] & same
        found.append(np.maximum.reduceat(together.astype(np.float32), starts))
    return np.stack(found)
