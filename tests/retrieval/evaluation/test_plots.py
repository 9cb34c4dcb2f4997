"""A page has four plots, whatever was asked."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from retrieval.evaluation import Outcome, report
from retrieval.evaluation.plots import plots
from tests.retrieval.evaluation.made import RIGHT, answered, outcome, refused

MIXED = [outcome(answered(RIGHT)), outcome(answered("Fine.")), outcome(refused(), "off-topic")]


@pytest.mark.parametrize("outcomes", [MIXED, MIXED[:1], MIXED[1:2], MIXED[2:], []])
def test_there_are_four_plots_each_with_its_words(outcomes: list[Outcome]) -> None:
    drawn = ElementTree.fromstring(plots(report(outcomes), outcomes))
    figures = drawn.findall("figure")
    assert len(figures) == 4
    for figure in figures:
        assert figure.find("svg") is not None
        caption = figure.find("figcaption")
        assert caption is not None
        assert "".join(caption.itertext())


def test_kinds_that_were_not_asked_have_no_row() -> None:
    drawn = plots(report(MIXED), MIXED)
    assert "answerable (2)" in drawn
    assert "off-topic (1)" in drawn
    assert "near-miss" not in drawn
