"""A reload that was asked to stop does so as long as nothing of its outcome can stand yet."""

from __future__ import annotations

from contextlib import suppress

import pytest

from bot.stopping import STOPPABLE, Stop, StoppedError, Stops
from retrieval import Progress, Step


@pytest.mark.parametrize("step", Step)
def test_only_the_steps_before_an_outcome_can_be_stopped(step: Step) -> None:
    stop = Stop()
    stop.heed(Progress(step, 1, 2))
    stop.asked = True
    went_on = False
    with suppress(StoppedError):
        stop.heed(Progress(step, 1, 2))
        went_on = True
    assert went_on != (step in STOPPABLE)


@pytest.mark.parametrize("step", Step)
def test_whoever_asks_when_it_is_too_late_hears_so(step: Step) -> None:
    stop = Stop()
    stop.heed(Progress(step, 1, 2))
    assert stop.ask() == (step in STOPPABLE) == stop.asked


def test_a_message_stops_the_reload_it_tells_of_and_only_while_it_runs() -> None:
    stops, one, other = Stops(), Stop(), Stop()
    stops.note(7, 1, one)
    stops.note(7, 2, other)
    assert stops.of(7, 1) is one
    stops.forget(other)
    assert stops.of(7, 2) is None
    assert stops.of(8, 1) is None
