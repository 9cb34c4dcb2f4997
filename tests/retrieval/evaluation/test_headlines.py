"""The figures to see first are those that were measured."""

from __future__ import annotations

from xml.etree import ElementTree

from retrieval.evaluation import report
from retrieval.evaluation.headlines import cards
from tests.retrieval.evaluation.made import RIGHT, answered, outcome, refused


def test_a_card_has_a_figure_its_interval_and_its_name() -> None:
    shown = ElementTree.fromstring(cards(report([outcome(answered(RIGHT)), outcome(refused())])))
    first = ["".join(part.itertext()) for part in shown[0]]
    assert first == [
        "0.500",
        "",
        "[0.000, 1.000]",
        "answerable questions whose first quote answers",
    ]


def test_what_was_not_measured_has_no_card() -> None:
    assert len(ElementTree.fromstring(cards(report([])))) == 0
    shown = cards(report([outcome(answered(RIGHT))]))
    assert "AUROC" not in shown
    assert "off-topic" not in shown


def test_refusals_have_a_card_where_there_was_something_to_refuse() -> None:
    assert "off-topic questions refused" in cards(report([outcome(refused(), "off-topic")]))
