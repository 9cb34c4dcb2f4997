"""Plots as SVG: pure functions from numbers to markup, coloured by the page's style.

Each has a title and a description for those who can't see it, and the exact numbers where one
points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.evaluation.intervals import Interval
from retrieval.evaluation.markup import Markup, join, tag
from retrieval.evaluation.measures import Bin, RiskPoint

_WIDTH, _HEIGHT = 420.0, 280.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 20.0, 12.0, 42.0


@dataclass(frozen=True, slots=True)
class Axis:
    """What one direction of a plot means, from ``low`` to ``high``; ``ticks`` are labelled."""

    label: str
    high: float
    ticks: tuple[float, ...]
    low: float = 0.0
    percent: bool = True

    def part(self, value: float) -> float:
        """Tell how far along a value lies, kept between 0 and 1."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)

    def text(self, value: float) -> str:
        """Write a tick."""
        return f"{value:.0%}" if self.percent else f"{value:g}"


def share_axis(label: str, highest: float = 1.0) -> Axis:
    """Make an axis for shares that goes on just beyond the highest."""
    step = next(step for step in (0.02, 0.05, 0.1, 0.2) if step == 0.2 or highest <= 5 * step)
    ticks = _ticks(step, highest)
    return Axis(label, ticks[-1], ticks)


def number_axis(label: str, highest: float) -> Axis:
    """Make an axis for numbers from 0 that goes on to the highest, or just beyond."""
    steps = (float(f"{first}e{zeros}") for zeros in range(-3, 30) for first in (1, 2, 5))
    ticks = _ticks(next(step for step in steps if highest <= 5 * step), highest)
    return Axis(label, ticks[-1], ticks, percent=False)


def _ticks(step: float, highest: float) -> tuple[float, ...]:
    """Give the steps up to the highest, at least one, and at most the five it is chosen for."""
    count = min(max(math.ceil(highest / step), 1), 5)
    return tuple(float(f"{step * number:.6g}") for number in range(count + 1))


