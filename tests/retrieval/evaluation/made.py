"""Questions, answers and outcomes to measure, all on one short document."""

from __future__ import annotations

from retrieval.evaluation import Outcome, evaluate
from retrieval.evaluation import TestQuestion as Asked
from retrieval.reasons import Refusal
from retrieval.types import Answer, Claim, Language, Quote, Status
from tests.retrieval.texts import passage_of, source_of

TEXT = "La NATO ha 31 membri. Il vertice è in Lituania. Fine."
SOURCE = source_of(TEXT, "nato")
PASSAGE = passage_of(
    TEXT, "La NATO ha 31 membri.", "Il vertice è in Lituania.", "Fine.", name="nato"
)
RIGHT = "La NATO ha 31 membri."
"""The sentence that answers the question."""


def quote(text: str) -> Quote:
    start = TEXT.index(text)
    return Quote("nato", "NATO", SOURCE.content_hash, start, start + len(text), text, PASSAGE)


def answered(*quotes: str, confidence: float = 0.9, ms: float = 1, ranked: str = "nato") -> Answer:
    claims = tuple(Claim(text, (quote(text),)) for text in quotes)
    ids = tuple(ranked.split())
    return Answer("?", "it", Status.ANSWERED, "Ecco", confidence, claims, ranked=ids, ms=ms)


def refused(
    confidence: float = 0.1,
    ms: float = 1,
    ranked: str = "nato",
    closest: str = "Fine.",
    reason: Refusal | None = None,
) -> Answer:
    return Answer(
        "?",
        "it",
        Status.NOT_IN_SOURCES,
        "No",
        confidence,
        closest=quote(closest) if closest else None,
        ranked=tuple(ranked.split()),
        ms=ms,
        refusal=reason,
    )


def question(
    kind: str = "answerable",
    answers: tuple[str, ...] = ("31 membri",),
    name: str = "q1",
    words: str = "Quanti?",
    lang: Language = "it",
) -> Asked:
    return Asked(name, words, lang, answers, "nato", kind)


def outcome(answer: Answer, kind: str = "answerable", asked: Asked | None = None) -> Outcome:
    [measured] = evaluate(
        [asked or question(kind)], lambda _: answer, lambda quote: quote.text in TEXT
    )
    return measured
