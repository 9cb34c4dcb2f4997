"""An outage costs one wait, is told once, and ends with the first answer."""

from __future__ import annotations

from retrieval.outages import FIRST_PAUSE, LONGEST_PAUSE, CircuitBreaker, Outage


class Watched:
    """A breaker with a clock at hand; ``told`` lists what its owner hears."""

    def __init__(self) -> None:
        self.now = 0.0
        self.told: list[str] = []
        self.breaker = CircuitBreaker(
            lambda: self.now, lambda o: self.told.append(str(o)), lambda: self.told.append("well")
        )

    def fail(self) -> None:
        assert self.breaker.enter()
        self.breaker.learn(Outage.SLOW)


def test_all_get_through_while_the_model_answers() -> None:
    watched = Watched()
    assert [watched.breaker.enter() for _ in range(3)] == [True] * 3
    watched.breaker.learn(True)
    assert watched.told == []


def test_after_an_outage_none_gets_through_until_it_is_time_to_try() -> None:
    watched = Watched()
    watched.fail()
    assert not watched.breaker.enter()
    watched.now = FIRST_PAUSE - 0.1
    assert not watched.breaker.enter()
    watched.now = FIRST_PAUSE
    assert watched.breaker.enter()


def test_one_tries_at_a_time() -> None:
    watched = Watched()
    watched.fail()
    watched.now = FIRST_PAUSE
    assert watched.breaker.enter()
    assert not watched.breaker.enter()
    watched.breaker.learn(False)  # it was called off
    assert watched.breaker.enter()


def test_the_pause_doubles_to_a_limit_while_it_goes_on_and_it_is_told_once() -> None:
    watched = Watched()
    watched.fail()
    pauses = []
    for _ in range(6):
        begun = watched.now
        while not watched.breaker.enter():
            watched.now += 1
        pauses.append(watched.now - begun)
        watched.breaker.learn(Outage.SERVER)
    assert pauses == [30, 60, 120, 240, LONGEST_PAUSE, LONGEST_PAUSE]
    assert watched.told == ["slow"]


def test_an_answer_ends_it_and_the_next_begins_afresh() -> None:
    watched = Watched()
    for _ in range(2):
        watched.fail()
        watched.now += FIRST_PAUSE
        assert watched.breaker.enter()
        watched.breaker.learn(True)
        assert not watched.breaker.is_open
    assert watched.told == ["slow", "well"] * 2


def test_those_on_their_way_when_it_began_make_it_no_longer() -> None:
    watched = Watched()
    assert watched.breaker.enter()
    assert watched.breaker.enter()
    watched.breaker.learn(Outage.SLOW)
    watched.breaker.learn(Outage.SLOW)
    watched.now = FIRST_PAUSE
    assert watched.breaker.enter()
    assert watched.told == ["slow"]
