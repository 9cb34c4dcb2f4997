"""What the ranking looks at: numbers that say how a sentence meets a question.

Everything is relative to the question (shares of its weight, differences to the best candidate),
so that what was learned on some sources holds on others.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding import Vectors
from retrieval.lexical import Flags, Floats, Integers, Lexicon
from retrieval.question import Kind, Question
from retrieval.words import FUNCTION_WORDS, fold, split

_SAME = 0.999  # similarity of two words with one stem
_UNRELATED, _SYNONYM = 0.45, 0.85  # cosines of two words that have nothing, or all, in common
_K1, _B = 1.5, 0.5  # BM25's constants, for sentences

_TIMES = frozenset(
    fold(word)
    for word in """
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    lunedì martedì mercoledì giovedì venerdì sabato domenica secolo anni anno oggi ieri domani
    scorso scorsa prossimo prossima mese settimana estate inverno primavera autunno
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday century year years today yesterday tomorrow
    last next month week summer winter spring autumn
    """.split()
)
_NUMERALS = frozenset(
    fold(word)
    for word in """
    uno una due tre quattro cinque sei sette otto nove dieci undici dodici venti trenta quaranta
    cinquanta cento mille mila milione milioni miliardo miliardi metà doppio terzo solo sola
    one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty
    hundred thousand million billion half double third single
    """.split()
)
_REASONS = frozenset(
    fold(word)
    for word in """
    perché poiché siccome causa motivo dovuto grazie affinché quindi pertanto scopo fine obiettivo
    because since due reason cause therefore thus hence so purpose aim
    """.split()
)

NAMES = (
    "covered", "covered_softly", "covered_with_previous", "covered_with_next",
    "passage_covered", "passage_covered_softly",
    "sentence_bm25", "sentence_bm25_share", "passage_bm25", "passage_bm25_share",
    "cosine", "cosine_gap", "passage_cosine", "passage_cosine_gap", "best_cosine_in_passage",
    "names_covered", "passage_names_covered", "asks_with_names",
    "numbers_covered", "passage_numbers_covered", "pairs", "passage_pairs",
    "time_offered", "time_missing", "number_offered", "number_missing",
    "name_offered", "name_missing", "reason_offered", "thing_asked", "manner_asked",
    "new_words", "length", "opens_passage", "question_length", "other_language",
    "best_sentence_share",
    "meaning_covered", "meaning_covered_with_previous", "passage_meaning_covered",
    "least_met", "passage_least_met", "new_meaning",
    "answer_named", "answer_named_met", "passage_answer_named_met",
)  # fmt: skip
"""What each column is, in order."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What retrieval hands to the ranking. Passages by number, in any order.

    ``bm25`` and ``cosine`` are the passages' scores; ``sentences`` all their sentences by number,
    passage by passage, ``owner`` the position of each one's passage in ``passages``, and
    ``sentence_cosine`` each one's cosine with the question.
    """

    passages: Integers
    bm25: Floats
    cosine: Floats
    sentences: Integers
    owner: Integers
    sentence_cosine: Floats


class TokenKinds:
    """What each token of a lexicon offers to a question: a time, a number, a name, a reason."""

    def __init__(self, lexicon: Lexicon) -> None:
        known = lexicon.known_types()
        self.number = _flags(known, lambda w: w[0].isdigit() or w in _NUMERALS)[lexicon.types]
        self.time = _flags(known, lambda w: w in _TIMES or _is_year(w))[lexicon.types]
        self.reason = _flags(known, lambda w: w in _REASONS)[lexicon.types]
        self.content = _flags(known, lambda w: w not in FUNCTION_WORDS)[lexicon.types]
        self.name = lexicon.capital & self.content


def mentions_time(text: str) -> bool:
    """Tell whether a text has a figure or a word of time in it: what a date cannot do without."""
    return any(word[0].isdigit() or fold(word) in _TIMES for word in split(text))


def _flags(known: list[str], test: object) -> Flags:
    assert callable(test)
    return np.array([bool(test(word)) for word in known], dtype=np.bool_)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and "1000" <= word <= "2100"


def features(
    question: Question,
    term_vectors: Vectors,
    lexicon: Lexicon,
    kinds: TokenKinds,
    candidates: Candidates,
) -> NDArray[np.float32]:
    """Describe every candidate sentence: (sentences, len(NAMES)).

    ``term_vectors`` (terms, dimensions) are zeros for terms without a meaning to compare.
    """
    similarity, weights = lexicon.similarities(question)
    matches = lexicon.matches(similarity, candidates.sentences)
    owner = candidates.owner
    total = max(float(weights.sum()), 1e-6)
    bounds = np.searchsorted(owner, np.arange(len(candidates.passages))).astype(np.int32)

    best = np.maximum.reduceat(matches.similarity, matches.starts, axis=1)
    exact = best >= _SAME
    passage_best = np.maximum.reduceat(best, bounds, axis=1)
    previous = np.concatenate([[False], owner[1:] == owner[:-1]])
    following = np.concatenate([owner[1:] == owner[:-1], [False]])
    before = np.where(previous, np.roll(best, 1, axis=1), 0)
    after = np.where(following, np.roll(best, -1, axis=1), 0)

    cosines = lexicon.meanings(term_vectors, matches)
    meaning = np.clip((cosines - _UNRELATED) / (_SYNONYM - _UNRELATED), 0, 1)
    met = np.maximum(best, np.maximum.reduceat(meaning, matches.starts, axis=1))
    passage_met = np.maximum.reduceat(met, bounds, axis=1)
    met_before = np.where(previous, np.roll(met, 1, axis=1), 0)
    named = np.array([term.names_answer for term in question.terms])
    content = np.array([not term.is_function_word for term in question.terms]) & ~named
    least, passage_least = (
        rows[content].min(axis=0) if content.any() else np.zeros(rows.shape[1], np.float32)
        for rows in (met, passage_met)
    )

    hits = matches.similarity >= _SAME
    counts = np.add.reduceat(hits.astype(np.float32), matches.starts, axis=1)
    lengths = np.diff(np.append(matches.starts, len(matches.tokens))).astype(np.float32)
    norm = _K1 * (1 - _B + _B * lengths / max(float(lengths.mean()), 1.0))
    sentence_bm25 = weights @ (counts * (_K1 + 1) / (counts + norm))

    names = np.array([t.is_name and not t.is_function_word for t in question.terms])
    numbers = np.array([t.is_number for t in question.terms])
    pairs, passage_pairs = _pairs(question, hits, matches.starts, bounds)

    new = matches.similarity.max(axis=0) < 0.6 if len(question.terms) else np.ones(0, np.bool_)

    def offers(flags: Flags) -> Floats:
        here = (flags[matches.tokens] & new).astype(np.float32)
        shares = np.minimum(np.add.reduceat(here, matches.starts), 3.0) / 3.0
        return np.asarray(shares, dtype=np.float32)

    time, number = offers(kinds.time), offers(kinds.number)
    name, reason = offers(kinds.name), offers(kinds.reason)
    fresh = np.add.reduceat(
        (kinds.content[matches.tokens] & new).astype(np.float32), matches.starts
    )

    def asked(*kind: Kind) -> float:
        return float(question.kind in kind)

    wants_name = asked(Kind.PERSON, Kind.PLACE)
    other = float(question.language not in lexicon.languages)
    best_bm25 = max(float(candidates.bm25.max()), 1e-6)
    best_sentence = np.maximum.reduceat(sentence_bm25, bounds)
    top_sentence = max(float(sentence_bm25.max()), 1e-6)
    best_cosine = np.maximum.reduceat(candidates.sentence_cosine, bounds)
    ones = np.ones(len(owner), dtype=np.float32)
    columns = [
        weights @ exact / total,
        weights @ best / total,
        weights @ np.maximum(best, before) / total,
        weights @ np.maximum(best, after) / total,
        (weights @ (passage_best >= _SAME) / total)[owner],
        (weights @ passage_best / total)[owner],
        sentence_bm25 / (total * (_K1 + 1)),
        sentence_bm25 / top_sentence,
        candidates.bm25[owner] / (total * (_K1 + 1)),
        candidates.bm25[owner] / best_bm25,
        candidates.sentence_cosine,
        candidates.sentence_cosine - candidates.sentence_cosine.max(),
        candidates.cosine[owner],
        (candidates.cosine - candidates.cosine.max())[owner],
        best_cosine[owner],
        _share(weights, best, names),
        _share(weights, passage_best, names)[owner],
        ones * float(names.any()),
        _share(weights, exact, numbers),
        _share(weights, passage_best >= _SAME, numbers)[owner],
        pairs,
        passage_pairs[owner],
        asked(Kind.TIME) * np.maximum(time, number),
        asked(Kind.TIME) * (np.maximum(time, number) == 0),
        asked(Kind.NUMBER) * number,
        asked(Kind.NUMBER) * (number == 0),
        wants_name * name,
        wants_name * (name == 0),
        asked(Kind.REASON) * reason,
        ones * asked(Kind.THING),
        ones * asked(Kind.MANNER, Kind.REASON),
        np.log1p(fresh) / 4,
        np.log1p(lengths) / 4,
        (~previous).astype(np.float32),
        ones * np.log1p(sum(not t.is_function_word for t in question.terms)) / 3,
        ones * other,
        best_sentence[owner] / top_sentence,
        weights @ met / total,
        weights @ np.maximum(met, met_before) / total,
        (weights @ passage_met / total)[owner],
        least,
        passage_least[owner],
        weights @ (met - best) / total,
        ones * float(named.any()),
        met[named].max(axis=0) if named.any() else ones,
        passage_met[named].max(axis=0)[owner] if named.any() else ones,
    ]
    return np.stack([np.asarray(c, dtype=np.float32) for c in columns], axis=1)


def _share(weights: Floats, best: NDArray[np.generic], chosen: Flags) -> Floats:
    """Tell which share of the chosen terms' weight is met; all of it where none is chosen."""
    if not chosen.any():
        return np.ones(best.shape[1], dtype=np.float32)
    part = weights[chosen]
    return np.asarray(part @ best[chosen].astype(np.float32) / part.sum(), dtype=np.float32)


def _pairs(
    question: Question, hits: Flags, starts: Integers, bounds: Integers
) -> tuple[Floats, Floats]:
    """Tell which share of neighbouring content words of the question are near each other."""
    content = [i for i, term in enumerate(question.terms) if not term.is_function_word]
    sentences = len(starts)
    if len(content) < 2:
        return np.zeros(sentences, np.float32), np.zeros(len(bounds), np.float32)
    total, passage_total = np.zeros(sentences, np.float32), np.zeros(len(bounds), np.float32)
    ends = np.append(starts[1:], hits.shape[1])
    sentence_of = np.repeat(np.arange(sentences), ends - starts)
    for left, right in pairwise(content):
        together = np.zeros(hits.shape[1], dtype=np.bool_)
        for distance in (1, 2, 3):
            if hits.shape[1] > distance:
                same = sentence_of[:-distance] == sentence_of[distance:]
                together[:-distance] |= hits[left, :-distance] & hits[right, distance:] & same
        found = np.maximum.reduceat(together.astype(np.float32), starts)
        total += found
        passage_total += np.maximum.reduceat(found, bounds)
    count = np.float32(len(content) - 1)
    return (total / count).astype(np.float32), (passage_total / count).astype(np.float32)
