"""A reload asks the owner's questions, and keeps the documents that answer more of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.changes import Progress, Step
from retrieval.errors import RegressionError
from retrieval.generations import Generations
from retrieval.manifest import Manifest
from retrieval.regression import Regression
from retrieval.reload import reload
from retrieval.settings import Settings
from tests.retrieval.embedders import HashEmbedder
from tests.retrieval.reloads import (
    TEXTS,
    assert_as_from_scratch,
    generation_names,
    live,
    with_questions,
    written,
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return written(tmp_path)


@pytest.fixture
def tested(tmp_path: Path) -> Settings:
    return with_questions(written(tmp_path))


def break_answers(settings: Settings) -> None:
    """Change the documents so that two of the three questions find no answer."""
    (settings.sources / "a.txt").write_text("Roma è la capitale. Conta molte persone.\n", "utf-8")
    (settings.sources / "b.md").unlink()


def test_the_first_generation_has_nothing_to_lose(tested: Settings) -> None:
    assert reload(tested, HashEmbedder()).regression == Regression(asked=3, passed=3)


def test_without_questions_nothing_is_tested(settings: Settings) -> None:
    seen: list[Progress] = []
    assert reload(settings, HashEmbedder(), seen.append).regression is None
    assert Step.TESTING not in {progress.step for progress in seen}


def test_documents_that_lose_too_many_questions_do_not_replace_the_live_ones(
    tested: Settings,
) -> None:
    good = reload(tested, HashEmbedder()).generation
    break_answers(tested)
    for _ in range(2):
        with pytest.raises(RegressionError, match=r"lose 2 of 3 .*\(q1, q2\)") as caught:
            reload(tested, HashEmbedder())
        lost = caught.value.regression.lost
        assert [(question.id, question.gone) for question in lost] == [("q1", ""), ("q2", "b")]
        assert Generations(tested.store).current() == good
        assert generation_names(tested) == [good]
    with live(tested) as generation:
        assert generation.source("a").text == TEXTS["a.txt"]


def test_whoever_allows_any_loss_is_told_of_it(tested: Settings) -> None:
    reload(tested, HashEmbedder())
    break_answers(tested)
    changes = reload(replace(tested, max_loss=1.0), HashEmbedder())
    assert changes.swapped
    assert changes.regression
    assert [question.id for question in changes.regression.lost] == ["q1", "q2"]
    assert_as_from_scratch(tested)


def test_what_is_lost_once_cannot_be_lost_again(tested: Settings) -> None:
    reload(tested, HashEmbedder())
    break_answers(tested)
    reload(replace(tested, max_loss=1.0), HashEmbedder())
    (tested.sources / "a.txt").write_text("Roma sta sul Tevere.\n", "utf-8")
    # The document of q2 is in neither, so q2 says nothing about them.
    failing = ("Quanti abitanti conta la capitale?",)
    expected = Regression(2, passed=1, passed_before=1, failing=failing)
    assert reload(tested, HashEmbedder()).regression == expected


def test_one_question_lost_is_reported_and_stops_nothing(tested: Settings) -> None:
    reload(tested, HashEmbedder())
    (tested.sources / "b.md").unlink()
    regression = reload(tested, HashEmbedder()).regression
    assert regression
    assert [question.id for question in regression.lost] == ["q2"]


def test_a_slip_in_the_questions_file_is_reported_and_stops_nothing(tested: Settings) -> None:
    reload(tested, HashEmbedder())
    break_answers(tested)
    tested.questions.write_text("garbled\n", "utf-8")
    changes = reload(tested, HashEmbedder())
    assert changes.swapped
    assert changes.regression is None
    [skipped] = changes.skipped
    assert skipped.path == "questions.jsonl"
    assert str(skipped.fault).startswith("line 1: ")


@pytest.mark.parametrize("trouble", ["another embedder", "an older chunking", "damage"])
def test_a_generation_that_cannot_be_served_has_nothing_to_lose(
    tested: Settings, trouble: str
) -> None:
    embedder = HashEmbedder("other") if trouble == "another embedder" else HashEmbedder()
    name = reload(tested, embedder).generation
    path = tested.store / "generations" / name / "manifest.json"
    text = path.read_text("utf-8")
    if trouble == "an older chunking":
        path.write_text(text.replace(Manifest.from_json(text).chunking, trouble), "utf-8")
    if trouble == "damage":
        path.write_text("{", "utf-8")
    break_answers(tested)
    changes = reload(tested, HashEmbedder())
    assert changes.swapped
    assert changes.regression
    assert changes.regression.lost == ()


def test_a_generation_that_has_been_tested_is_as_it_was_built(tested: Settings) -> None:
    name = reload(tested, HashEmbedder()).generation
    assert Generations(tested.store).manifest(name).id == name, "its hashes hold"