@dataclass(frozen=True, slots=True)
class _Field:
    """The plane of a plot: values to places."""

    x: Axis
    y: Axis
    top: float = _TOP
    bottom: float = _HEIGHT - _BOTTOM

    def across(self, value: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * self.x.part(value)

    def up(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * self.y.part(value)

    def path(self, points: Sequence[tuple[float, float]]) -> str:
        return "M" + "L".join(f"{self.across(x):.1f} {self.up(y):.1f}" for x, y in points)

    def grid(self) -> Markup:
        right = _WIDTH - _RIGHT
        marks = []
        for value in self.y.ticks:
            y = self.up(value)
            marks.append(tag("line", x1=_LEFT, x2=right, y1=y, y2=y, class_="grid"))
            marks.append(tag("text", self.y.text(value), x=_LEFT - 6, y=y + 4, class_="tick end"))
        for value in self.x.ticks:
            x = self.across(value)
            marks.append(tag("line", x1=x, x2=x, y1=self.bottom, y2=self.bottom + 4, class_="grid"))
            marks.append(
                tag("text", self.x.text(value), x=x, y=self.bottom + 17, class_="tick middle")
            )
        middle = (_LEFT + right) / 2
        marks.append(tag("text", self.x.label, x=middle, y=_HEIGHT - 6, class_="label middle"))
        return join(*marks)


def risk_coverage(
    curve: Sequence[RiskPoint], answered: tuple[float, float] | None, description: str
) -> Markup:
    """Plot the share of wrong answers against the share of questions answered.

    ``answered`` is where the run itself stood: coverage and risk.
    """
    risks = [point.risk for point in curve] + ([answered[1]] if answered else [])
    x = share_axis("questions answered")
    field = _Field(x, share_axis("answered wrongly", max(risks, default=1.0)))
    marks = [field.grid()]
    if curve:
        points = [(point.coverage, point.risk) for point in curve]
        first, last = points[0], points[-1]
        outline = [(0.0, 0.0), (0.0, first[1]), *points, (last[0], 0.0)]
        marks.append(tag("path", d=f"{field.path(outline)}Z", class_="area"))
        marks.append(tag("path", d=field.path([(0.0, first[1]), *points]), class_="curve"))
    marks += [
        _dot(field, p.coverage, p.risk, "hover", f"from {p.threshold:.3f}: {p.coverage:.1%}")
        for p in curve
    ]
    if answered:
        hint = f"this run: {answered[0]:.1%} answered, {answered[1]:.1%} of them wrongly"
        marks.append(_dot(field, *answered, "here", hint))
    return _figure("Risk against coverage", description, marks)


def reliability(
    bins: Sequence[Bin], intervals: Sequence[Interval | None], description: str
) -> Markup:
    """Plot the share that answers against the confidence, with an interval for each bin."""
    field = _Field(share_axis("mean confidence"), share_axis("best quote answers"))
    marks = [field.grid(), tag("path", d=field.path([(0, 0), (1, 1)]), class_="ideal")]
    for each, interval in zip(bins, intervals, strict=True):
        if interval:
            ends = [(each.confidence, end) for end in interval]
            marks.append(tag("path", d=field.path(ends), class_="whisker"))
    if bins:
        points = [(each.confidence, each.right) for each in bins]
        marks.append(tag("path", d=field.path(points), class_="curve"))
    marks += [
        _dot(field, b.confidence, b.right, "dot", f"{b.count}: {b.confidence:.3f}, {b.right:.3f}")
        for b in bins
    ]
    return _figure("Reliability of the confidence", description, marks)


def latency(times: Sequence[float], lines: Sequence[tuple[str, float]], description: str) -> Markup:
    """Plot how often a question took how long; ``lines`` mark times by name.

    What took longer than the slowest mark by half stands in the last bar.
    """
    marked = max((value for _, value in lines), default=1.0)
    x = number_axis("milliseconds a question", min(max(times, default=1.0), 1.5 * marked))
    counts = _histogram([x.part(time) for time in times], 40)
    field = _Field(x, number_axis("questions", max(counts)))
    marks = [field.grid(), *_bars(field, counts, [0] * len(counts), "bar")]
    for number, (name, value) in enumerate(lines):
        at = field.across(value)
        marks.append(tag("line", x1=at, x2=at, y1=field.top, y2=field.bottom, class_="mark"))
        text = f"{name} {value:.1f}"
        marks.append(tag("text", text, x=at + 4, y=field.top + 10 + 14 * number, class_="tick"))
    return _figure("Time a question took", description, marks)


def confidences(
    rows: Sequence[tuple[str, Sequence[float], Sequence[float]]], description: str
) -> Markup:
    """Plot how confidence is spread, a row for each kind of question.

    Each row has a name, the confidences of what answered, and of what did not.
    """
    x = share_axis("confidence")
    height = (_HEIGHT - _TOP - _BOTTOM) / max(len(rows), 1)
    marks = []
    for number, (name, right, wrong) in enumerate(rows):
        below, above = _histogram(right, 20), _histogram(wrong, 20)
        most = max(low + high for low, high in zip(below, above, strict=True))
        top = _TOP + height * number
        y = Axis("", float(max(most, 1)), (), percent=False)
        ticked = Axis(x.label, x.high, x.ticks if number == len(rows) - 1 else ())
        field = _Field(ticked, y, top + 18, top + height - 4)
        base = field.bottom
        marks += [
            tag("line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=base, y2=base, class_="grid"),
            *_bars(field, below, [0] * 20, "bar good"),
            *_bars(field, above, below, "bar bad"),
            tag("text", f"{name} ({len(right) + len(wrong)})", x=_LEFT, y=top + 12, class_="label"),
        ]
        if number == len(rows) - 1:
            marks.append(field.grid())
    return _figure("Confidence by kind of question", description, marks)


def _histogram(parts: Sequence[float], count: int) -> list[int]:
    """Count parts of 1 in so many bins of equal width."""
    counts = [0] * count
    for part in parts:
        counts[min(int(part * count), count - 1)] += 1
    return counts


def _bars(field: _Field, counts: Sequence[int], below: Sequence[int], class_: str) -> list[Markup]:
    """Draw a histogram across the whole field, on top of another."""
    width = (_WIDTH - _LEFT - _RIGHT) / len(counts)
    bars = []
    for number, (count, base) in enumerate(zip(counts, below, strict=True)):
        if count:
            top, bottom = field.up(base + count), field.up(base)
            place = {"x": _LEFT + width * number + 0.5, "y": top, "width": width - 1}
            hint = tag("title", str(count))
            bars.append(tag("rect", hint, **place, height=bottom - top, class_=class_))
    return bars


def _dot(field: _Field, x: float, y: float, class_: str, hint: str) -> Markup:
    place = {"cx": field.across(x), "cy": field.up(y)}
    return tag("circle", tag("title", hint), **place, r=6 if class_ == "here" else 4, class_=class_)


def _figure(title: str, description: str, marks: Sequence[Markup]) -> Markup:
    name = title.lower().replace(" ", "-")
    return tag(
        "svg",
        tag("title", title, id=f"{name}-title"),
        tag("desc", description, id=f"{name}-text"),
        *marks,
        viewBox=f"0 0 {_WIDTH:g} {_HEIGHT:g}",
        role="img",
        aria_labelledby=f"{name}-title {name}-text",
    )
