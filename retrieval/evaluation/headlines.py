"""The figures to see first, as cards of HTML."""

from __future__ import annotations

from retrieval.evaluation.intervals import Interval
from retrieval.evaluation.markup import Markup, tag
from retrieval.evaluation.reporting import Report
from retrieval.evaluation.tables import interval_text

_HEADLINES = {
    "answer_in_first_quote": "answerable questions whose first quote answers",
    "answer_in_first_three": "… one of the first three",
    "citation_precision": "quotes of an answer that hold it",
    "ndcg_at_10": "nDCG@10 of the sources",
    "refused.off-topic": "off-topic questions refused",
    "refused.near-miss": "near misses refused",
    "auroc": "AUROC of the confidence",
    "ece": "calibration error (lower is better)",
    "aurc": "area under the risk (lower is better)",
}


def cards(report: Report) -> Markup:
    """Show the figures to see first, each with its interval."""
    shown = []
    for name, text in _HEADLINES.items():
        value = _value(report, name)
        if value is not None:
            interval = report.intervals.get(name)
            shown.append(_card(f"{value:.3f}", text, _reach(value, interval), interval, 3))
    for name, value in (("p50_ms", report.p50_ms), ("p95_ms", report.p95_ms)):
        if value is not None:
            text = f"{name.removesuffix('_ms')} of the time a question took"
            shown.append(_card(f"{value:.1f} ms", text, Markup(""), report.intervals.get(name), 1))
    return tag("div", *shown, class_="cards")


def _value(report: Report, name: str) -> float | None:
    kind = name.removeprefix("refused.")
    if kind == name:
        value: float | None = getattr(report, name)
        return value
    total = report.answered[kind] + report.refused[kind]
    return report.refused[kind] / total if total else None


def _card(value: str, text: str, reach: Markup, interval: Interval | None, digits: int) -> Markup:
    between = tag("span", interval_text(interval, digits), class_="between")
    return tag("div", tag("b", value), reach, between, tag("span", text), class_="card")


def _reach(value: float, interval: Interval | None) -> Markup:
    """Draw a share and its interval between 0 and 1. The words beside it say the same."""
    marks = [tag("line", x1="0%", x2="100%", y1=4, y2=4, class_="track")]
    if interval:
        low, high = (f"{end:.1%}" for end in interval)
        marks.append(tag("line", x1=low, x2=high, y1=4, y2=4, class_="reach"))
    marks.append(tag("circle", cx=f"{min(value, 1):.1%}", cy=4, r=4, class_="point"))
    return tag("svg", *marks, aria_hidden="true")
