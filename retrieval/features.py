"""What the ranking looks at: numbers that say how a sentence meets a question.

Everything is relative to the question (shares of its weight, differences to the best candidate),
so that what was learned on some sources holds on others.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from retrieval.kinds import TokenKinds
from retrieval.lexical import Flags, Floats
from retrieval.meeting import ALIKE, SAME, Meeting
from retrieval.proximity import closeness, in_order
from retrieval.question import Kind

_K1, _B = 1.5, 0.5  # BM25's constants, for sentences

NAMES = (
    "covered", "covered_softly", "covered_with_previous", "covered_with_next",
    "passage_covered", "passage_covered_softly",
    "meaning_covered", "meaning_covered_with_previous", "passage_meaning_covered", "new_meaning",
    "subject_covered", "subject_covered_with_previous", "subject_covered_with_next",
    "passage_predicate_covered",
    "sentence_bm25", "sentence_bm25_share", "best_sentence_share", "sentence_bm25_rank",
    "passage_bm25", "passage_bm25_share", "passage_bm25_rank",
    "cosine", "cosine_gap", "cosine_rank", "cosine_previous", "cosine_next",
    "passage_cosine", "passage_cosine_gap", "passage_cosine_rank", "best_cosine_in_passage",
    "passage_sum_rank", "passage_meaning_rank",
    "aimed", "aimed_gap", "aimed_rank", "aimed_previous", "aimed_next",
    "passage_aimed", "passage_aimed_gap", "passage_aimed_rank",
    "best_aimed_in_passage", "best_aimed_rank", "passage_aimed_sum_rank",
    "names_covered", "passage_names_covered", "asks_with_names",
    "numbers_covered", "passage_numbers_covered",
    "others_covered", "others_meaning_covered",
    "least_met", "passage_least_met",
    "answer_named", "answer_named_met", "passage_answer_named_met",
    "pairs", "passage_pairs", "run", "passage_run", "closeness", "passage_closeness",
    "time_asked", "time_offered", "time_missing", "time_near",
    "number_asked", "number_offered", "number_missing", "number_near",
    "name_offered", "name_missing", "name_near",
    "person_asked", "person_offered", "person_near",
    "place_asked", "place_offered", "place_near",
    "reason_offered", "thing_asked", "manner_asked",
    "new_words", "new_near", "length", "opens_passage", "question_length", "other_language",
)  # fmt: skip
"""What each column is, in order."""


def features(
    meeting: Meeting, weights: Floats, passage_weights: Floats, kinds: TokenKinds
) -> NDArray[np.float32]:
    """Describe every candidate sentence: (sentences, len(NAMES)).

    ``weights`` and ``passage_weights`` (terms) each add up to 1.
    """
    owner = meeting.candidates.owner
    ones = np.ones(len(owner), dtype=np.float32)
    columns = {
        **_covered(meeting, weights, passage_weights),
        **_scores(meeting, weights),
        **_aimed(meeting),
        **_parts(meeting, weights, passage_weights),
        **in_order(meeting),
        **_offers(meeting, weights, kinds),
    }
    asked = meeting.question.kind
    terms = meeting.question.terms
    constants = {
        "asks_with_names": any(t.is_name and not t.is_function_word for t in terms),
        "answer_named": any(t.names_answer for t in terms),
        "time_asked": asked is Kind.TIME,
        "number_asked": asked is Kind.NUMBER,
        "person_asked": asked is Kind.PERSON,
        "place_asked": asked is Kind.PLACE,
        "thing_asked": asked is Kind.THING,
        "manner_asked": asked in (Kind.MANNER, Kind.REASON),
        "question_length": np.log1p(sum(not t.is_function_word for t in terms)) / 3,
        "other_language": meeting.foreign,
    }
    columns |= {name: ones * float(value) for name, value in constants.items()}
    return np.stack([columns[name] for name in NAMES], axis=1).astype(np.float32)


def _covered(meeting: Meeting, weights: Floats, passage_weights: Floats) -> dict[str, Floats]:
    """Tell how much of the question's weight is there: as written, alike, or in meaning."""
    owner, alike, met = meeting.candidates.owner, meeting.alike, meeting.met
    passage_alike, passage_met = meeting.by_passage(alike), meeting.by_passage(met)
    met_before, met_after = meeting.with_previous(met), meeting.with_following(met)
    passage_meaning = passage_weights @ passage_met
    return {
        "covered": weights @ (alike >= SAME),
        "covered_softly": weights @ alike,
        "covered_with_previous": weights @ meeting.with_previous(alike),
        "covered_with_next": weights @ meeting.with_following(alike),
        "passage_covered": (passage_weights @ (passage_alike >= SAME))[owner],
        "passage_covered_softly": (passage_weights @ passage_alike)[owner],
        "meaning_covered": weights @ met,
        "meaning_covered_with_previous": weights @ met_before,
        "passage_meaning_covered": passage_meaning[owner],
        "passage_meaning_rank": _rank(passage_meaning)[owner],
        "new_meaning": weights @ (met - alike),
        "subject_covered": passage_weights @ met,
        "subject_covered_with_previous": passage_weights @ met_before,
        "subject_covered_with_next": passage_weights @ met_after,
        "passage_predicate_covered": (weights @ passage_met)[owner],
    }


