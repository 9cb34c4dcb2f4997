"""The plots of a page, each with what it shows in words."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.evaluation import intervals, svg
from retrieval.evaluation.markup import Markup, join, tag
from retrieval.evaluation.outcomes import Outcome
from retrieval.evaluation.questions import KINDS
from retrieval.evaluation.reporting import Report

_RISK = (
    "If only the surest were answered: across, the share of questions answered; up, the share of "
    "those answered wrongly. The red dot is this run."
)
_RELIABILITY = (
    "Across, what the confidence promises; up, how often the best quote does answer, with 95 % "
    "intervals. On the dashed line, promises are kept."
)
_TIME = "How many questions took how long. The last bar holds the slowest of all."
_CONFIDENCE = "How many questions of each kind got which confidence, each to its own scale."


def plots(report: Report, outcomes: Sequence[Outcome]) -> Markup:
    """Draw risk against coverage, reliability, time, and confidence by kind."""
    answered = None
    if report.coverage is not None and report.answered_wrongly is not None:
        answered = (report.coverage, report.answered_wrongly)
    bins = report.reliability
    truths = ([True] * round(b.right * b.count) for b in bins)
    reaches = [
        intervals.of_share([*some, *[False] * (b.count - len(some))])
        for some, b in zip(truths, bins, strict=True)
    ]
    named = (("p50", report.p50_ms), ("p95", report.p95_ms))
    marks = [(name, value) for name, value in named if value is not None]
    times = [outcome.answer.ms for outcome in outcomes]
    by_kind = [
        (kind, *_confidences([o for o in outcomes if o.question.kind == kind]))
        for kind in KINDS
        if report.answered[kind] or report.refused[kind]
    ]
    colours = join(
        _CONFIDENCE,
        " ",
        tag("i", class_="good"),
        "The best quote answers; ",
        tag("i", class_="bad"),
        "it doesn't.",
    )
    return tag(
        "div",
        _plot(
            "Risk against coverage", _RISK, svg.risk_coverage(report.risk_coverage, answered, _RISK)
        ),
        _plot("Reliability", _RELIABILITY, svg.reliability(bins, reaches, _RELIABILITY)),
        _plot("Time", _TIME, svg.latency(times, marks, _TIME)),
        _plot("Confidence by kind", colours, svg.confidences(by_kind, _CONFIDENCE)),
        class_="plots",
    )


def _confidences(outcomes: Sequence[Outcome]) -> tuple[list[float], list[float]]:
    """Give the confidences of what answered, and of what did not."""
    right = [o.answer.confidence for o in outcomes if o.best_answers]
    return right, [o.answer.confidence for o in outcomes if not o.best_answers]


def _plot(name: str, text: str, drawn: Markup) -> Markup:
    return tag("figure", tag("figcaption", name, tag("span", text)), drawn)
