"""A manifest is read back as it was written, or refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.chunking import FINGERPRINT
from retrieval.errors import StoreError
from retrieval.manifest import FORMAT, Manifest
from retrieval.types import SourceSummary

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_COUNT = st.integers(0, 10_000)
_SOURCE = st.builds(SourceSummary, *(_TEXT,) * 6, _COUNT, _COUNT, *(_TEXT,) * 5)
MANIFEST = Manifest(
    id="20260101T000000000000Z-abcdef",
    created="2026-01-01T00:00:00+00:00",
    embedder="hash/1/32",
    chunking=FINGERPRINT,
    passages=2,
    sentences=3,
    indexed=2,
    sources=(SourceSummary("a", "a.md", "A", "0" * 64, "ANSA", "2026", 2, 99),),
    strays=("a@0-9",),
    files={"words.npy": "1" * 64},
)


@given(st.lists(_SOURCE, max_size=3), st.lists(_TEXT, max_size=3), st.dictionaries(_TEXT, _TEXT))
def test_what_is_written_is_read_back(
    sources: list[SourceSummary], strays: list[str], files: dict[str, str]
) -> None:
    manifest = replace(MANIFEST, sources=tuple(sources), strays=tuple(strays), files=files)
    assert Manifest.from_json(manifest.to_json()) == manifest


def test_it_fits_its_own_embedder_and_chunking_alone() -> None:
    assert MANIFEST.misfit("hash/1/32") is None
    assert "another embedder" in (MANIFEST.misfit("hash/2/32") or "")
    assert "other settings" in (MANIFEST.misfit("hash/1/32", "another chunking") or "")


@pytest.mark.parametrize("text", ["", "{", "[]", "5", "null", '"text"'])
def test_what_is_no_manifest_is_refused(text: str) -> None:
    with pytest.raises(StoreError, match="garbled"):
        Manifest.from_json(text)


def test_another_format_is_told_from_damage() -> None:
    text = MANIFEST.to_json().replace(f'"format": {FORMAT}', '"format": 99')
    with pytest.raises(StoreError, match=r"format 99, not .*build it anew"):
        Manifest.from_json(text)


@pytest.mark.parametrize("field", json.loads(MANIFEST.to_json()))
def test_a_missing_field_is_refused(field: str) -> None:
    values: dict[str, Any] = json.loads(MANIFEST.to_json())
    del values[field]
    with pytest.raises(StoreError):
        Manifest.from_json(json.dumps(values))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", 5),
        ("passages", "2"),
        ("passages", True),
        ("sources", [{"id": "a"}]),
        ("sources", "a"),
        ("strays", [1]),
        ("strays", None),
        ("files", {"a": 1}),
        ("files", ["a"]),
        ("unknown", 1),
    ],
)
def test_a_field_of_another_kind_is_refused(field: str, value: object) -> None:
    values = json.loads(MANIFEST.to_json()) | {field: value}
    with pytest.raises(StoreError, match="garbled"):
        Manifest.from_json(json.dumps(values))
