"""Plots put numbers where they belong, and say what they show."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation.markup import Markup
from retrieval.evaluation.measures import Bin, RiskPoint
from retrieval.evaluation.svg import (
    confidences,
    latency,
    number_axis,
    reliability,
    risk_coverage,
    share_axis,
)

POINTS = (RiskPoint(0.9, 0.5, 0.0), RiskPoint(0.1, 1.0, 0.25))


def marks(plot: Markup, name: str, class_: str) -> list[ElementTree.Element]:
    found = ElementTree.fromstring(plot)
    return [e for e in found.iter(name) if (e.get("class") or "").split()[:1] == [class_]]


@pytest.mark.parametrize(
    "plot",
    [
        risk_coverage(POINTS, (0.5, 0.1), "<what>"),
        risk_coverage((), None, "<what>"),
        reliability((), (), "<what>"),
        latency((), (), "<what>"),
        confidences((), "<what>"),
        confidences((("answerable", (), ()),), "<what>"),
    ],
)
def test_every_plot_has_a_title_and_a_description(plot: Markup) -> None:
    found = ElementTree.fromstring(plot)
    title, description = found[0], found[1]
    assert (title.tag, description.tag) == ("title", "desc")
    assert title.text
    assert description.text == "<what>"
    assert found.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert found.get("role") == "img"


def test_the_risk_is_drawn_from_left_to_right_and_up() -> None:
    start, end = marks(risk_coverage(POINTS, (0.5, 0.1), ""), "circle", "hover")
    assert float(start.attrib["cx"]) < float(end.attrib["cx"])
    assert float(start.attrib["cy"]) > float(end.attrib["cy"])
    [here] = marks(risk_coverage(POINTS, (0.5, 0.1), ""), "circle", "here")
    assert here.get("cx") == start.get("cx")


def test_a_bin_that_keeps_its_promise_lies_on_the_dashed_line() -> None:
    plot = reliability([Bin(0.4, 0.6, 10, 0.5, 0.5)], [(0.2, 0.8)], "")
    [dot] = marks(plot, "circle", "dot")
    [ideal] = marks(plot, "path", "ideal")
    (x1, y1), (x2, y2) = (
        tuple(map(float, pair.split())) for pair in ideal.attrib["d"][1:].split("L")
    )
    assert float(dot.attrib["cx"]) == pytest.approx((x1 + x2) / 2)
    assert float(dot.attrib["cy"]) == pytest.approx((y1 + y2) / 2)
    assert len(marks(plot, "path", "whisker")) == 1


def test_every_question_stands_in_a_bar_the_slowest_in_the_last() -> None:
    times = [1.0, 2.0, 2.0, 900.0]
    bars = marks(latency(times, [("p50", 2.0), ("p95", 3.0)], ""), "rect", "bar")
    assert sum(int(bar[0].text or "") for bar in bars) == 4
    assert max(float(bar.attrib["x"]) for bar in bars) > 380
    assert len(marks(latency(times, [("p50", 2.0)], ""), "line", "mark")) == 1


def test_right_and_wrong_confidences_are_stacked() -> None:
    plot = confidences([("answerable", [0.31, 0.32], [0.33])], "")
    good, bad = marks(plot, "rect", "bar")
    assert good.get("x") == bad.get("x")
    bottom = float(bad.attrib["y"]) + float(bad.attrib["height"])
    assert bottom == pytest.approx(float(good.attrib["y"]), abs=0.02)
    assert float(good.attrib["height"]) == pytest.approx(2 * float(bad.attrib["height"]), abs=0.05)


@given(st.floats(0, 1))
def test_an_axis_of_shares_goes_on_to_the_highest(highest: float) -> None:
    axis = share_axis("", highest)
    assert axis.high >= highest - 1e-9
    assert 2 <= len(axis.ticks) <= 6


@given(st.floats(0, 1e7))
def test_an_axis_of_numbers_goes_on_to_the_highest(highest: float) -> None:
    axis = number_axis("", highest)
    assert axis.high >= highest * (1 - 1e-5)
    assert 2 <= len(axis.ticks) <= 6
