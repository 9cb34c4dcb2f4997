"""The collector rests while many objects are made, and not a moment longer."""

from __future__ import annotations

import gc

import pytest

from retrieval.garbage import uncollected


def test_the_collector_rests_and_goes_on_whatever_happens() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="trouble"), uncollected():
        raise ValueError("trouble")
    assert gc.isenabled()


def test_one_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
