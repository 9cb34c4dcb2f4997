"""How near two words are in meaning."""

from __future__ import annotations

from retrieval.verification.likeness import likeness, nearest


def test_translations_are_nearer_than_things_of_one_kind() -> None:
    assert likeness("acqua", "water") > 0.8 > 0.6 > likeness("acqua", "fire")
    assert likeness("swim", "nuotare") > likeness("sail", "nuotare")


def test_it_is_the_same_both_ways_and_one_for_the_same() -> None:
    assert abs(likeness("barn", "fienile") - likeness("fienile", "barn")) < 1e-6
    assert abs(likeness("barn", "barn") - 1) < 1e-5


def test_nothing_is_near_nothing() -> None:
    assert nearest("barn", ()) == 0
