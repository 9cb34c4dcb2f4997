"""What of a text can be checked exactly."""

from __future__ import annotations

from retrieval.verification.facts import facts


def test_each_number_is_read_once() -> None:
    found = facts("Il 12 luglio 2023, alle 9:30, Rossi vide 3 navi dell'Ottocento.")
    assert [sorted(figure.values) for figure in found.figures] == [[3], [19]]
    assert len(found.dates) == 2
    assert [name.canonical for name in found.names if not name.is_word] == ["rossi"]