def _scores(meeting: Meeting, weights: Floats) -> dict[str, Floats]:
    """Compare BM25 and cosines: as they are, with the best, and by rank."""
    candidates, starts = meeting.candidates, meeting.matches.starts
    owner, bm25, cosine = candidates.owner, candidates.bm25, candidates.cosine
    counts = np.add.reduceat(meeting.matches.similarity >= SAME, starts, axis=1, dtype=np.float32)
    lengths = _lengths(meeting)
    norm = _K1 * (1 - _B + _B * lengths / max(float(lengths.mean()), 1.0))
    sentence = weights @ (counts / (counts + norm))
    best_sentence = meeting.by_passage(sentence)
    top = max(float(sentence.max()), 1e-6)
    top_bm25 = max(float(bm25.max()), 1e-6)
    total = max(float(meeting.weights.sum()), 1e-6)
    cosines = candidates.sentence_cosine
    least = float(cosines.min())
    return {
        "sentence_bm25": sentence,
        "sentence_bm25_share": sentence / top,
        "sentence_bm25_rank": _rank(sentence),
        "best_sentence_share": best_sentence[owner] / top,
        "passage_bm25": bm25[owner] / (total * (_K1 + 1)),
        "passage_bm25_share": bm25[owner] / top_bm25,
        "passage_bm25_rank": _rank(bm25)[owner],
        "passage_sum_rank": _rank(bm25 / top_bm25 + cosine)[owner],
        "cosine": cosines,
        "cosine_gap": cosines - cosines.max(),
        "cosine_rank": _rank(cosines),
        "cosine_previous": np.where(meeting.previous, np.roll(cosines, 1), least),
        "cosine_next": np.where(meeting.following, np.roll(cosines, -1), least),
        "passage_cosine": cosine[owner],
        "passage_cosine_gap": (cosine - cosine.max())[owner],
        "passage_cosine_rank": _rank(cosine)[owner],
        "best_cosine_in_passage": meeting.by_passage(cosines)[owner],
    }


def _aimed(meeting: Meeting) -> dict[str, Floats]:
    """Compare cosines with where the question aims: the same as of the question itself."""
    candidates, owner = meeting.candidates, meeting.candidates.owner
    aimed, passage, bm25 = candidates.sentence_aimed, candidates.aimed, candidates.bm25
    best, least = meeting.by_passage(aimed), float(aimed.min())
    return {
        "aimed": aimed,
        "aimed_gap": aimed - aimed.max(),
        "aimed_rank": _rank(aimed),
        "aimed_previous": np.where(meeting.previous, np.roll(aimed, 1), least),
        "aimed_next": np.where(meeting.following, np.roll(aimed, -1), least),
        "passage_aimed": passage[owner],
        "passage_aimed_gap": (passage - passage.max())[owner],
        "passage_aimed_rank": _rank(passage)[owner],
        "best_aimed_in_passage": best[owner],
        "best_aimed_rank": _rank(best)[owner],
        "passage_aimed_sum_rank": _rank(bm25 / max(float(bm25.max()), 1e-6) + passage)[owner],
    }


def _parts(meeting: Meeting, weights: Floats, passage_weights: Floats) -> dict[str, Floats]:
    """Tell how some of the words are met: names, numbers, the rest, the noun of the answer."""
    terms, owner = meeting.question.terms, meeting.candidates.owner
    grammar = np.array([t.is_function_word for t in terms], dtype=np.bool_)
    named = np.array([t.names_answer for t in terms], dtype=np.bool_)
    names = np.array([t.is_name for t in terms], dtype=np.bool_) & ~grammar
    numbers = np.array([t.is_number for t in terms], dtype=np.bool_)
    others = ~(grammar | named | names | numbers)
    content = ~(grammar | named)
    alike, met = meeting.alike, meeting.met
    exact = (alike >= SAME).astype(np.float32)
    passage_alike, passage_met = meeting.by_passage(alike), meeting.by_passage(met)
    return {
        "names_covered": _share(weights, alike, names),
        "passage_names_covered": _share(passage_weights, passage_alike, names)[owner],
        "numbers_covered": _share(weights, exact, numbers),
        "passage_numbers_covered": _share(
            passage_weights, (passage_alike >= SAME).astype(np.float32), numbers
        )[owner],
        "others_covered": _share(weights, exact, others),
        "others_meaning_covered": _share(weights, met, others),
        "least_met": _least(met, content),
        "passage_least_met": _least(passage_met, content)[owner],
        "answer_named_met": _most(met, named),
        "passage_answer_named_met": _most(passage_met, named)[owner],
    }


