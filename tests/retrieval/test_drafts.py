"""A draft is what may be shown by now; before anything is known, that is nothing."""

from __future__ import annotations

from retrieval.drafts import Draft


def test_at_first_there_is_nothing_to_show() -> None:
    assert Draft() == Draft(searched="", closest=None, claims=())
