"""An evaluation says how a model and verification did, and nothing of it where there was none."""

from __future__ import annotations

from dataclasses import replace

from retrieval.evaluation.outcomes import Outcome
from retrieval.evaluation.reporting import report
from retrieval.evaluation.tables import table
from retrieval.evaluation.written import Written, written
from retrieval.reasons import Fallback
from retrieval.types import Answer
from retrieval.usage import Usage
from tests.retrieval.evaluation.made import outcome, refused


def with_model(**changes: object) -> Outcome:
    made = outcome(refused())
    answer: Answer = replace(made.answer, **changes)  # type: ignore[arg-type]
    return replace(made, answer=answer)


WROTE = with_model(written=True, usage=Usage(1, 100, 20), outcomes=(("kept", 2), ("dropped", 1)))
LOST = with_model(
    written=True,
    left_out=True,
    usage=Usage(2, 200, 40),
    outcomes=(("claim_mended", 1), ("kept", 1)),
)
DOWN = with_model(fallback=Fallback.UNAVAILABLE, usage=Usage(3))


def test_without_a_model_there_is_nothing_to_say() -> None:
    assert written([outcome(refused())]) is None
    assert "model" not in table(report([outcome(refused())]))


def test_answers_fallbacks_claims_and_tokens_are_counted() -> None:
    assert written([WROTE, LOST, DOWN, outcome(refused())]) == Written(
        answers=2,
        left_out=1,
        fallbacks={"unavailable": 1},
        claims={"claim_mended": 1, "dropped": 1, "kept": 3},
        calls=6,
        input_tokens=300,
        output_tokens=60,
    )


def test_a_terminal_shows_them() -> None:
    shown = table(report([WROTE, LOST, DOWN]))
    for line in ("2, 1 with a part left out", "not written: unavailable", "claims: kept"):
        assert line in shown


def test_a_line_of_results_has_them_too() -> None:
    line = LOST.to_dict()
    assert (line["written"], line["fallback"], line["calls"]) == (True, "", 2)
    assert line["outcomes"] == {"claim_mended": 1, "kept": 1}
    assert DOWN.to_dict()["fallback"] == "unavailable"