def _offers(meeting: Meeting, weights: Floats, kinds: TokenKinds) -> dict[str, Floats]:
    """Tell what a sentence has that may answer, and how near the question's words it stands."""
    matches, kind = meeting.matches, meeting.question.kind
    tokens, starts, owner = matches.tokens, matches.starts, meeting.candidates.owner
    follows = meeting.follows()
    new = matches.similarity.max(axis=0) < ALIKE
    close = closeness(meeting, weights)
    sentence_closeness = np.maximum.reduceat(close, starts)

    def offered(flags: Flags) -> Floats:
        count = np.add.reduceat(flags & new, starts, dtype=np.float32)
        return np.asarray(np.minimum(count, 3) / 3)

    def near(flags: Flags) -> Floats:
        return np.asarray(np.maximum.reduceat(np.where(flags & new, close, 0), starts))

    nothing = np.zeros(len(starts), dtype=np.float32)

    def if_asked(tell: Callable[[Flags], Floats], flags: Flags, *kinds_asked: Kind) -> Floats:
        return tell(flags) if kind in kinds_asked else nothing

    number, name, content = kinds.number[tokens], kinds.name[tokens], kinds.content[tokens]
    time = kinds.time[tokens] | number
    person, place = kinds.persons(tokens, follows), kinds.places(tokens, follows)

    def missing(flags: Flags) -> Floats:
        return np.asarray(offered(flags) == 0, dtype=np.float32)

    fresh = np.add.reduceat(content & new, starts, dtype=np.float32)
    return {
        "closeness": sentence_closeness,
        "passage_closeness": meeting.by_passage(sentence_closeness)[owner],
        "time_offered": if_asked(offered, time, Kind.TIME),
        "time_missing": if_asked(missing, time, Kind.TIME),
        "time_near": if_asked(near, time, Kind.TIME),
        "number_offered": if_asked(offered, number, Kind.NUMBER),
        "number_missing": if_asked(missing, number, Kind.NUMBER),
        "number_near": if_asked(near, number, Kind.NUMBER),
        "name_offered": if_asked(offered, name, Kind.PERSON, Kind.PLACE),
        "name_missing": if_asked(missing, name, Kind.PERSON, Kind.PLACE),
        "name_near": if_asked(near, name, Kind.PERSON, Kind.PLACE, Kind.THING),
        "person_offered": if_asked(offered, person, Kind.PERSON),
        "person_near": if_asked(near, person, Kind.PERSON),
        "place_offered": if_asked(offered, place, Kind.PLACE),
        "place_near": if_asked(near, place, Kind.PLACE),
        "reason_offered": if_asked(offered, kinds.reason[tokens], Kind.REASON),
        "new_words": np.asarray(np.log1p(fresh) / 4),
        "new_near": near(content),
        "length": np.asarray(np.log1p(_lengths(meeting)) / 4),
        "opens_passage": (~meeting.previous).astype(np.float32),
    }


def _lengths(meeting: Meeting) -> Floats:
    ends = np.append(meeting.matches.starts, len(meeting.matches.tokens))
    return np.diff(ends).astype(np.float32)


def _rank(scores: Floats) -> Floats:
    """Turn scores into one over their rank: 1 for the best, 0.5 for the next."""
    ranks = np.empty(len(scores), dtype=np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return np.asarray(1 / ranks)


def _share(weights: Floats, rows: Floats, chosen: Flags) -> Floats:
    """Tell which share of the chosen terms' weight is met; all of it where none is chosen."""
    if not chosen.any():
        return np.ones(rows.shape[1], dtype=np.float32)
    part = weights[chosen]
    return np.asarray(part @ rows[chosen] / max(float(part.sum()), 1e-9), dtype=np.float32)


def _least(rows: Floats, chosen: Flags) -> Floats:
    if not chosen.any():
        return np.zeros(rows.shape[1], dtype=np.float32)
    return np.asarray(rows[chosen].min(axis=0))


def _most(rows: Floats, chosen: Flags) -> Floats:
    if not chosen.any():
        return np.ones(rows.shape[1], dtype=np.float32)
    return np.asarray(rows[chosen].max(axis=0))
