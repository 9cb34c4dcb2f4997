"""What a training is judged by: answers in full, by rankings that never saw a question's article.

Nothing stands in for the product: candidates, ranking, quotes and refusals are those of
:func:`retrieval.answering.answer`; just the four networks are those of the question's fold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from benchmarks.curriculum import SMALL, small_stores
from benchmarks.examples import Data
from benchmarks.memory import retriever_on
from retrieval.answering import Sources, answer
from retrieval.evaluation import (
    Outcome,
    Report,
    TestQuestion,
    evaluate,
    read_questions,
    report,
)
from retrieval.ranking import Ranker
from retrieval.types import Answer, Quote, Source


def reports(
    data: Data, rankers: Sequence[Ranker], off_topic: Sequence[TestQuestion]
) -> Iterator[tuple[str, Report]]:
    """Ask the questions of all sources together, of some, and of small stores: name and figures.

    ``rankers`` are one for each fold; ``off_topic`` are questions that none was trained with.
    """
    yield "All sources", report(_asked(data, data.sources, data.questions, rankers))
    if rest := data.remaining():
        missed = read_questions(data.left_out)
        yield "Some sources left out", report(_asked(data, rest, missed, rankers))
    yield "Off-topic questions", report(_asked(data, data.sources, off_topic, rankers))
    stores = small_stores(data.sources, data.questions, SMALL)
    small = [one for part, own in stores for one in _asked(data, part, own, rankers)]
    yield f"Stores of {SMALL} sources", report(small)


def _asked(
    data: Data,
    sources: Sequence[Source],
    questions: Sequence[TestQuestion],
    rankers: Sequence[Ranker],
) -> list[Outcome]:
    by_id = {source.id: source for source in sources}
    outcomes: list[Outcome] = []
    for fold, ranker in enumerate(rankers):
        if not (own := [question for question in questions if data.fold(question) == fold]):
            continue
        retriever, _ = retriever_on(sources, data.embedder, ranker)
        shelf = Sources("", retriever.search, by_id.__getitem__, lambda _, __: "")
        outcomes += evaluate(own, _asker(shelf), lambda quote: _is_verbatim(quote, by_id))
    return outcomes


def _asker(shelf: Sources) -> Callable[[TestQuestion], Answer]:
    return lambda question: answer(question.question, shelf, question.lang)


def _is_verbatim(quote: Quote, sources: dict[str, Source]) -> bool:
    return sources[quote.source].text[quote.start : quote.end] == quote.text
