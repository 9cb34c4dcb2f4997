"""A generation's name says when it was made, and later ones sort behind earlier ones."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.naming import made_at, name_at

MOMENTS = st.datetimes(datetime(1000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS)
def test_a_name_tells_its_moment(moment: datetime) -> None:
    assert made_at(name_at(moment)) == moment


@given(MOMENTS, MOMENTS)
def test_names_are_in_the_order_of_their_moments(one: datetime, other: datetime) -> None:
    if one != other:
        assert (name_at(one) < name_at(other)) == (one < other)


def test_another_name_is_refused() -> None:
    with pytest.raises(ValueError, match="does not match"):
        made_at("g1")
