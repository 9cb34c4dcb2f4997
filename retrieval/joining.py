"""Several questions of one message: each is answered, and the answers are put into one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from retrieval.answering import SURE_AT, Found
from retrieval.listing import listed
from retrieval.types import Answer, Claim, Span, Status, Turn

_QUOTED = 2  # claims of each question, where the first isn't sure


def answer_each(
    text: str,
    parts: Sequence[str],
    find: Callable[[str, Sequence[Turn]], Found],
    history: Sequence[Turn],
) -> Found | None:
    """Answer the parts of a question in order, each after the ones before it.

    Where just some are answered, the others say that they aren't; ``None`` if none is.
    """
    turns, found = list(history), list[Found]()
    for part in parts:
        one = find(part, turns)
        found.append(one)
        quotes = tuple(quote.text for quote in one.answer.quotes)
        turns.append(Turn(one.answer.searched or part, quotes))
    if not any(one.answer.claims for one in found):
        return None
    passages = chain.from_iterable(zip_longest(*(one.passages for one in found)))
    best = max(found, key=lambda one: bool(one.answer.claims))
    return Found(
        _joined(text, parts, found),
        tuple(dict.fromkeys(p for p in passages if p))[: len(best.passages)],
        tuple({s.id: s for one in found for s in one.sources}.values()),
        best.ranking,
    )


def _joined(text: str, parts: Sequence[str], found: Sequence[Found]) -> Answer:
    said, claims = "", list[Claim]()
    highlights, disagreement = list[Span](), tuple[int, ...]()
    answers = [one.answer for one in found]
    for part, one in zip(parts, found, strict=True):
        given = one.answer
        asked = part if given.follows else given.searched or part
        said += f"\n\n{asked}\n" if said else f"{asked}\n"
        opening = given.text.split("\n")[0]
        chosen, notes = given.claims, one.notes if given.disagreement else ()
        if not (given.disagreement or given.verdict):
            sure = given.confidence >= SURE_AT and not given.searched
            chosen = chosen[: 1 if sure else _QUOTED]
        before = sum(len(claim.quotes) for claim in claims)
        if given.disagreement and not disagreement:
            disagreement = tuple(before + number for number in given.disagreement)
        lines, marked = listed(opening, chosen, given.language, notes, first=before + 1)
        if given.highlights:
            highlights += [Span(len(said) + s.start, len(said) + s.end) for s in marked]
        said += lines
        claims += chosen
    answered = [given for given in answers if given.claims]
    return replace(
        answered[0],
        question=text,
        status=Status.ANSWERED if len(answered) == len(answers) else Status.PARTIAL,
        text=said,
        confidence=min(given.confidence for given in answered),
        claims=tuple(claims),
        ranked=tuple(dict.fromkeys(id_ for given in answers for id_ in given.ranked)),
        searched="",
        follows="",
        highlights=tuple(highlights),
        disagreement=disagreement,
        verdict=None,  # on a part of it
    )
