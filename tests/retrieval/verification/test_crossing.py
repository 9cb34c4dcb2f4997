"""What one sentence says of two things is said of each, and not across."""

from __future__ import annotations

import timeit

import pytest

from retrieval.verification.crossing import crosses
from retrieval.verification.facts import facts
from retrieval.verification.prose import pair

TRIAL = "Ugo Neri è stato assolto in primo grado e condannato in appello."
WORKS = "La società ha 100 operai a Lodi e 50 a Pavia."
GARDEN = "Il comune ha aperto a maggio, in via Roma, il giardino e i campi da gioco."


def is_crossed(claim: str, evidence: str) -> bool:
    said, shown = facts(claim), facts(evidence)
    return crosses(said, shown, pair(said.prose, shown.prose))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Ugo Neri è stato condannato in primo grado.", TRIAL),
        ("Ugo Neri è stato assolto in appello.", TRIAL),
        ("La società ha 50 operai a Lodi.", WORKS),
        ("La società ha 50 operai a Lodi e 100 a Pavia.", WORKS),
        ("The war ended in 1939.", "The war began in 1939 and ended in 1945."),
    ],
)
def test_what_is_put_together_across_is_told(claim: str, evidence: str) -> None:
    assert is_crossed(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Ugo Neri è stato assolto in primo grado.", TRIAL),
        ("Ugo Neri è stato condannato in appello.", TRIAL),
        ("La società ha 100 operai a Lodi.", WORKS),
        (WORKS, WORKS),
        ("The war ended in 1945.", "The war began in 1939 and ended in 1945."),
        ("Il comune ha aperto il giardino a maggio.", GARDEN),
        ("I campi da gioco sono in via Roma.", GARDEN),
    ],
)
def test_what_is_said_of_one_thing_is_not(claim: str, evidence: str) -> None:
    assert not is_crossed(claim, evidence)


def test_a_long_row_of_figures_is_looked_at_in_time_that_grows_with_it() -> None:
    claim, evidence = "1 e " * 250, "I valori sono " + "1, " * 250
    quickest = min(timeit.repeat(lambda: is_crossed(claim, evidence), number=1, repeat=3))
    assert quickest < 0.5
