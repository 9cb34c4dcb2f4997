"""How right the answers are, on questions whose answers are known."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean

from benchmarks.rows import Row
from benchmarks.workshop import ROOT, Workshop, quotes_of, stands_in_file
from retrieval.evaluation import Outcome, TestQuestion, evaluate, read_questions, report

_OWN = ROOT / "benchmarks" / "questions"

_SMALL = {"first": 17 / 18, "off-topic": 0.0, "refused": 2.0}
"""What is asked of 18 answerable questions on one short document."""

_LARGE = {
    "first": 0.72, "three": 0.86, "sentences": 1.6, "ndcg": 0.90, "source": 0.80, "ece": 0.05
}  # fmt: skip
"""What is asked of thousands of questions on a thousand paragraphs."""

_ENGLISH = {"ndcg": 0.78}
_LEFT_OUT = {"auroc": 0.80}


def quality(workshop: Workshop) -> Iterator[Row]:
    """Evaluate on every set of documents at hand."""
    yield from _evaluated(workshop, "sample", _SMALL)
    if workshop.has("article"):
        yield from _evaluated(workshop, "article", _SMALL)
    if workshop.has("squad-it"):
        assert workshop.data
        folder = workshop.data / "squad-it"
        yield from _evaluated(workshop, "squad-it", _LARGE)
        english = read_questions(folder / "questions_en.jsonl")
        sources = workshop.sources("squad-it")
        yield from _rows("squad-it, English", workshop, sources, english, _ENGLISH)
        kept = workshop.folder / "kept"
        left_out = (folder / "left-out.txt").read_text("utf-8").split()
        shutil.copytree(sources, kept, ignore=lambda _, names: {*left_out} & {*names})
        questions = read_questions(folder / "questions_left_out.jsonl")
        yield from _rows("squad-it, some left out", workshop, kept, questions, _LEFT_OUT)


def own_questions(workshop: Workshop) -> Iterator[Row]:
    """Ask what was written for this: off-topic questions everywhere, and forty on the article."""
    off_topic = read_questions(_OWN / "off-topic.jsonl")
    refused = {}
    for name in ("sample", "article", "squad-it"):
        if name == "sample" or workshop.has(name):
            sources = workshop.sources(name)
            refused[name] = [one.refused for one in _outcomes(workshop, sources, off_topic)]
            known = [one for one in workshop.questions(name) if one.kind == "answerable"]
            chosen = random.Random(1).sample(known, min(workshop.size.questions, len(known)))
            told = [not one.refused for one in _outcomes(workshop, sources, chosen)]
            yield Row(f"{name}: answerable, answered of {len(told)}", fmean(told), at_least=0.9)
    yield from refused_off_topic(refused)
    if workshop.has("article"):
        questions = read_questions(_OWN / "nato-tokyo.jsonl")
        outcomes = _outcomes(workshop, workshop.sources("article"), questions)
        answerable = [one for one in outcomes if one.question.kind == "answerable"]
        missed = [one for one in outcomes if one.question.kind == "near-miss"]
        first = fmean(one.holds_answer(1) for one in answerable)
        yield Row(f"article, {len(answerable)} more questions: answer in the first quote", first)
        told = [one.refused for one in missed]
        yield Row(f"article, {len(missed)} more near misses: refused", fmean(told))


def refused_off_topic(refused: Mapping[str, Sequence[bool]]) -> Iterator[Row]:
    """Give the share of off-topic questions refused by each set of documents, and by all."""
    together = [one for some in refused.values() for one in some]
    sets = {**refused, "together": together} if len(refused) > 1 else refused
    for name, told in sets.items():
        yield Row(f"{name}: off-topic, refused of {len(told)}", fmean(told), at_least=0.97)


def _outcomes(
    workshop: Workshop, sources: Path, questions: Sequence[TestQuestion]
) -> tuple[Outcome, ...]:
    with workshop.library(sources) as library:
        return evaluate(
            questions,
            lambda question: library.ask(question.question, language=question.lang),
            library.is_verbatim,
        )


def _evaluated(workshop: Workshop, name: str, targets: dict[str, float]) -> Iterator[Row]:
    sources, questions = workshop.sources(name), workshop.questions(name)
    yield from _rows(name, workshop, sources, questions, targets)


def _rows(
    name: str,
    workshop: Workshop,
    sources: Path,
    questions: Sequence[TestQuestion],
    targets: dict[str, float],
) -> Iterator[Row]:
    outcomes = _outcomes(workshop, sources, questions)
    result = report(outcomes)
    first = result.answer_in_first_quote
    yield Row(f"{name}: answer in the first quote", first, at_least=targets.get("first"))
    three = result.answer_in_first_three
    yield Row(f"{name}: answer in the first three", three, at_least=targets.get("three"))
    yield Row(f"{name}: citation precision", result.citation_precision)
    yield Row(f"{name}: quotes in an answer", result.quotes_per_answer)
    yield Row(
        f"{name}: sentences in the first quote",
        result.sentences_per_first_quote,
        at_most=targets.get("sentences"),
    )
    if result.ndcg_at_10 is not None:
        yield Row(f"{name}: nDCG@10", result.ndcg_at_10, at_least=targets.get("ndcg"))
        first_source = result.source_at_1
        yield Row(f"{name}: source at rank 1", first_source, at_least=targets.get("source"))
        yield Row(f"{name}: source at rank 10", result.source_at_10)
    if result.auroc is not None:
        least = targets.get("auroc")
        yield Row(f"{name}: AUROC of the confidence", result.auroc, at_least=least)
    yield Row(f"{name}: calibration error", result.ece, at_most=targets.get("ece"))
    for kind in result.answered:
        total = result.answered[kind] + result.refused[kind]
        if total and kind == "answerable":
            most = targets.get("refused")
            yield Row(f"{name}: {kind}, refused of {total}", result.refused[kind], at_most=most)
        elif total:
            most = targets.get(kind)
            yield Row(f"{name}: {kind}, answered of {total}", result.answered[kind], at_most=most)
    quotes = [quote for outcome in outcomes for quote in quotes_of(outcome.answer.to_dict())]
    verbatim = sum(stands_in_file(quote, sources) for quote in quotes)
    share = verbatim / len(quotes) if quotes else None
    yield Row(f"{name}: verbatim of {len(quotes)} quotes", share, at_least=1.0)
