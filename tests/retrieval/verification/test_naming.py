"""Whether the names of a claim are in its evidence."""

from __future__ import annotations

from retrieval.verification.support import Mismatch, mismatch

QUOTE = "A gennaio Stoltenberg ha visitato il Giappone."


def wrong(claim: str, around: str = "", topic: str = "") -> Mismatch | None:
    return mismatch(claim, QUOTE, around, topic)


def test_a_name_that_the_evidence_has_may_be_said() -> None:
    assert wrong("Stoltenberg visited Japan in January.") is None


def test_a_name_that_it_has_not_may_not() -> None:
    assert wrong("Stoltenberg visited China in January.") is Mismatch.NAME
    assert wrong("Kishida ha visitato il Giappone a gennaio.") is Mismatch.NAME


def test_a_first_name_may_be_added_if_the_source_gives_it() -> None:
    claim = "Jens Stoltenberg ha visitato il Giappone a gennaio."
    assert wrong(claim) is Mismatch.NAME
    assert wrong(claim, around="… con Jens Stoltenberg …") is None


def test_what_the_source_is_about_may_be_named_if_nobody_is_left_out() -> None:
    claim = "Stoltenberg della NATO ha visitato il Giappone a gennaio."
    assert wrong(claim, topic="La NATO apre a Tokyo") is None
    instead = "La NATO ha visitato il Giappone a gennaio."
    assert wrong(instead, topic="La NATO apre a Tokyo") is Mismatch.NAME


def test_a_surname_that_is_a_common_word_is_a_name_where_it_acts() -> None:
    assert wrong("Rossi ha visitato il Giappone a gennaio.") is Mismatch.NAME
