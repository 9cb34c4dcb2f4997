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


def test_a_message_stops_the_reload_it_tells_of_and_only_while_it_runs() -> None:
    stops, one, other = Stops(), Stop(), Stop()
    stops.note(7, 1, one)
    stops.note(7, 2, other)
    assert stops.ask(7, 1)
    assert (one.asked, other.asked) == (True, False)
    stops.forget(other)
    assert not stops.ask(7, 2)
    assert not stops.ask(8, 1)
    assert not other.asked
