"""Questions that went wrong, or changed, one by one, as HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

from retrieval.evaluation.comparison import Change, Comparison
from retrieval.evaluation.markup import Markup, join, tag
from retrieval.evaluation.outcomes import Outcome
from retrieval.evaluation.results import Result
from retrieval.types import Quote

_GROUPS: tuple[tuple[str, Callable[[Outcome], bool]], ...] = (
    (
        "Answered, but the first quote doesn't answer",
        lambda outcome: outcome.answerable and not outcome.refused,
    ),
    (
        "Refused, though the documents answer",
        lambda outcome: outcome.answerable and outcome.refused,
    ),
    (
        "Answered, though nothing in the documents answers",
        lambda outcome: not outcome.answerable,
    ),
)


def failures(outcomes: Sequence[Outcome], sources: Set[str]) -> Markup:
    """List all that went wrong by what went wrong, the most confident first.

    ``sources`` are the ids of all documents that could be quoted.
    """
    wrong = sorted(
        (outcome for outcome in outcomes if not outcome.right),
        key=lambda outcome: -outcome.answer.confidence,
    )
    if not wrong:
        return tag("p", "Every question went as it should.")
    groups = []
    for name, belongs in _GROUPS:
        members = [outcome for outcome in wrong if belongs(outcome)]
        if members:
            groups.append(_group(name, [_failure(outcome, sources) for outcome in members]))
    return join(*groups)


def changes(found: Comparison) -> Markup:
    """List the questions lost, won and changed between two runs."""
    named = (("Lost", found.lost), ("Won", found.won), ("Changed otherwise", found.changed))
    return join(*(_group(name, [_change(each) for each in some]) for name, some in named if some))


def _group(name: str, members: Sequence[Markup]) -> Markup:
    # Thousands of closed details cost a browser nothing until their group is opened.
    summary = tag("summary", tag("span", name), tag("b", str(len(members))))
    return tag("details", summary, *members, tag("p"), class_="group")


def _failure(outcome: Outcome, sources: Set[str]) -> Markup:
    question, answer = outcome.question, outcome.answer
    rows: list[tuple[str, Sequence[str]]] = [("Kind", [_kind(outcome)])]
    if outcome.answerable:
        rows.append(("Expected", [_expected(outcome)]))
        rows.append(("Right source", [_source_status(outcome, sources)]))
    if outcome.refused:
        quotes = [_quote(answer.closest)] if answer.closest else ["nothing"]
        rows.append(("Refused as", [outcome.reason]))
        rows.append(("Closest", quotes))
    else:
        rows.append(("Quoted", [_quote(quote) for quote in answer.quotes]))
    if answer.searched:
        rows.append(("Searched for", [answer.searched]))
    rows.append(("Confidence", [f"{answer.confidence:.4f}"]))
    rows.append(("Time", [f"{answer.ms:.1f} ms"]))
    return _one(question.question, f"{answer.confidence:.2f}", [("Id", [question.id]), *rows])


def _kind(outcome: Outcome) -> str:
    language = "Italian" if outcome.question.lang == "it" else "English"
    return f"{outcome.question.kind}, {language}"


def _expected(outcome: Outcome) -> str:
    answers = " or ".join(f"«{answer}»" for answer in outcome.question.answers) or "no answer given"
    for place in range(2, len(outcome.answer.quotes) + 1):
        if outcome.holds_answer(place) and not outcome.holds_answer(place - 1):
            return f"{answers}: in quote {place}"
    if outcome.refused and outcome.best_answers:
        return f"{answers}: in the closest quote"
    return answers


def _source_status(outcome: Outcome, sources: Set[str]) -> str:
    source = outcome.question.source
    if not source:
        return "the questions file doesn't say"
    if source not in sources:
        return f"{source}: not among the documents"
    if outcome.rank is None:
        return f"{source}: not among the first {len(outcome.answer.ranked)} found"
    return f"{source}: rank {outcome.rank + 1} of {len(outcome.answer.ranked)} found"


def _quote(quote: Quote) -> Markup:
    """Show a quote, marked, in its passage."""
    passage = quote.passage
    start, end = quote.start - passage.start, quote.end - passage.start
    place = f"{quote.title} ({quote.source}, {quote.start}–{quote.end})"
    return tag(
        "blockquote",
        passage.text[:start],
        tag("mark", quote.text),
        passage.text[end:],
        tag("cite", place),
    )


def _change(change: Change) -> Markup:
    confidence = f"{change.before.confidence:.2f} → {change.after.confidence:.2f}"
    rows: list[tuple[str, Sequence[str]]] = [
        ("Id", [change.after.id]),
        ("Kind", [change.after.kind]),
        ("Before", _said(change.before)),
        ("After", _said(change.after)),
    ]
    return _one(change.after.question, confidence, rows)


def _said(result: Result) -> Sequence[str]:
    rank = "" if not result.expected else f", right source at rank {_rank(result)}"
    verdict = "right" if result.right else "wrong"
    status = result.status.replace("_", " ")
    quote = tag("blockquote", result.best) if result.best else "no quote"
    return [f"{verdict}: {status}, confidence {result.confidence:.4f}{rank}", quote]


def _rank(result: Result) -> str:
    return "–" if result.rank is None else str(result.rank + 1)


def _one(title: str, side: str, rows: Sequence[tuple[str, Sequence[str]]]) -> Markup:
    described = [join(tag("dt", name), tag("dd", *values)) for name, values in rows]
    summary = tag("summary", tag("span", title.strip() or "(empty)", dir="auto"), tag("b", side))
    return tag("details", summary, tag("dl", *described), class_="one")
