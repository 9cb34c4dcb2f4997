"""When a document was last there and last changed, whether or not anything was built."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from retrieval.embedding import LocalEmbedder
from retrieval.freshness import dated, note
from retrieval.library import Library
from retrieval.ranking import Ranker
from retrieval.source import Source, SourceSummary
from tests.retrieval.libraries import written


def summary(source: Source) -> SourceSummary:
    return SourceSummary(source.id, source.path, "", source.content_hash, "", "", 1, 1)


def source(name: str, text: str) -> Source:
    return Source(name, f"{name}.txt", "", text)


def day(number: int) -> datetime:
    return datetime(2026, 11, number, tzinfo=UTC)


def times(store: Path, *sources: Source) -> list[tuple[str, str]]:
    return [(each.seen[:10], each.changed[:10]) for each in dated(store, map(summary, sources))]


def test_a_document_was_seen_whenever_it_was_found_and_changed_when_it_was_another(
    tmp_path: Path,
) -> None:
    one, two = source("a", "Uno."), source("b", "Due.")
    note(tmp_path, [one, two], now=day(1))
    note(tmp_path, [one, source("b", "Due e mezzo.")], now=day(2))
    note(tmp_path, [one, source("b", "Due e mezzo.")], {"a": day(2).isoformat()}, now=day(3))
    assert times(tmp_path, one) == [("2026-11-02", "2026-11-01")]
    assert times(tmp_path, source("b", "Due e mezzo.")) == [("2026-11-03", "2026-11-02")]


def test_of_a_version_that_was_not_noted_nothing_is_said(tmp_path: Path) -> None:
    one = source("a", "Uno.")
    assert times(tmp_path, one) == [("", "")]
    note(tmp_path, [one], now=day(1))
    assert times(tmp_path, source("a", "Altro."), source("c", "")) == [("", ""), ("", "")]
    for garbled in ("[]", "{", '{"a": 1}', '{"a": {"seen": 1}}'):
        (tmp_path / "freshness.json").write_text(garbled)
        assert times(tmp_path, one) == [("", "")]
    note(tmp_path, [one], now=day(2))
    assert times(tmp_path, one) == [("2026-11-02", "2026-11-02")]


def test_a_disk_that_refuses_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "freshness.json").mkdir()
    note(tmp_path, [source("a", "Uno.")])
    assert times(tmp_path, source("a", "Uno.")) == [("", "")]


def test_a_library_dates_its_documents_and_a_reload_of_the_same_moves_only_the_one_date(
    tmp_path: Path, local_embedder: LocalEmbedder
) -> None:
    from retrieval.background import reload_in_child
    from retrieval.reload import reload

    settings = written(tmp_path)
    reload(settings, local_embedder)
    note(tmp_path, [], now=day(1))  # as if it had been long ago, or never
    assert not reload_in_child(settings).swapped
    library = Library(settings, local_embedder, Ranker.load())
    library.refresh()
    try:
        before = library.sources()
        assert all(each.seen and each.changed == each.seen for each in before)
    finally:
        library.close()
