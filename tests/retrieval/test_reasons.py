"""Every reason has words for it, in both languages."""

from __future__ import annotations

import pytest

from retrieval.reasons import Fallback, Refusal
from retrieval.types import Language
from retrieval.wording import wording


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_fallback_is_said_in_words_of_its_own(language: Language) -> None:
    said = [wording(language).fallback(reason) for reason in Fallback]
    assert len(set(said)) == len(said)
    assert all(text.startswith("(") and text.endswith(".)") for text in said)


def test_reasons_are_their_names_as_files_keep_them() -> None:
    assert [str(reason) for reason in Refusal] == ["nonsense", "off_topic", "near_miss"]
    assert [str(reason) for reason in Fallback] == [
        "unavailable",
        "unfinished",
        "unverified",
        "budget",
    ]
