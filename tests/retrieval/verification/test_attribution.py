"""What somebody says stays what somebody says."""

from __future__ import annotations

import pytest

from retrieval.verification.attribution import reports
from retrieval.verification.prose import read
from retrieval.verification.support import Mismatch, mismatch


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("According to Neri, the tunnel leaks water.", "Secondo Neri, la galleria perde acqua."),
        ("Neri says the tunnel leaks water.", "La galleria perde acqua, ha detto Neri."),
        ("Per Neri la galleria perde acqua.", "«La galleria perde acqua», ha detto Neri."),
        ("The tunnel was closed.", "La galleria è chiusa, ma Neri teme che perda acqua."),
        ("The text says that the tunnel leaks water.", "La galleria perde acqua."),
    ],
)
def test_a_report_may_be_made_otherwise(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) is None


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The tunnel leaks water.", "Secondo Carla Neri, la galleria perde acqua."),
        ("La galleria perde acqua.", "La galleria perde acqua, ha detto Carla Neri."),
        ("La galleria perde acqua.", "«La galleria perde acqua», ha detto Carla Neri."),
        ("I raccolti calano.", "Ha vietato i pesticidi, ma Neri teme che i raccolti calino."),
        ("It is the best tunnel.", "Professor Neri called it the best tunnel."),
        ("Neri ha detto che la galleria perde acqua.", "La galleria di Neri perde acqua."),
        ("Neri ha detto che Landi perde.", "Landi ha detto che Neri perde."),
    ],
)
def test_a_report_is_neither_dropped_nor_given_to_another(claim: str, evidence: str) -> None:
    assert mismatch(claim, evidence) is Mismatch.ATTRIBUTION


def test_who_speaks_is_found_before_and_after() -> None:
    for text in ("Neri ha detto che piove.", "Piove, ha detto Neri.", "Secondo Neri, piove."):
        assert any("neri" in report.speakers for report in reports(read(text)))


@pytest.mark.parametrize("text", ["the United States", "il secondo ponte", "so to say", "la stima"])
def test_what_only_looks_like_a_report_is_none(text: str) -> None:
    assert reports(read(text)) == ()
